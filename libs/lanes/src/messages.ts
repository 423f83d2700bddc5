import type { IngestMeasure } from '#media';
import type { AttemptStage, FailureCode } from '#relay-core';

/**
 * What the relay's main thread and a lane say to each other. Only plain data and shared memory
 * cross; ids are made by whoever speaks first of the thing they name.
 */

/** Why an ingest's connection ended. */
export type IngestEndReason =
  | 'unpublished'
  | 'closed'
  | 'idle'
  | 'taken-over'
  | 'broadcast-ended'
  | 'key-revoked'
  | 'protocol-error'
  | 'failed'
  | 'draining';

/** What a lane needs to know of a publish that was accepted. */
export interface PublishGrant {
  /** The broadcast's ring; the lane's ingest becomes its one writer. */
  readonly ring: SharedArrayBuffer;
  /** The broadcast's id. */
  readonly ringId: string;
}

export interface PublishRequest {
  readonly ingestId: string;
  /** SHA-256 of the stream key, hex. The key itself never leaves the lane. */
  readonly keyHash: string;
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
}

export type LaneCommand =
  | { readonly kind: 'accept-publish'; readonly ingestId: string; readonly grant: PublishGrant }
  | {
      readonly kind: 'reject-publish';
      readonly ingestId: string;
      readonly code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName';
      readonly description: string;
    }
  | { readonly kind: 'probe-ingest'; readonly ingestId: string; readonly probeId: number }
  | { readonly kind: 'cut-ingest'; readonly ingestId: string; readonly reason: IngestEndReason }
  | { readonly kind: 'start-attempt'; readonly order: AttemptOrder }
  | {
      readonly kind: 'end-attempt';
      readonly attemptId: string;
      readonly mode: 'deliberate' | 'abort';
    }
  | { readonly kind: 'use-certificate'; readonly certificate: CertificatePair }
  | { readonly kind: 'stop-listening' };

/** What a lane's thread hears: what the relay has to say, and the pool's word to end. */
export type ThreadCommand = LaneCommand | { readonly kind: 'end' };

export interface CertificatePair {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}

/** One push's figures, counted from the start of its attempt. */
export interface AttemptFigures {
  readonly attemptId: string;
  readonly bytesWritten: number;
  readonly bytesAcknowledged: number;
  readonly lagMs: number;
  readonly droppedFrames: number;
  /** Wall clock, ms. */
  readonly lastProgressAtMs: number;
}

export type LaneReport =
  | { readonly kind: 'listening' }
  | { readonly kind: 'listen-failed'; readonly port: number; readonly code: string }
  | { readonly kind: 'publish-requested'; readonly request: PublishRequest }
  | { readonly kind: 'ingest-joinable'; readonly ingestId: string }
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
      readonly failure: { readonly code: FailureCode; readonly detail: string } | null;
    }
  | { readonly kind: 'attempt-figures'; readonly figures: readonly AttemptFigures[] }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warn';
      readonly message: string;
      readonly fields: Readonly<Record<string, string | number | boolean>>;
    };
