import type { ReactNode } from 'react';
import { serverAdvice } from '../lib/server-advice.ts';
import type { IngestAddress } from '../lib/server-advice.ts';
import { CopyLine } from './copy-line.tsx';

interface ServerLinesProps {
  readonly ingest: IngestAddress;
  /** The key, which stands below its server as it does in OBS. */
  readonly children?: ReactNode;
}

/** Where an encoder publishes: the server to take, why that one, and the other if there is one. */
export function ServerLines({ ingest, children }: ServerLinesProps) {
  const { servers, why } = serverAdvice(ingest);
  const [best, ...others] = servers;
  if (best === undefined) {
    return (
      <p className="note note-bad">
        This Forkcast takes no RTMP and no RTMPS: both ports are turned off.
      </p>
    );
  }
  return (
    <>
      <CopyLine label={best.label} value={best.url} />
      {children}
      <p className="hint">{why}</p>
      {others.map(({ label, url }) => (
        <details key={label} className="other-server">
          <summary>Another server</summary>
          <CopyLine label={label} value={url} />
        </details>
      ))}
    </>
  );
}
