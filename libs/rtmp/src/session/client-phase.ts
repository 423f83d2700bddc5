import { assert } from '#kernel';

/**
 * How far a publish to a server has come. The last three are ends: the server is not heard any
 * more.
 */
export type ClientPhase =
  | 'idle'
  | 'handshaking'
  | 'connecting'
  | 'connected'
  | 'creating'
  | 'requesting'
  | 'publishing'
  | 'rejected'
  | 'ended'
  | 'failed';

const next: Readonly<Record<ClientPhase, readonly ClientPhase[]>> = {
  idle: ['handshaking', 'ended'],
  handshaking: ['connecting', 'ended', 'failed'],
  connecting: ['connected', 'rejected', 'ended', 'failed'],
  connected: ['creating', 'rejected', 'ended', 'failed'],
  creating: ['requesting', 'rejected', 'ended', 'failed'],
  requesting: ['publishing', 'rejected', 'ended', 'failed'],
  publishing: ['rejected', 'ended', 'failed'],
  rejected: ['ended', 'failed'],
  ended: ['ended', 'failed'],
  failed: ['ended', 'failed'],
};

/** The phase to go on in; a step that the phases do not know is a fault of ours. */
export function advance(from: ClientPhase, to: ClientPhase): ClientPhase {
  assert(next[from].includes(to), `a client session goes from ${from} to ${to}`);
  return to;
}

export function isEnd(phase: ClientPhase): boolean {
  return phase === 'rejected' || phase === 'ended' || phase === 'failed';
}

/** In which of its steps a server refused; as failures are classed. */
export type RejectedStage = 'connect' | 'publish' | 'live';

export function stageOf(phase: ClientPhase): RejectedStage {
  if (phase === 'publishing') return 'live';
  return phase === 'creating' || phase === 'requesting' ? 'publish' : 'connect';
}
