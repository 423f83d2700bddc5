import type { Destination } from '#contracts';
import type { PushView } from './live-state.ts';

/** The destination inside Forkcast, which needs neither server nor key. */
export const testPlatformId = 'test';

/** Viewers see it now: what ends it is asked back. */
export const isOnAir = ({ state }: Pick<PushView, 'state'>): boolean =>
  state === 'live' || state === 'degraded';

/** What is wanted and not so after this is shown as it is. */
export const underWayMs = 10_000;

/** Whether it was switched on or off just now, and the relay has not yet come to it. */
export function isUnderWay(
  { enabled, updatedAt }: Pick<Destination, 'enabled' | 'updatedAt'>,
  push: Pick<PushView, 'state'>,
  nowMs: number,
): boolean {
  const isSo = enabled ? push.state !== 'stopped' : push.state === 'stopped';
  // It goes on for a while after it was switched off, and says so itself.
  if (isSo || push.state === 'draining') return false;
  return nowMs - Date.parse(updatedAt) < underWayMs;
}

/** `850 kB`, `12.4 MB`, `3.1 GB` */
export function byteWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.floor(bytes / 1_000)} kB`;
  const [size, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${size.toFixed(1)} ${unit}`;
}

/** One step of the way to the platform, and by what it is known that it was taken. */
export interface Rung {
  readonly words: string;
  readonly reached: boolean;
  /** When it was, where that is known. */
  readonly at: string | null;
  /** What is said where there is no time. */
  readonly said: string;
}

/** By then a server that acknowledges anything has done so: most do for each 2.5 MB. */
const acknowledgedByBytes = 20_000_000;
const notYet = 'not yet';

/**
 * From the first sign of life to the last: why a push is believed to be in its state.
 * @param isSecret its server is spoken to in TLS.
 */
export function ladderOf({ evidence }: Pick<PushView, 'evidence'>, isSecret: boolean): Rung[] {
  const { tcp, tls, publishAccepted, bytesWritten, bytesAcked, lastProgressAt } = evidence;
  const isMute = bytesAcked === 0 && bytesWritten >= acknowledgedByBytes;
  const plain = { words: 'Encrypted', reached: false, at: null, said: 'no, its URL is rtmp://' };
  return [
    seenAt('Connected', tcp),
    isSecret ? seenAt('Encrypted', tls) : plain,
    seenAt('Stream accepted', publishAccepted),
    counted('Sent', bytesWritten, notYet),
    counted('Acknowledged', bytesAcked, isMute ? 'this server acknowledges nothing' : notYet),
    seenAt('Last progress', lastProgressAt),
  ];
}

function seenAt(words: string, at: string | null): Rung {
  return { words, reached: at !== null, at, said: notYet };
}

function counted(words: string, bytes: number, none: string): Rung {
  return { words, reached: bytes > 0, at: null, said: bytes > 0 ? byteWords(bytes) : none };
}
