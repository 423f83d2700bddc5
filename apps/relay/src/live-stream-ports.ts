import type { Clock, Timers } from '#kernel';
import type { Continuity, IngestEndReason, PublishGrant } from '#lanes';
import type { BroadcastNews, PushMemory, RefusalReason } from '#relay-core';
import type { Broadcast, BroadcastEnd, CurrentIngest, OrderedEnd } from './broadcast.ts';
import type { HoldStanding } from './hold-desk.ts';
import type { IngestListener } from './ingest-desk.ts';
import type { KeptBroadcast } from './kept-stream.ts';
import type { PushPorts } from './push-ports.ts';
import type { SourcePorts } from './ring-source.ts';

/** What the shell knows of an event beyond what the machine needs of it. */
export interface Circumstances {
  readonly asking?: CurrentIngest;
  readonly because?: IngestEndReason;
  readonly end?: OrderedEnd;
}

/** What a live stream asks of the relay around it. */
export interface StreamPorts<Stream> {
  readonly clock: Clock;
  readonly timers: Timers;
  pushPorts(stream: Stream): PushPorts;
  /** How the writers of its ring are told and heard. */
  readonly writers: Omit<SourcePorts, 'clock' | 'timers' | 'onMedia' | 'onHoldStanding'>;
  /** Never rejects. */
  recall(streamId: string, destinationId: string): Promise<PushMemory | null>;
  /** The broadcast that a relay before left, when it may go on; asked once. */
  takeFormer(streamId: string): KeptBroadcast | undefined;
  /** Memory for a broadcast's media. */
  openRing(delayMs: number): SharedArrayBuffer;
  acceptIngest(
    ingest: CurrentIngest,
    listener: IngestListener,
    broadcast: Broadcast,
    pen: PublishGrant['pen'],
  ): void;
  refuseIngest(stream: Stream, ingest: CurrentIngest, reason: RefusalReason): void;
  /** The listener hears when its connection is gone. */
  cutIngest(ingest: CurrentIngest, reason: IngestEndReason): void;
  onChanged(stream: Stream): void;
  /** `goesOn`: it had begun before this process. */
  onBroadcastStarted(broadcast: Broadcast, ingest: CurrentIngest, goesOn: boolean): void;
  /** Once for each that was started. */
  onBroadcastEnded(broadcast: Broadcast, end: BroadcastEnd): void;
  onNews(broadcast: Broadcast, news: BroadcastNews, because: IngestEndReason): void;
  onHoldStanding(broadcast: Broadcast, standing: HoldStanding): void;
  /** What its encoder sends is in the ring: a slate can be made to match. */
  prepareSlate(broadcast: Broadcast, sha256: string | null): void;
  onParametersChanged(broadcast: Broadcast, continuity: Continuity, detail: string): void;
  /** Our own fault, while effects were carried out. */
  onFault(stream: Stream, error: unknown): void;
}
