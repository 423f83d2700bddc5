import type { DesiredDestination } from '#contracts';
import { sentenceOf, type Clock, type Random, type Timers } from '#kernel';
import { ringSizesFor } from './delay-limit.ts';
import type { Dialler } from './dialler.ts';
import type { DiskCache } from './disk-cache.ts';
import type { GateKeeper } from './gate-keeper.ts';
import type { IngestDesk } from './ingest-desk.ts';
import type { LiveStream } from './live-stream.ts';
import type { StreamPorts } from './live-stream-ports.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { failureSentence, type OutQuota } from './out-quota.ts';
import type { PushGuard } from './push-guard.ts';
import type { PushMedia, PushPorts } from './push-ports.ts';
import type { SlateDesk } from './slate-desk.ts';
import type { Timeline } from './timeline.ts';

export type Log = (
  level: 'info' | 'warn',
  message: string,
  fields: Readonly<Record<string, string | number | boolean>>,
) => void;

/** How soon it is looked again what an encoder sends, where a quota has to know that. */
const MEASURE_LOOK_MS = 250;

/** What the streams of one relay share. */
export interface StreamSurroundings {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly gate: GateKeeper;
  readonly quota: OutQuota;
  readonly guard: PushGuard;
  readonly disk: DiskCache;
  readonly desk: IngestDesk;
  readonly slates: SlateDesk;
  readonly dialler: Dialler;
  readonly budget: MemoryBudget;
  readonly timeline: Timeline;
  onChanged(stream: LiveStream): void;
  readonly log: Log;
}

/** Joins a stream to the parts of the relay that it speaks to. */
export function streamPorts(around: StreamSurroundings): StreamPorts<LiveStream> {
  const { clock, timers, guard, disk, desk, slates, timeline, log } = around;
  return {
    clock,
    timers,
    pushPorts: (stream) => pushPorts(stream, around),
    recall: async (streamId, destinationId) => {
      const memory = await guard.recall(streamId, destinationId);
      around.quota.recalled(streamId, destinationId, memory);
      return memory;
    },
    takeFormer: (streamId) => disk.takeFormer(streamId),
    openRing: (delayMs) => around.budget.openRing(ringSizesFor(delayMs)),
    writers: {
      armIngest: (ingestId) => desk.order(ingestId, 'arm-ingest'),
      takeRing: (ingestId) => desk.order(ingestId, 'take-ring'),
      yieldRing: (ingestId) => desk.order(ingestId, 'yield-ring'),
      startHold: (holdId, lane, broadcast, listener) =>
        desk.holds.start({ holdId, lane, broadcast, slate: slates.of(broadcast) }, listener),
      endHold: (holdId) => desk.holds.end(holdId),
      holdLane: (preferred) => desk.holds.laneFor(preferred),
    },
    acceptIngest: (...admitted) => desk.accept(...admitted),
    refuseIngest: ({ streamId }, { request }, reason) => {
      const { ingestId, remoteAddress, encoder } = request;
      log('warn', 'a second encoder was refused', { streamId, remoteAddress, encoder, reason });
      const description = 'Another encoder is publishing with this stream key.';
      desk.reject(ingestId, 'NetStream.Publish.BadName', description);
    },
    cutIngest: (ingest, reason) => desk.cut(ingest.request.ingestId, reason),
    onChanged: (stream) => around.onChanged(stream),
    onBroadcastStarted: (broadcast, ingest, goesOn) => {
      const { id, startedAtMs, streamId } = broadcast;
      disk.keepBroadcast(streamId, { id, startedAtMs });
      timeline.streams.broadcastStarted(broadcast, ingest, goesOn);
    },
    onBroadcastEnded: (broadcast, end) => {
      disk.keepBroadcast(broadcast.streamId, null);
      slates.forget(broadcast);
      around.quota.broadcastEnded(broadcast);
      timeline.streams.broadcastEnded(broadcast, end);
    },
    onNews: (...told) => timeline.streams.news(...told),
    onHoldStanding: (...told) => timeline.streams.holdStanding(...told),
    prepareSlate: (broadcast, sha256) =>
      slates.prepare(broadcast, sha256, (reason) =>
        timeline.streams.slateUnusable(broadcast, reason),
      ),
    onParametersChanged: (...told) => timeline.streams.parametersChanged(...told),
    onFault: ({ streamId }, error) =>
      log('warn', 'a stream’s effect failed', { streamId, cause: sentenceOf(error) }),
  };
}

function pushPorts(stream: LiveStream, around: StreamSurroundings): PushPorts {
  const { clock, timers, random, gate, quota, guard, dialler, timeline, log } = around;
  const { streamId } = stream;
  return {
    clock,
    timers,
    random,
    gate,
    media: (destination) => {
      const nowMs = clock.monotonicMs();
      const media = mediaFor(destination, stream, nowMs);
      const isUnmeasured = quota.standing(stream, destination) === 'unmeasured';
      const isWaiting = media !== undefined && 'broadcast' in media && isUnmeasured;
      return isWaiting ? { readyAtMs: nowMs + MEASURE_LOOK_MS } : media;
    },
    hasRoom: (destination) => quota.standing(stream, destination) !== 'full',
    sentence: (code) => failureSentence(code, stream.desired.quota.outKbpsMax),
    permit: (destinationId) => guard.permit(streamId, destinationId),
    remember: (destinationId, memory) => {
      // The node that has the stream now keeps its own memory of it.
      if (!stream.hasMoved) guard.remember(streamId, destinationId, memory);
    },
    dial: (order, listener) =>
      quota.standing(stream, order.destination) === 'full'
        ? 'OUT_QUOTA'
        : dialler.dial(order, listener, kbpsOf(stream)),
    changeDelay: (attemptId, delayMs) => dialler.changeDelay(attemptId, delayMs),
    endAttempt: (attemptId, mode) => dialler.end(attemptId, mode),
    onOwnedElsewhere: (owner) => stream.stepBack(owner),
    onChanged: () => around.onChanged(stream),
    onAttemptStarted: (destination, attempt) => {
      quota.attemptStarted(stream, destination);
      timeline.pushes.attemptStarted(destination, attempt);
    },
    onAttemptPublished: (_destination, attempt) => timeline.pushes.attemptPublished(attempt),
    onAttemptEnded: (destination, attempt, end) => {
      quota.attemptEnded(destination);
      timeline.pushes.attemptEnded(destination, attempt, end);
    },
    onPhase: (destination, attempt, change) => {
      quota.phase(destination, change);
      timeline.pushes.pushPhase(destination, attempt, change);
    },
    onNews: (destination, attempt, news) => timeline.pushes.pushNews(destination, attempt, news),
    onFault: (error) =>
      log('warn', 'a push’s effect failed', { streamId, cause: sentenceOf(error) }),
  };
}

/** A destination that is to lag behind has nothing to be sent before the stream is that old. */
function mediaFor(
  { delaySeconds }: DesiredDestination,
  { media, mediaSinceMs = 0, delaySecondsMax }: LiveStream,
  nowMs: number,
): PushMedia | undefined {
  if (media === undefined) return undefined;
  // One that the ring cannot hold is not waited for: the cursor plays as far behind as it can.
  const delayMs = Math.min(delaySeconds, delaySecondsMax ?? delaySeconds) * 1_000;
  const readyAtMs = mediaSinceMs + delayMs;
  return readyAtMs > nowMs ? { readyAtMs } : { broadcast: media };
}

/** Null until the encoder's lane has measured it. */
function kbpsOf(stream: LiveStream): number | null {
  const kbps = stream.status().ingest?.kbps ?? 0;
  return kbps === 0 ? null : kbps;
}
