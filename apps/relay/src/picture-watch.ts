import type { Cancel, Clock, Timers } from '#kernel';

/** The writer sends no picture for this long: the other input, where it is well, is to go on. */
export const PICTURE_STALE_MS = 1_000;
/** An encoder with few pictures is given so many of its own intervals. */
const INTERVALS = 3;
const LOOK_MS = 250;

export interface PictureWatchPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** When the newest picture came, monotonic; undefined while there is nothing to judge. */
  readonly pictureAtMs: () => number | undefined;
  /** Of the writer, as it was measured. */
  readonly framesPerSecond: () => number | null;
  readonly onStale: () => void;
  /** After `onStale`: there are pictures again. */
  readonly onBack: () => void;
}

/**
 * Looks whether pictures still come, while another input stands by that could go on: a lane takes
 * three seconds to call its encoder frozen, because a lone one has nothing to gain by less.
 */
export class PictureWatch {
  readonly #ports: PictureWatchPorts;
  #cancel: Cancel | undefined;
  #isStale = false;

  constructor(ports: PictureWatchPorts) {
    this.#ports = ports;
  }

  /** Whether there is another input that could go on. */
  set(isNeeded: boolean): void {
    if (isNeeded === (this.#cancel !== undefined)) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isStale = false;
    if (isNeeded) this.#lookLater();
  }

  #lookLater(): void {
    this.#cancel = this.#ports.timers.after(LOOK_MS, () => {
      this.#lookLater();
      this.#look();
    });
  }

  #look(): void {
    const { clock, pictureAtMs, framesPerSecond, onStale, onBack } = this.#ports;
    const atMs = pictureAtMs();
    const framesMs = (INTERVALS * 1_000) / Math.max(framesPerSecond() ?? Infinity, 0.1);
    const ageMs = atMs === undefined ? 0 : clock.monotonicMs() - atMs;
    const isStale = ageMs >= Math.max(PICTURE_STALE_MS, framesMs);
    if (isStale === this.#isStale) return;
    this.#isStale = isStale;
    if (isStale) onStale();
    else onBack();
  }
}
