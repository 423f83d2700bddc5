import type { IngestMeasure } from '#media';
import type { AttemptStage, EndMode, FailureCode } from '#relay-core';
import type { PublishLink } from '#vault';

/**
 * What the relay's main thread and a lane say to each other. Only plain data and shared memory
 * cross; ids are made by whoever speaks first of the thing they name.
 */

/** Why an ingest's connection ended. */
export type IngestEndReason =
  | 'unpublished'
  | 'closed'
  | 'idle'
  | 'frozen'
  | 'taken-over'
  | 'broadcast-ended'
  | 'key-revoked'
  | 'protocol-error'
  | 'failed'
  /** Its lane did not survive what it sent; for the last time for a while. */
  | 'deadly'
  | 'quarantined'
  | 'draining'
  | 'bitrate-exceeded'
  | 'quota-reached'
  | 'not-authorised';

/** An encoder that sends more than this on average over `burstMs` is ended. */
export interface IngestLimits {
  readonly kbpsMax: number;
  readonly burstMs: number;
}

/**
 * What a lane needs to know of a publish that was accepted. A ring has one writer at a time: who
 * has its pen. The main thread hands it on, and never before the one who had it has let go.
 */
export interface PublishGrant {
  /** The broadcast's ring. */
  readonly ring: SharedArrayBuffer;
  /** The broadcast's id. */
  readonly ringId: string;
  /** `now`: it writes from its first keyframe on. `standby`: what it sends is dropped. */
  readonly pen: 'now' | 'standby';
  readonly limits: IngestLimits;
}

/** What the lane read from the stream name; whether a link holds, others say. */
export type PublishCredential =
  { readonly kind: 'key' } | { readonly kind: 'link'; readonly link: PublishLink };

export interface PublishRequest {
  readonly ingestId: string;
  /** SHA-256 of the stream key, hex. The key itself never leaves the lane. */
  readonly keyHash: string;
  /** What the stream name was: a key, or a link in its place. */
  readonly credential: PublishCredential;
  readonly app: string;
  readonly encoder: string;
  readonly remoteAddress: string;
  readonly secure: boolean;
}

export interface AttemptOrder {
  readonly attemptId: string;
  readonly destinationId: string;
  /** The broadcast's id: shared memory arrives as another object each time it is sent. */
  readonly ringId: string;
  readonly ring: SharedArrayBuffer;
  readonly url: string;
  readonly streamKey: string;
  /** How far behind the live edge it plays. */
  readonly delayMs: number;
  readonly start: AttemptStart;
  /** The built-in test destination: nothing is dialled. */
  readonly sink: boolean;
  /** The only certificate that is trusted there, hex; null: whichever the system trusts. */
  readonly certificateSha256: string | null;
}

/**
 * Where an attempt begins: at the newest keyframe that its delay lets it play, or at the one
 * nearest to that time of the ring's timeline, from where it plays at normal speed.
 */
export type AttemptStart =
  { readonly kind: 'live' } | { readonly kind: 'rewind'; readonly timelineMs: number };

/** How what an ingest writes goes on from what was written before. */
export type Continuity = 'first' | 'same' | 'parameters' | 'codec';

/** What stands in for the encoder's pictures, and for its sound. */
export type HeldPicture = 'last-picture' | 'keyframe' | 'slate' | 'none';
export type HeldSound = 'silence' | 'none';

export type LaneCommand =
  | { readonly kind: 'accept-publish'; readonly ingestId: string; readonly grant: PublishGrant }
  | {
      readonly kind: 'reject-publish';
      readonly ingestId: string;
      readonly code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName';
      readonly description: string;
      /** The answer waits so long, so that guessing keys is slow. */
      readonly delayMs: number;
    }
  | { readonly kind: 'probe-ingest'; readonly ingestId: string; readonly probeId: number }
  | { readonly kind: 'cut-ingest'; readonly ingestId: string; readonly reason: IngestEndReason }
  /** Answers `stood-still`: what this node still has is known again. */
  | { readonly kind: 'go-on' }
  /** At its next keyframe it gathers what it sends, a second at most, and says `ingest-ready`. */
  | { readonly kind: 'arm-ingest'; readonly ingestId: string }
  /** It has the pen: what it gathered is written, then what it sends; or from its next keyframe. */
  | { readonly kind: 'take-ring'; readonly ingestId: string }
  /** Back to standby; `ingest-yielded` follows, also where it had no pen. */
  | { readonly kind: 'yield-ring'; readonly ingestId: string }
  | {
      /** Has the pen from now on, and writes pictures and silence until it is ended. */
      readonly kind: 'start-hold';
      readonly holdId: string;
      readonly ringId: string;
      readonly ring: SharedArrayBuffer;
      /** A picture coded for this stream, to be shown in place of the last one. */
      readonly slate: Uint8Array | null;
    }
  | { readonly kind: 'end-hold'; readonly holdId: string }
  | { readonly kind: 'start-attempt'; readonly order: AttemptOrder }
  | { readonly kind: 'change-attempt'; readonly attemptId: string; readonly delayMs: number }
  | {
      /** `drain`: what is buffered is played out, then goodbye; `deliberate`: goodbye now. */
      readonly kind: 'end-attempt';
      readonly attemptId: string;
      readonly mode: EndMode;
    }
  | { readonly kind: 'use-certificate'; readonly certificate: CertificatePair }
  /** New connections of this address are refused for so long; those that publish stay. */
  | { readonly kind: 'block-address'; readonly address: string; readonly forMs: number }
  /** Whether somebody looks at what a built-in destination is sent. */
  | { readonly kind: 'watch-sink'; readonly attemptId: string; readonly watching: boolean }
  | { readonly kind: 'stop-listening' };

/** What a lane's thread hears: what the relay has to say, and the pool's word to end. */
export type ThreadCommand = LaneCommand | { readonly kind: 'end' };

export interface CertificatePair {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}

/** Why an attempt ended by itself. */
export interface AttemptFailure {
  readonly code: FailureCode;
  /** For the log. */
  readonly detail: string;
  /** What the other side said, without the key; null when it said nothing. */
  readonly remoteWords: string | null;
}

/** One push's figures, counted from the start of its attempt. */
export interface AttemptFigures {
  readonly attemptId: string;
  readonly bytesWritten: number;
  readonly bytesAcknowledged: number;
  /** Without its delay. */
  readonly lagMs: number;
  /** The delay in effect. */
  readonly delayMs: number;
  readonly droppedFrames: number;
  /** The destination takes media, and was sent none: there is no keyframe to begin with yet. */
  readonly isWaitingForKeyframe: boolean;
  /** Wall clock, ms. */
  readonly lastProgressAtMs: number;
}

export type LaneReport =
  | { readonly kind: 'listening' }
  /** The process did; it writes nothing to destinations before `go-on`. */
  | { readonly kind: 'stood-still'; readonly forMs: number }
  | { readonly kind: 'listen-failed'; readonly port: number; readonly code: string }
  | { readonly kind: 'publish-requested'; readonly request: PublishRequest }
  | { readonly kind: 'ingest-joinable'; readonly ingestId: string }
  /** It was armed, and has a keyframe to go on with. */
  | { readonly kind: 'ingest-ready'; readonly ingestId: string }
  /** It sends no picture any more; where it had the pen, it has let go. It is armed. */
  | { readonly kind: 'ingest-frozen'; readonly ingestId: string }
  /** It writes no more. */
  | { readonly kind: 'ingest-yielded'; readonly ingestId: string }
  | {
      /** Once each time it has the pen: its first frame is in the ring. */
      readonly kind: 'ingest-writing';
      readonly ingestId: string;
      readonly continuity: Continuity;
      /** What changed, for a person. */
      readonly detail: string;
    }
  | {
      readonly kind: 'hold-standing';
      readonly holdId: string;
      readonly picture: HeldPicture;
      readonly sound: HeldSound;
      /** Why it is not the last picture and silence; empty when it is. */
      readonly reason: string;
    }
  /** It writes no more. */
  | { readonly kind: 'hold-ended'; readonly holdId: string }
  | {
      readonly kind: 'ingest-ended';
      readonly ingestId: string;
      readonly reason: IngestEndReason;
      readonly detail: string;
    }
  | {
      readonly kind: 'ingest-silence';
      readonly ingestId: string;
      readonly probeId: number;
      readonly silentMs: number;
    }
  | { readonly kind: 'ingest-figures'; readonly ingestId: string; readonly figures: IngestMeasure }
  | {
      readonly kind: 'attempt-reached';
      readonly attemptId: string;
      readonly stage: AttemptStage;
    }
  | { readonly kind: 'attempt-degraded'; readonly attemptId: string; readonly degraded: boolean }
  | {
      readonly kind: 'attempt-ended';
      readonly attemptId: string;
      /** `null` when it was ended on our own order. */
      readonly failure: AttemptFailure | null;
      /** Up to where of the ring's timeline the destination got; null when it got nothing. */
      readonly reachedMs: number | null;
    }
  | { readonly kind: 'attempt-figures'; readonly figures: readonly AttemptFigures[] }
  | {
      /** What a built-in destination was sent, as FLV, for whoever looks. */
      readonly kind: 'sink-media';
      readonly attemptId: string;
      /** A whole beginning; others go on from it. */
      readonly isStart: boolean;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warn';
      readonly message: string;
      readonly fields: Readonly<Record<string, string | number | boolean>>;
    };
