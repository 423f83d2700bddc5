import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Ago } from '../../components/time.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { useResource } from '../../lib/resource.ts';
import { useSession } from '../../lib/session.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';

/** One's own account: where one is signed in. */
export function AccountPage() {
  const { user } = useSession();
  const { state, reload } = useResource(api.sessions);
  const { busy, run } = useAction();
  const end = (id: string): void =>
    run(async () => {
      try {
        await api.endSession(id);
        toasts.say('The session was ended.');
      } catch (thrown) {
        toasts.fail(thrown, 'Ending the session');
      }
      reload();
    });
  return (
    <>
      <PageHead title="Account" />
      {user !== null && <p className="lead">You are signed in as {user.email}.</p>}
      <section className="card" aria-label="Sessions">
        <h2>Where you are signed in</h2>
        {state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
        {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
        {state.kind === 'ready' && (
          <ul className="rows">
            {state.value.map((session) => (
              <SessionRow key={session.id} session={session} busy={busy} end={end} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

interface SessionRowProps {
  readonly session: Named<'SignedInSession'>;
  readonly busy: boolean;
  readonly end: (id: string) => void;
}

function SessionRow({ session, busy, end }: SessionRowProps) {
  const { id, isCurrent, address, userAgent, lastSeenAt } = session;
  return (
    <li>
      <span>
        {userAgent ?? 'A browser that does not say which'}
        <span className="hint line">
          {address === null ? '' : `${address}, `}
          {isCurrent ? 'this one' : <Ago at={lastSeenAt} />}
        </span>
      </span>
      {!isCurrent && (
        <Button busy={busy} aria-label={`End the session of ${address}`} onClick={() => end(id)}>
          End
        </Button>
      )}
    </li>
  );
}
