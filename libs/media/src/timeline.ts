/*
 * One ingest's clock becomes the broadcast's clock (RTMP 1.0, 5.1: 32-bit milliseconds that wrap).
 *
 *   encoder   …4294967290  4294967294 │ 2        6        ─ reconnects, counts from 0 ─  0      33
 *   output           100         104  │ 108      112      ─ 3000 ms on the wall ──────  3112   3145
 *                                   2^32 wrap: no break          new epoch
 *
 * Output is one rising line over audio and video together, in whole milliseconds from 0 at the
 * broadcast's start. The newest input leads it; a message behind the newest input is given the
 * newest output time again.
 */

/** A step forward beyond this is not time passing but another clock. */
export const FORWARD_JUMP_MS_MAX = 10_000;
/** A track that goes back by more than this has another clock. */
export const BACKWARD_JUMP_MS_MAX = 1000;
/** Lateness up to this is rounding and interleaving; more of it is worth telling. */
export const NUDGE_MS_MAX = 40;
/** Between two epochs lies one frame at least. */
export const EPOCH_GAP_MS_MIN = 20;
/** And no more than this, whatever the clock says; a ring's deltas end at 4.66 hours. */
export const EPOCH_GAP_MS_MAX = 4 * 3_600_000;

export type TimedTrack = 'audio' | 'video';

/** Where an earlier timeline of the same broadcast stood. */
export interface TimelineResume {
  readonly lastOutputMs: number;
  /** `nowMs` when that output was made. */
  readonly lastNowMs: number;
}

export class Timeline {
  #running = false;
  #hasOutput: boolean;
  #lastOutputMs: number;
  #lastNowMs: number;
  #newestInput = 0;
  /** Input time of each track's last message in this epoch; −1 before its first. */
  #audioInput = -1;
  #videoInput = -1;
  #epochs = 0;
  #lateMessages = 0;

  constructor(resume?: TimelineResume) {
    this.#hasOutput = resume !== undefined;
    this.#lastOutputMs = resume?.lastOutputMs ?? 0;
    this.#lastNowMs = resume?.lastNowMs ?? NaN;
  }

  /**
   * Newest output time: what messages without a time of their own (metadata, headers) are given.
   */
  get lastOutputMs(): number {
    return this.#lastOutputMs;
  }

  /** `nowMs` of the newest output, for a successor; NaN before the first. */
  get lastNowMs(): number {
    return this.#lastNowMs;
  }

  /** How many clocks this timeline has followed. */
  get epochs(): number {
    return this.#epochs;
  }

  /** Messages that came more than `NUDGE_MS_MAX` behind the newest. */
  get lateMessages(): number {
    return this.#lateMessages;
  }

  /** Whatever comes next counts from another zero: a new encoder connection. */
  beginEpoch(): void {
    this.#running = false;
  }

  /**
   * Output time of a message that arrives at `nowMs` with `timestamp` (u32). `nowMs` must be one
   * clock for all who ever write this broadcast, in whichever thread. Allocates nothing.
   */
  advance(track: TimedTrack, timestamp: number, nowMs: number): number {
    const input = timestamp >>> 0;
    // The difference as a signed number is right across the wrap (serial arithmetic).
    const stepMs = (input - this.#newestInput) | 0;
    if (!this.#running || stepMs > FORWARD_JUMP_MS_MAX || this.#hasGoneBack(track, input)) {
      this.#openEpoch(input, nowMs);
    } else if (stepMs > 0) {
      this.#newestInput = input;
      this.#lastOutputMs += stepMs;
    } else if (stepMs < -NUDGE_MS_MAX) {
      this.#lateMessages += 1;
    }
    if (track === 'audio') this.#audioInput = input;
    else this.#videoInput = input;
    this.#lastNowMs = nowMs;
    return this.#lastOutputMs;
  }

  /**
   * Compared within the track only. An encoder whose audio runs a second behind its video is badly
   * interleaved, not restarted: a new epoch for each of its messages would make time run away.
   */
  #hasGoneBack(track: TimedTrack, input: number): boolean {
    const before = track === 'audio' ? this.#audioInput : this.#videoInput;
    return before >= 0 && ((input - before) | 0) < -BACKWARD_JUMP_MS_MAX;
  }

  /** Wall time between the clocks, so that sound and picture stay where they were in real time. */
  #openEpoch(input: number, nowMs: number): void {
    if (this.#hasOutput) {
      const gapMs = Math.round(nowMs - this.#lastNowMs);
      this.#lastOutputMs += Math.min(Math.max(gapMs, EPOCH_GAP_MS_MIN), EPOCH_GAP_MS_MAX);
    }
    this.#running = true;
    this.#hasOutput = true;
    this.#newestInput = input;
    this.#audioInput = -1;
    this.#videoInput = -1;
    this.#epochs += 1;
  }
}
