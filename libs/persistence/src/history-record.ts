import type { TimelineKind } from '#control';

/**
 * What a relay tells of the past. Ids are UUIDs that the relay makes, so that writing a record
 * twice changes nothing. Times are ISO 8601.
 */
export type HistoryRecord =
  | BroadcastStarted
  | BroadcastEnded
  | AttemptStarted
  | AttemptPublished
  | AttemptEnded
  | EventRecord;

export interface BroadcastStarted {
  readonly kind: 'broadcast-started';
  readonly id: string;
  readonly streamId: string;
  readonly streamName: string;
  readonly nodeId: string;
  readonly at: string;
}

export interface BroadcastEnded {
  readonly kind: 'broadcast-ended';
  readonly id: string;
  readonly at: string;
  readonly reason: string;
}

export interface AttemptStarted {
  readonly kind: 'attempt-started';
  readonly id: string;
  readonly broadcastId: string;
  readonly destinationId: string;
  readonly destinationName: string;
  readonly nodeId: string;
  /** 1 for the first attempt of a push. */
  readonly number: number;
  readonly at: string;
}

/** The destination accepted the publish: told at once, as a relay that dies tells of no end. */
export interface AttemptPublished {
  readonly kind: 'attempt-published';
  readonly id: string;
  readonly at: string;
}

export interface AttemptEnded {
  readonly kind: 'attempt-ended';
  readonly id: string;
  readonly at: string;
  /** When the destination accepted the publish; null when it never did. */
  readonly publishedAt: string | null;
  readonly code: string;
  readonly class: string;
  readonly message: string;
  /** What the destination said itself, without the key. */
  readonly remoteWords?: string | null | undefined;
  readonly bytesWritten: number;
}

/** One line of the incident timeline. */
export interface EventRecord {
  readonly kind: 'event';
  readonly id: string;
  readonly broadcastId: string;
  readonly streamId: string;
  readonly destinationId?: string | undefined;
  readonly at: string;
  /** Grows from each event of a relay to the next, also where their times do not. */
  readonly position: number;
  readonly about: TimelineKind;
  readonly code: string;
  readonly message: string;
  /** What the destination said itself, without the key. */
  readonly remoteWords?: string | null | undefined;
  /** Of a failure: whether somebody has to do something. Left out: its class says. */
  readonly needsPerson?: boolean | undefined;
}

/** What was seen of one series in up to ten seconds in a row. */
export interface StatisticsRecord {
  readonly kind: 'statistics';
  readonly streamId: string;
  readonly broadcastId: string;
  /** Null: the ingest. */
  readonly destinationId: string | null;
  /** Of the first second. Records of a series do not overlap, nor reach over a full ten seconds. */
  readonly at: string;
  readonly kbps: readonly number[];
  readonly lagMs: readonly number[];
  /** Frames. */
  readonly dropped: readonly number[];
  readonly reconnects: number;
  readonly bytes: number;
}
