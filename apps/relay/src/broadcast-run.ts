import { randomUUID } from 'node:crypto';
import type { DesiredStream } from '#contracts';
import { RingGauge, RingReader } from '#ring';
import type { Broadcast } from './broadcast.ts';
import { longestDelayMs } from './delay-limit.ts';
import type { StreamPorts } from './live-stream-ports.ts';
import { PictureWatch, type PictureWatchPorts } from './picture-watch.ts';
import { RingSource } from './ring-source.ts';

/** A broadcast under way. */
export interface BroadcastRun {
  readonly broadcast: Broadcast;
  readonly gauge: RingGauge;
  readonly source: RingSource;
  /** To be set while another input could go on. */
  readonly watch: PictureWatch;
  /** It had begun when the relay was started. */
  readonly goesOn: boolean;
  /** The encoder that began it was let in. */
  isTold: boolean;
}

export interface RunHandler extends Pick<
  PictureWatchPorts,
  'framesPerSecond' | 'onBack' | 'onStale'
> {
  /** There is a frame to begin with, for the first time or again. */
  onMedia(broadcast: Broadcast): void;
  onChanged(): void;
}

/** Memory for a broadcast's media, and a pen that nobody has yet. Throws when there is none. */
export function startRun(
  { streamId, workspaceId, name: streamName, destinations }: DesiredStream,
  ports: StreamPorts<never>,
  handler: RunHandler,
): BroadcastRun {
  const { clock, timers, writers } = ports;
  const ring = ports.openRing(longestDelayMs(destinations));
  const former = ports.takeFormer(streamId);
  const broadcast: Broadcast = {
    id: former?.id ?? randomUUID(),
    streamId,
    workspaceId,
    streamName,
    startedAtMs: former?.startedAtMs ?? clock.wallMs(),
    ring,
  };
  const source = new RingSource(broadcast, {
    ...writers,
    clock,
    timers,
    onMedia: () => handler.onMedia(broadcast),
    onHoldStanding: (standing) => {
      ports.onHoldStanding(broadcast, standing);
      handler.onChanged();
    },
  });
  const reader = new RingReader(ring);
  const watch = new PictureWatch({
    ...handler,
    clock,
    timers,
    // Before its first picture, and of sound alone, there is nothing to judge.
    pictureAtMs: () => (source.isWriting ? reader.videoAtMs || undefined : undefined),
  });
  const goesOn = former !== undefined;
  return { broadcast, gauge: new RingGauge(ring), source, watch, goesOn, isTold: false };
}
