import type { ServerName } from './place.ts';

/** A process that grew by less may have done so by itself. */
export const GREW_BYTES_MIN = 64_000_000;

/** What became of the question that a row asks. */
export interface Answer {
  readonly isGood: boolean;
  readonly words: string;
}

/** What was seen of one row at one server. */
export interface Seen {
  readonly hasDied: boolean;
  /** Of what, where it said so. */
  readonly diedOf?: string | undefined;
  /** Of the stream that nothing was done to, at its healthy end. */
  readonly lostFrames: number;
  /** Whatever else was wrong with it there. */
  readonly faults: readonly string[];
  /** The server ended the connection of the encoder that did nothing wrong. */
  readonly isEncoderCut: boolean;
  readonly grewBytes: number;
  /** undefined where the server did not live to give it. */
  readonly answer?: Answer;
}

export interface PeerOutcome {
  readonly row: number;
  readonly server: ServerName;
  readonly isGood: boolean;
  readonly words: string;
}

/** Puts what was seen into words: what was done to others first, then the row's own answer. */
export function judged(row: number, server: ServerName, seen: Seen): PeerOutcome {
  const harm = [
    seen.hasDied && ['its process died', seen.diedOf].filter(Boolean).join(' of '),
    !seen.hasDied && seen.isEncoderCut && 'cuts the encoder that did nothing',
    !seen.hasDied &&
      seen.lostFrames > 0 &&
      `loses ${counted(seen.lostFrames)} at the healthy destination`,
    ...(seen.hasDied || seen.lostFrames > 0
      ? []
      : seen.faults.slice(0, 1).map((fault) => `the healthy destination gets ${fault}`)),
    seen.grewBytes >= GREW_BYTES_MIN && `grows by ${Math.round(seen.grewBytes / 1e6)} MB`,
  ].filter((one) => typeof one === 'string');
  const isGood = harm.length === 0 && seen.answer?.isGood === true;
  const own = seen.hasDied ? [] : [seen.answer?.words ?? 'gives no answer'];
  return { row, server, isGood, words: [...harm, ...own].join('; ') };
}

function counted(frames: number): string {
  return frames === 1 ? '1 frame' : `${frames} frames`;
}

/** Milliseconds as people say them. */
export function seconds(ms: number): string {
  return ms < 950
    ? `${Math.max(100, Math.round(ms / 100) * 100)} ms`
    : `${(ms / 1000).toFixed(1)} s`;
}

export function good(words: string): Answer {
  return { isGood: true, words };
}

export function bad(words: string): Answer {
  return { isGood: false, words };
}
