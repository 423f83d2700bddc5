import { PageHead } from './page-head.tsx';

interface NotForYouProps {
  readonly title: string;
  /** Who may, as in "The owners of this workspace". */
  readonly whom: string;
}

/** A room that somebody came to by its address, without being one of those whom it is for. */
export function NotForYou({ title, whom }: NotForYouProps) {
  return (
    <>
      <PageHead title={title} />
      <p>{whom} see this page. Ask one of them, if you should as well.</p>
    </>
  );
}
