import { LANE_LIMITS } from './settings.ts';

/** So many acknowledgements show two whole steps, of which the second is no accident. */
const ACKNOWLEDGEMENTS_MIN = 3;
/** More than this many of its largest steps a peer that reads does not leave unacknowledged. */
const STEPS_SILENT = 2;
/** As for its longest pause: one may count by the clock. */
const PAUSES_SILENT = 2;
const PAUSE_MS_MAX = 15_000;
/** Who was given nothing for this long has its whole time from the next bytes on. */
const IDLE_MS = 1_000;

/**
 * Whether a peer has ceased to acknowledge: it is gone then, although the kernel, or a balancer on
 * the way, still takes what is written, some megabytes of it and at a low bitrate for minutes.
 * Judged by its own habit only, for there is no rule that all keep: many never acknowledge, and say
 * nothing by it.
 */
export class AckWatch {
  #count = 0;
  #bytes = 0;
  #atMs = 0;
  #wroteAtMs = 0;
  #writingSinceMs = 0;
  #largestStep = 0;
  #longestPauseMs = 0;

  /** `bytes`: what the peer says to have received in all. */
  acknowledged(nowMs: number, bytes: number): void {
    if (bytes <= this.#bytes) return;
    if (this.#count > 0) {
      this.#largestStep = Math.max(this.#largestStep, bytes - this.#bytes);
      const pauseMs = Math.min(PAUSE_MS_MAX, nowMs - this.#atMs);
      this.#longestPauseMs = Math.max(this.#longestPauseMs, pauseMs);
    }
    this.#count += 1;
    this.#bytes = bytes;
    this.#atMs = nowMs;
  }

  /** Heard last; 0 where it never was. */
  get atMs(): number {
    return this.#atMs;
  }

  wrote(nowMs: number): void {
    if (nowMs - this.#wroteAtMs > IDLE_MS) this.#writingSinceMs = nowMs;
    this.#wroteAtMs = nowMs;
  }

  /** For so long we could have heard nobody. */
  forgive(stoodMs: number): void {
    this.#atMs += stoodMs;
    this.#writingSinceMs += stoodMs;
  }

  isSilent(nowMs: number, writtenBytes: number): boolean {
    const quietMs = nowMs - Math.max(this.#atMs, this.#writingSinceMs);
    if (quietMs <= LANE_LIMITS.stallMs || this.#count < ACKNOWLEDGEMENTS_MIN) return false;
    if (quietMs <= PAUSES_SILENT * this.#longestPauseMs) return false;
    return writtenBytes - this.#bytes > STEPS_SILENT * this.#largestStep;
  }
}
