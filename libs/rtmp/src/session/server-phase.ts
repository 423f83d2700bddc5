import { assert } from '#kernel';

/**
 * How far an encoder has come. The last three are ends: nothing the peer sends is looked at any
 * more.
 */
export type ServerPhase =
  | 'handshaking'
  | 'connecting'
  | 'connected'
  | 'authorising'
  | 'publishing'
  | 'rejected'
  | 'unpublished'
  | 'failed';

const next: Readonly<Record<ServerPhase, readonly ServerPhase[]>> = {
  handshaking: ['connecting', 'failed'],
  connecting: ['connected', 'failed'],
  connected: ['authorising', 'failed'],
  authorising: ['publishing', 'rejected', 'failed'],
  publishing: ['unpublished', 'failed'],
  rejected: ['failed'],
  unpublished: ['failed'],
  failed: ['failed'],
};

/** The phase to go on in; a step that the phases do not know is a fault of ours. */
export function advance(from: ServerPhase, to: ServerPhase): ServerPhase {
  assert(next[from].includes(to), `a server session goes from ${from} to ${to}`);
  return to;
}

export function isEnd(phase: ServerPhase): boolean {
  return phase === 'rejected' || phase === 'unpublished' || phase === 'failed';
}
