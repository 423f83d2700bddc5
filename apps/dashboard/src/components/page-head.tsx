import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

interface PageHeadProps {
  readonly title: string;
  /** What can be done here, at the end of the line. */
  readonly children?: ReactNode;
}

/** The browser itself begins at the top of a page that it has just loaded. */
const arrivals = { count: 0 };

/** What a room is. It names the browser's tab, and the focus begins here when one has walked in. */
export function PageHead({ title, children }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Forkcast`;
  }, [title]);
  useEffect(() => {
    arrivals.count += 1;
    if (arrivals.count === 1) return;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page-head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
