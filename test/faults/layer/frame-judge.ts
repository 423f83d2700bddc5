import { HEADER_FLAGS, MediaFlag, videoFlags } from '#flv';
import { MessageType } from '#rtmp';
import { readStamp } from '#testing';
import type { WitnessDemand } from '../matrix/row.ts';

/** More of them say nothing new. */
const FAULTS_KEPT = 8;

/** One message as a destination gets it. */
export interface JudgedMedia {
  readonly type: number;
  readonly timestampMs: number;
  readonly body: Buffer;
}

/**
 * Judges what a healthy destination gets, as it comes: one connection, first headers and then a
 * keyframe, every frame that the encoder stamped, timestamps that never fall. What a relay sends
 * itself while it holds carries no stamp and is no frame.
 */
export class FrameJudge {
  readonly faults: string[] = [];
  /** How old each frame was, in milliseconds, in the order in which they came. */
  readonly agesMs: number[] = [];
  readonly #demand: WitnessDemand;
  #sessions = 0;
  #timestampMs = 0;
  #hasHeaders = false;
  #hasKeyframe = false;
  #lastFrame: number | undefined;
  #lastAtMs: number | undefined;
  #longestPauseMs = 0;

  constructor(demand: WitnessDemand = 'whole') {
    this.#demand = demand;
  }

  get sessions(): number {
    return this.#sessions;
  }

  /** The longest time in which no frame came, between two that did. */
  get longestPauseMs(): number {
    return this.#longestPauseMs;
  }

  /** The number of the last frame that came in this session. */
  get lastFrame(): number | undefined {
    return this.#lastFrame;
  }

  /** A publish was accepted; what comes now belongs to it. */
  begin(): void {
    this.#sessions += 1;
    if (this.#sessions > 1 && this.#demand !== 'rejoins') {
      this.#fault(`session ${this.#sessions} where one was to last`);
    }
    this.#timestampMs = 0;
    this.#hasHeaders = false;
    this.#hasKeyframe = false;
    this.#lastFrame = undefined;
  }

  hear({ type, timestampMs, body }: JudgedMedia, nowMs: number): void {
    if (type !== MessageType.VIDEO && type !== MessageType.AUDIO) return;
    if (timestampMs < this.#timestampMs) {
      this.#fault(`timestamp ${timestampMs} after ${this.#timestampMs}`);
    }
    this.#timestampMs = timestampMs;
    if (type !== MessageType.VIDEO) return;
    const flags = videoFlags(body);
    if ((flags & HEADER_FLAGS) !== 0) {
      this.#hasHeaders = true;
      return;
    }
    const isKeyframe = (flags & MediaFlag.KEYFRAME) !== 0;
    this.#hearFirst(isKeyframe);
    this.#hearStamp(body, isKeyframe, nowMs);
  }

  #hearFirst(isKeyframe: boolean): void {
    if (this.#hasKeyframe) return;
    if (!this.#hasHeaders) this.#fault('a frame before the headers');
    if (!isKeyframe) this.#fault('the first frame is no keyframe');
    this.#hasKeyframe = true;
  }

  #hearStamp(body: Buffer, isKeyframe: boolean, nowMs: number): void {
    const stamp = readStamp(body);
    if (stamp === undefined) return;
    const before = this.#lastFrame;
    this.#lastFrame = stamp.frame;
    this.agesMs.push(nowMs - stamp.sentAtMs);
    this.#longestPauseMs = Math.max(this.#longestPauseMs, nowMs - (this.#lastAtMs ?? nowMs));
    this.#lastAtMs = nowMs;
    if (before === undefined || stamp.frame === before + 1) return;
    if (this.#demand === 'spliced' && isKeyframe) return;
    this.#fault(`frame ${stamp.frame} after ${before}`);
  }

  #fault(what: string): void {
    if (this.faults.length < FAULTS_KEPT) this.faults.push(what);
  }
}
