import { createServer } from 'node:net';
import { CodedError } from '#kernel';
import type { LaneReport, LaneSettings } from '#lanes';

/** From starting the lanes to the last one listening. */
const LISTEN_DEADLINE_MS = 10_000;

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

/** Where somebody wants to listen, and the variables that say so. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly variables: string;
}

/** One sentence, from what Node says when a server cannot listen. */
export function listenFailed(place: Place, error: unknown): CodedError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = WHY[code] ?? 'the system refused it';
  const { host, port, variables } = place;
  const sentence = `cannot listen on ${host} port ${port} (${variables}): ${why}`;
  return new CodedError('LISTEN_FAILED', sentence, { cause: error });
}

/**
 * Starts the lanes and waits until each listens. Lanes share their ports, so a port that another
 * program has could look free to them: it is tried alone first.
 * Errors: `LISTEN_FAILED`.
 */
export async function untilListening(
  settings: Pick<LaneSettings, 'bindHost' | 'rtmpPort' | 'rtmpsPort'>,
  lanes: number,
  start: (onReport: (lane: number, report: LaneReport) => void) => void,
): Promise<void> {
  const { bindHost: host, rtmpPort, rtmpsPort } = settings;
  await requireFree({ host, port: rtmpPort, variables: 'BIND_HOST, RTMP_PORT' });
  await requireFree({ host, port: rtmpsPort, variables: 'BIND_HOST, RTMPS_PORT' });
  const listening = new Set<number>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const deadline = setTimeout(() => {
    reject(new CodedError('LISTEN_FAILED', 'The lanes did not begin to listen in time.'));
  }, LISTEN_DEADLINE_MS);
  start((lane, report) => {
    if (report.kind === 'listening') listening.add(lane);
    if (report.kind === 'listen-failed') {
      const sentence = `Lane ${lane} cannot listen on port ${report.port} (${report.code}).`;
      reject(new CodedError('LISTEN_FAILED', sentence));
    }
    if (listening.size === lanes) resolve();
  });
  await promise.finally(() => clearTimeout(deadline));
}

/** Port 0 is off. */
function requireFree(place: Place): Promise<void> {
  const { host, port } = place;
  if (port === 0) return Promise.resolve();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const probe = createServer();
  probe.once('error', (error) => reject(listenFailed(place, error)));
  probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  return promise;
}
