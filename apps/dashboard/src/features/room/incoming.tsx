import type { StreamStatus } from '#contracts';
import { Link } from 'wouter';
import { RefusedEncoder } from '../../components/refused-encoder.tsx';
import { useStatus } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { InputLines } from './input-lines.tsx';
import { SwitchInput } from './switch-input.tsx';
import './incoming.css';

interface IncomingProps {
  readonly streamId: string;
}

/** What arrives from the encoder now. */
export function Incoming({ streamId }: IncomingProps) {
  const status = useStatus(streamId);
  return (
    <section className="card incoming" aria-label="What comes in">
      <h2>What comes in</h2>
      {status === undefined ? (
        <p className="hint">That is not known now. Your broadcasts go on without this page.</p>
      ) : (
        <Inputs status={status} />
      )}
      <SwitchInput streamId={streamId} />
    </section>
  );
}

function Inputs({ status }: { readonly status: StreamStatus }) {
  const { streamId, broadcast, ingest, inputs } = status;
  const isThere = ingest !== null || inputs.primary !== null || inputs.backup !== null;
  return (
    <>
      {isThere && <InputLines status={status} />}
      {!isThere && broadcast !== null && (
        <p className="hint">No encoder is connected. It goes on as soon as one comes back.</p>
      )}
      {!isThere && broadcast === null && (
        <p className="empty">
          Awaiting your encoder. Start streaming in it, and what arrives is shown here at once.{' '}
          <Link href={to.streamSettings(streamId)}>Where the encoder should point</Link>
        </p>
      )}
      {ingest === null && <RefusedEncoder />}
    </>
  );
}
