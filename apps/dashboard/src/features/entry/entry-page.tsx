import type { ReactNode } from 'react';
import { Wordmark } from '../../components/wordmark.tsx';

interface EntryPageProps {
  readonly title: string;
  readonly lead: string;
  readonly children?: ReactNode;
}

/** The frame of what is seen before one is signed in. */
export function EntryPage({ title, lead, children }: EntryPageProps) {
  return (
    <main className="entry">
      <Wordmark />
      <section className="card">
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
        {children}
      </section>
    </main>
  );
}
