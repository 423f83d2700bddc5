import type { LiveEvent } from '#contracts';
import type { Timers } from '#kernel';
import type { Claim, Live } from '#live';
import type { LiveStream } from './live-stream.ts';
import { statisticsOf } from './statistics-event.ts';
import type { StatisticsPen } from './statistics-pen.ts';

/** An emptied Redis knows of waiting retries again within so many beats, which is 2 s. */
const REMEMBER_EVERY_BEATS = 2;
/** Changes within this time are told together. */
const GATHER_MS = 50;

/** This node's claims to its streams. Both reject when the store is away. */
interface Leases {
  claimStream(streamId: string): Promise<Claim>;
  releaseStream(streamId: string): Promise<boolean>;
}

/**
 * Tells Redis what is so: at once (nearly) when a stream changes, and on a beat, so that an emptied
 * or restarted Redis is right again soon. Nothing here is waited for. Of a
 * stream that another node has taken over nothing is told.
 */
export class StatusPublisher {
  readonly #live: Pick<Live, 'events' | 'status'>;
  readonly #leases: Leases;
  readonly #timers: Timers;
  readonly #statistics: Pick<StatisticsPen, 'sample' | 'end'>;
  readonly #changed = new Set<LiveStream>();
  #beats = 0;

  constructor(
    live: Pick<Live, 'events' | 'status'>,
    leases: Leases,
    timers: Timers,
    statistics: Pick<StatisticsPen, 'sample' | 'end'>,
  ) {
    this.#live = live;
    this.#leases = leases;
    this.#timers = timers;
    this.#statistics = statistics;
  }

  changed(stream: LiveStream): void {
    if (this.#changed.size === 0) this.#timers.after(GATHER_MS, () => this.#tellChanges());
    this.#changed.add(stream);
  }

  announce(event: LiveEvent): void {
    this.#live.events.appendEvent(event).catch(ignore);
  }

  /**
   * Claims these streams anew and repeats everything that Redis keeps of them. Where another node
   * has one, this node steps back instead. Figures are noted also while Redis is away.
   */
  repeat(streams: readonly LiveStream[]): void {
    this.#beats += 1;
    for (const stream of streams) {
      if (stream.hasMoved) continue;
      this.#leases.claimStream(stream.streamId).then(
        ({ granted, owner }) => {
          if (!granted) stream.stepBack(owner);
          else if (!stream.isOver) this.#repeat(stream);
        },
        () => {
          if (!stream.isOver) this.#statistics.sample(stream.status());
        },
      );
    }
  }

  /** The stream is no longer live here. */
  over(stream: LiveStream): void {
    this.#changed.delete(stream);
    this.#statistics.end(stream.streamId);
    if (stream.hasMoved) return;
    this.#tell(stream);
    this.#leases.releaseStream(stream.streamId).catch(ignore);
  }

  #repeat(stream: LiveStream): void {
    const status = stream.status();
    this.#statistics.sample(status);
    this.#live.status.putStatus(status).catch(ignore);
    if (this.#beats % REMEMBER_EVERY_BEATS === 0) stream.pushes.remember();
    this.announce(statisticsOf(status));
  }

  #tellChanges(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const stream of changed) if (!stream.hasMoved) this.#tell(stream);
  }

  #tell(stream: LiveStream): void {
    const status = stream.status();
    this.#live.status.putStatus(status).catch(ignore);
    const { streamId, workspaceId } = status;
    this.announce({ type: 'stream.status', workspaceId, streamId, status });
  }
}

/** Redis is away: its own connection says so, once a second; the next beat repeats what is so. */
function ignore(): void {
  return;
}
