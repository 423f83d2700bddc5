import { createServer } from 'node:net';
import { CodedError } from '#kernel';
import type { LaneReport, LaneSettings } from '#lanes';

/** From starting the lanes to the last one listening. */
const LISTEN_DEADLINE_MS = 10_000;

/**
 * Starts the lanes and waits until each listens. Lanes share their ports, so a port that another program has
 * could look free to them: it is tried alone first.
 * Errors: `PORT_TAKEN`, `LISTEN_FAILED`.
 */
export async function untilListening(
  settings: Pick<LaneSettings, 'bindHost' | 'rtmpPort' | 'rtmpsPort'>,
  lanes: number,
  start: (onReport: (lane: number, report: LaneReport) => void) => void,
): Promise<void> {
  await requireFree(settings.bindHost, settings.rtmpPort, 'RTMP_PORT');
  await requireFree(settings.bindHost, settings.rtmpsPort, 'RTMPS_PORT');
  const listening = new Set<number>();
  await new Promise<void>((resolve, reject) => {
    const deadline = setTimeout(() => {
      reject(new CodedError('LISTEN_FAILED', 'The lanes did not begin to listen in time.'));
    }, LISTEN_DEADLINE_MS);
    start((lane, report) => {
      if (report.kind === 'listening') listening.add(lane);
      if (report.kind === 'listen-failed') {
        clearTimeout(deadline);
        reject(
          new CodedError('LISTEN_FAILED', `Port ${report.port} cannot be used (${report.code}).`),
        );
      }
      if (listening.size === lanes) {
        clearTimeout(deadline);
        resolve();
      }
    });
  });
}

function requireFree(host: string, port: number, variable: string): Promise<void> {
  if (port === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'is taken by another program'
          : `cannot be used (${error.code})`;
      reject(
        new CodedError('PORT_TAKEN', `Port ${port} ${reason}; set ${variable} to another one.`),
      );
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}
