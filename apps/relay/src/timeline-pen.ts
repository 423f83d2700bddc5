import type { IncidentCode } from '#contracts';
import type { HistoryRecord } from '#persistence';
import type { FailureCode } from '#relay-core';
import type { Broadcast } from './broadcast.ts';

export interface Incident {
  readonly code: IncidentCode | FailureCode;
  readonly message: string;
  readonly destinationId?: string;
  /** What the destination said itself, without the key, fit to be shown. */
  readonly remoteWords?: string | null;
  /** Of a failure: somebody has to do something. */
  readonly needsPerson?: boolean;
}

/** What the parts of a timeline write with. */
export interface TimelinePen {
  readonly nodeId: string;
  record(record: HistoryRecord): void;
  /** `seen` is for the log alone: what a peer said is no sentence for an owner. */
  tell(broadcast: Broadcast, incident: Incident, seen?: Readonly<Record<string, string>>): void;
  /** ISO 8601. */
  now(): string;
}
