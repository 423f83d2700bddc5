import { useCallback, useEffect } from 'react';
import { useResource } from '../lib/resource.ts';
import { wrongKeyLately } from '../lib/refused-encoder.ts';
import { serverNow } from '../lib/server-clock.ts';
import { useSession } from '../lib/session.ts';
import { systemApi } from '../lib/system-api.ts';
import { Ago } from './time.tsx';

const askAgainMs = 5_000;

/** Why nothing may be coming in: for whoever runs the instance, who alone may know of strangers. */
export function RefusedEncoder() {
  const session = useSession();
  return session.user?.isInstanceAdmin === true ? <Refused /> : null;
}

function Refused() {
  const load = useCallback(() => systemApi.nodes(), []);
  const { state, reload } = useResource(load);
  useEffect(() => {
    const timer = setInterval(reload, askAgainMs);
    return () => clearInterval(timer);
  }, [reload]);
  const refused =
    state.kind === 'ready' ? wrongKeyLately(state.value.items, serverNow()) : undefined;
  if (refused === undefined) return null;
  const { address, reason, at } = refused;
  return (
    <p className="note note-fair">
      An encoder at <bdi>{address}</bdi> tried with{' '}
      {reason === 'blocked' ? 'too many wrong keys' : 'a wrong key'} <Ago at={at} />.{' '}
      {reason === 'blocked'
        ? 'It is let in again after a minute, with the right one.'
        : 'Copy the stream key into it again.'}
    </p>
  );
}
