/*
 * One ingest's clock becomes the broadcast's clock (RTMP 1.0, 5.1: 32-bit milliseconds that wrap).
 *
 *   encoder   …4294967290  4294967294 │ 2        6        ─ reconnects, counts from 0 ─  0      33
 *   output           100         104  │ 108      112      ─ 3000 ms on the wall ──────  3112   3145
 *                                   2^32 wrap: no break          new epoch
 *
 * Output never falls over audio and video together, and rises within each of them, in whole
 * milliseconds from 0 at the broadcast's start. The newest input leads it; a message behind the
 * newest input is given the newest output time, or one more where its track has had that already.
 *
 * An epoch begins where its distance on the wall puts it, reckoned from the broadcast's start and
 * not from the message before: what an encoder's clock was ahead or behind does not add up.
 */

/** A step forward beyond this is not time passing but another clock. */
export const FORWARD_JUMP_MS_MAX = 10_000;
/** A track that goes back by more than this has another clock. */
export const BACKWARD_JUMP_MS_MAX = 1000;
/**
 * Lateness up to this is rounding and interleaving; more of it is worth telling. So many messages
 * in a row, later than that within their own track, have another clock.
 */
export const NUDGE_MS_MAX = 40;
/** What has a time beside both tracks may be so far ahead of them, and moves no clock. */
export const BESIDE_AHEAD_MS_MAX = 100;
/** Between two epochs lies one frame at least. */
export const EPOCH_GAP_MS_MIN = 20;
/** And no more than this, whatever the clock says; a ring's deltas end at 4.66 hours. */
export const EPOCH_GAP_MS_MAX = 4 * 3_600_000;
/** As much of an encoder's lead or lag as the start of one epoch makes good. */
export const EPOCH_REPAIR_MS_MAX = 500;

/**
 * The first encoder's first message may have been held up, while it connected say: for so long its
 * later ones may still show that the broadcast began earlier.
 */
export const ORIGIN_SETTLES_MS = 2000;

export type TimedTrack = 'audio' | 'video';

/** Where an earlier timeline of the same broadcast stood. */
export interface TimelineResume {
  readonly lastOutputMs: number;
  /** `nowMs` when that output was made. */
  readonly lastNowMs: number;
  /** `nowMs` at output 0, as `originMs` said it; NaN or absent: where the newest output puts it. */
  readonly originMs?: number;
}

/** One track's place in the present epoch, and on the way out. */
class TrackClock {
  /** −1 before its first in this epoch. */
  newestInput = -1;
  lastOutputMs: number;
  /** Messages in a row that came more than `NUDGE_MS_MAX` behind the track's newest. */
  nudges = 0;

  constructor(lastOutputMs: number) {
    this.lastOutputMs = lastOutputMs;
  }

  beginEpoch(): void {
    this.newestInput = -1;
    this.nudges = 0;
  }
}

export class Timeline {
  #running = false;
  #hasOutput: boolean;
  #lastOutputMs: number;
  #lastNowMs: number;
  #originMs: number;
  #originSettledAtMs = -Infinity;
  #gapMsMin = EPOCH_GAP_MS_MIN;
  #newestInput = 0;
  /** Output time of the newest input; what was nudged may be ahead of it. */
  #newestMs: number;
  readonly #audio: TrackClock;
  readonly #video: TrackClock;
  #epochs = 0;
  #lateMessages = 0;

  constructor(resume?: TimelineResume) {
    this.#hasOutput = resume !== undefined;
    this.#lastOutputMs = resume?.lastOutputMs ?? 0;
    this.#lastNowMs = resume?.lastNowMs ?? NaN;
    this.#originMs = resume?.originMs ?? NaN;
    if (Number.isNaN(this.#originMs)) this.#originMs = this.#lastNowMs - this.#lastOutputMs;
    this.#newestMs = this.#lastOutputMs;
    // Below its first time where nothing was before.
    const lastTrackMs = this.#hasOutput ? this.#lastOutputMs : -1;
    this.#audio = new TrackClock(lastTrackMs);
    this.#video = new TrackClock(lastTrackMs);
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

  /** `nowMs` at output 0, for every successor; NaN before the first output. It may settle. */
  get originMs(): number {
    return this.#originMs;
  }

  /** How many clocks this timeline has followed. */
  get epochs(): number {
    return this.#epochs;
  }

  /** Messages that came more than `NUDGE_MS_MAX` behind the newest. */
  get lateMessages(): number {
    return this.#lateMessages;
  }

  /**
   * Whatever comes next counts from another zero: a new encoder connection. It comes so much later
   * than the newest output at least.
   */
  beginEpoch(gapMsMin = EPOCH_GAP_MS_MIN): void {
    this.#running = false;
    this.#gapMsMin = Math.max(gapMsMin, EPOCH_GAP_MS_MIN);
  }

  /**
   * Output time of a message that arrives at `nowMs` with `timestamp` (u32). `nowMs` must be one
   * clock for all who ever write this broadcast, in whichever thread. What `isFurther` is of a
   * second picture or sound beside the track's own, and may have the time of that. Allocates
   * nothing.
   */
  advance(track: TimedTrack, timestamp: number, nowMs: number, isFurther = false): number {
    const input = timestamp >>> 0;
    const own = track === 'audio' ? this.#audio : this.#video;
    // The difference as a signed number is right across the wrap (serial arithmetic).
    const stepMs = (input - this.#newestInput) | 0;
    if (!this.#running || stepMs > FORWARD_JUMP_MS_MAX || hasGoneBack(own, input)) {
      this.#openEpoch(input, nowMs);
    } else if (stepMs > 0) {
      this.#newestInput = input;
      this.#newestMs += stepMs;
    } else if (stepMs < -NUDGE_MS_MAX) {
      this.#lateMessages += 1;
    }
    let outputMs = this.#newestMs > this.#lastOutputMs ? this.#newestMs : this.#lastOutputMs;
    if (outputMs <= own.lastOutputMs && !isFurther) outputMs = own.lastOutputMs + 1;
    if (own.newestInput < 0 || ((input - own.newestInput) | 0) > 0) {
      own.newestInput = input;
      own.nudges = 0;
    }
    own.lastOutputMs = outputMs;
    if (nowMs < this.#originSettledAtMs && nowMs - this.#newestMs < this.#originMs) {
      this.#originMs = nowMs - this.#newestMs;
    }
    this.#lastOutputMs = outputMs;
    this.#lastNowMs = nowMs;
    return outputMs;
  }

  /**
   * Output time of a message that belongs to neither track: its own where that is a little ahead of
   * the newest, else the newest.
   */
  beside(timestamp: number): number {
    const aheadMs = ((timestamp >>> 0) - this.#newestInput) | 0;
    if (this.#running && aheadMs > 0 && aheadMs <= BESIDE_AHEAD_MS_MAX) {
      this.#lastOutputMs = Math.max(this.#lastOutputMs, this.#newestMs + aheadMs);
    }
    return this.#lastOutputMs;
  }

  /**
   * As far from the broadcast's start as the wall says, so that sound and picture stay where they
   * were in real time; but no epoch moves far for what the one before was ahead or behind.
   */
  #openEpoch(input: number, nowMs: number): void {
    if (this.#hasOutput) {
      const behindMs = this.#lastNowMs - this.#originMs - this.#lastOutputMs;
      const repairMs = Math.min(Math.max(behindMs, -EPOCH_REPAIR_MS_MAX), EPOCH_REPAIR_MS_MAX);
      const gapMs = Math.round(nowMs - this.#lastNowMs + repairMs);
      this.#newestMs =
        this.#lastOutputMs + Math.min(Math.max(gapMs, this.#gapMsMin), EPOCH_GAP_MS_MAX);
    } else {
      this.#originMs = nowMs;
      this.#originSettledAtMs = nowMs + ORIGIN_SETTLES_MS;
    }
    this.#running = true;
    this.#gapMsMin = EPOCH_GAP_MS_MIN;
    this.#hasOutput = true;
    this.#newestInput = input;
    this.#audio.beginEpoch();
    this.#video.beginEpoch();
    this.#epochs += 1;
  }
}

/**
 * Compared within the track only. An encoder whose audio runs a second behind its video is badly
 * interleaved, not restarted: a new epoch for each of its messages would make time run away. So
 * would one for every message that is told out of order: only a run of them is a clock set back.
 */
function hasGoneBack(own: TrackClock, input: number): boolean {
  const behindMs = own.newestInput < 0 ? 0 : (own.newestInput - input) | 0;
  if (behindMs <= NUDGE_MS_MAX) return false;
  own.nudges += 1;
  return behindMs > BACKWARD_JUMP_MS_MAX || own.nudges > NUDGE_MS_MAX;
}
