import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Ago } from '../../components/time.tsx';
import { accountApi } from '../../lib/account-api.ts';
import type { Named } from '../../lib/client.ts';
import type { Resource } from '../../lib/resource.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { browserWords } from './browser-words.ts';

type Session = Named<'SignedInSession'>;

interface SessionsProps {
  readonly sessions: Resource<readonly Session[]>;
  readonly reload: () => void;
}

/** Where one is signed in, and the way to end what one does not know. */
export function Sessions({ sessions, reload }: SessionsProps) {
  return (
    <section className="card" aria-label="Sessions">
      <h2>Where you are signed in</h2>
      {sessions.kind === 'loading' && <p className="quiet-start">Loading…</p>}
      {sessions.kind !== 'loading' && <ProblemNote problem={sessions.problem} />}
      {sessions.kind === 'ready' && (
        <ul className="rows">
          {sessions.value.map((session) => (
            <SessionRow key={session.id} session={session} reload={reload} />
          ))}
        </ul>
      )}
      <p className="hint">
        One that you do not know: end it, and change the password if you cannot say where it is
        from.
      </p>
    </section>
  );
}

interface SessionRowProps {
  readonly session: Session;
  readonly reload: () => void;
}

function SessionRow({ session, reload }: SessionRowProps) {
  const { id, isCurrent, address, userAgent, lastSeenAt } = session;
  const { busy, run } = useAction();
  const browser = browserWords(userAgent);
  const end = (): void =>
    run(async () => {
      try {
        await accountApi.endSession(id);
        toasts.say('The session was ended.');
      } catch (thrown) {
        toasts.fail(thrown, 'Ending the session');
      }
      reload();
    });
  return (
    <li>
      <span>
        <span title={userAgent ?? undefined}>{browser}</span>
        <span className="hint line">
          {address === null ? '' : `${address}, `}
          {isCurrent ? 'this one' : <Ago at={lastSeenAt} />}
        </span>
      </span>
      {!isCurrent && (
        <Button
          busy={busy}
          aria-label={`End the session of ${browser}${address === null ? '' : `, ${address}`}`}
          onClick={end}
        >
          End
        </Button>
      )}
    </li>
  );
}
