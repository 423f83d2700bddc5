import type { Cancel, Clock, Timers } from '#kernel';
import type { LanePool } from '#lanes';

/** How often the main thread looks; as often as a lane does. */
const LOOK_MS = 100;

export interface LoopDelaysPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly lanes: Pick<LanePool, 'size' | 'takeDelayMs'>;
}

/** How late each thread of the relay came to what was due. */
export class LoopDelays {
  readonly #ports: LoopDelaysPorts;
  #cancel: Cancel = () => undefined;
  #mainMs = 0;

  constructor(ports: LoopDelaysPorts) {
    this.#ports = ports;
    this.#lookLater();
  }

  /** By thread the longest since the last call, in milliseconds. */
  take(): ReadonlyMap<string, number> {
    const { lanes } = this.#ports;
    const delaysMs = new Map([['main', this.#mainMs]]);
    for (let lane = 0; lane < lanes.size; lane += 1) {
      delaysMs.set(`lane-${lane}`, lanes.takeDelayMs(lane));
    }
    this.#mainMs = 0;
    return delaysMs;
  }

  close(): void {
    this.#cancel();
  }

  #lookLater(): void {
    const { clock, timers } = this.#ports;
    const dueAtMs = clock.monotonicMs() + LOOK_MS;
    this.#cancel = timers.after(LOOK_MS, () => {
      this.#mainMs = Math.max(this.#mainMs, clock.monotonicMs() - dueAtMs);
      this.#lookLater();
    });
  }
}
