import { Link } from 'wouter';
import { PageHead } from '../../components/page-head.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { to } from '../../lib/routes.ts';
import { useSession, workspaceOf } from '../../lib/session.ts';

/** An address that leads to no stream of this workspace: says so, and where to go instead. */
export function NoStream({ streams }: { readonly streams: readonly StreamWithDestinations[] }) {
  const session = useSession();
  const workspace = workspaceOf(session)?.name ?? '';
  return (
    <>
      <PageHead title="This stream is not here" />
      <p>
        There is no such stream in <bdi>{workspace}</bdi>: it was removed, or the address is
        mistyped.
        {session.workspaces.length > 1 &&
          ' If it belongs to another of your workspaces, choose that one above.'}
      </p>
      {streams.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">What there is</h2>
          <ul className="other-streams">
            {streams.map(({ id, name }) => (
              <li key={id}>
                <Link href={to.stream(id)}>
                  <bdi>{name}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <Link href={to.streams}>Go to the streams</Link>
      </p>
    </>
  );
}
