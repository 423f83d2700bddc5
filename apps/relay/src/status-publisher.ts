import type { LiveEvent } from '#contracts';
import type { Timers } from '#kernel';
import type { Live } from '#live';
import type { LiveStream } from './live-stream.ts';

/** Changes within this time are told together. */
const GATHER_MS = 50;

/**
 * Tells Redis what is so: at once (nearly) when a stream changes, and on every beat, so that an emptied or
 * restarted Redis is right again within one beat. Nothing here is waited for.
 */
export class StatusPublisher {
  readonly #live: Live;
  readonly #timers: Timers;
  readonly #nodeId: string;
  readonly #changed = new Set<LiveStream>();

  constructor(live: Live, timers: Timers, nodeId: string) {
    this.#live = live;
    this.#timers = timers;
    this.#nodeId = nodeId;
  }

  changed(stream: LiveStream): void {
    if (this.#changed.size === 0) this.#timers.after(GATHER_MS, () => this.#tellChanges());
    this.#changed.add(stream);
  }

  announce(event: LiveEvent): void {
    this.#live.events.appendEvent(event).catch(ignore);
  }

  /** Repeats everything that is kept in Redis for these streams, and adds the figures. */
  repeat(streams: readonly LiveStream[]): void {
    for (const stream of streams) {
      const status = stream.status();
      this.#live.status.putStatus(status).catch(ignore);
      this.#live.ownership.claimStream(stream.streamId, this.#nodeId).catch(ignore);
      for (const push of stream.pushes) push.remember();
      this.announce({
        type: 'stream.statistics',
        streamId: status.streamId,
        at: status.updatedAt,
        ingestKbps: status.ingest?.kbps ?? 0,
        pushes: status.pushes.map(({ destinationId, kbps, lagMs, droppedFrames }) => ({
          destinationId,
          kbps,
          lagMs,
          droppedFrames,
        })),
      });
    }
  }

  /** The stream is no longer live here. */
  over(stream: LiveStream): void {
    this.#tell(stream);
    this.#live.ownership.releaseStream(stream.streamId, this.#nodeId).catch(ignore);
  }

  #tellChanges(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const stream of changed) this.#tell(stream);
  }

  #tell(stream: LiveStream): void {
    const status = stream.status();
    this.#live.status.putStatus(status).catch(ignore);
    this.announce({ type: 'stream.status', streamId: stream.streamId, status });
  }
}

/** Redis is away: its own connection says so, once a second; the next beat repeats what is so. */
function ignore(): void {
  return;
}
