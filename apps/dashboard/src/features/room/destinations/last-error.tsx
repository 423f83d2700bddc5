import { Clock } from '../../../components/time.tsx';
import type { PushView } from '../../../lib/live-state.ts';
import { isOnAir } from '../../../lib/push-words.ts';

/** Why the last attempt ended, and what the platform itself said, for who wants to know. */
export function LastError({ push }: { readonly push: PushView }) {
  if (push.lastError === null || isOnAir(push)) return null;
  const { message, code, at, remoteWords } = push.lastError;
  // Then the sentence stands below the state already.
  const isSaid = push.state === 'needs_attention';
  return (
    <details className="destination-error">
      <summary>{isSaid ? 'Details' : message}</summary>
      {remoteWords && (
        <p>
          The server said: “<bdi>{remoteWords}</bdi>”
        </p>
      )}
      <p className="hint">
        {code} · at <Clock at={at} /> · attempt {push.attempt}
      </p>
    </details>
  );
}
