import { isWhole, look, VIDEO } from './frames.ts';
import type { Ledger } from './ledger.ts';
import type { Published, Witness } from './witness.ts';

/** Chunk headers cannot say a longer step than this. */
const STEP_MS_MAX = 0xfffffe;

/**
 * What one destination hears on one connection, held against what was published: an ordered
 * subsequence, whole, each frame with the headers it needs, on one timeline from 0.
 */
export class DeliveryCheck {
  readonly #witness: Witness;
  readonly #ledger: Ledger;
  readonly #name: string;
  readonly #marks = new Map<number, number>();
  /** Headers heard since the last frame. */
  readonly #fresh = new Set<number>();
  #last: Published | undefined;
  #needsKey = true;
  #firstPlace = 0;
  #lastMs = 0;
  /** So often may it go back in the stream: its owner has changed its delay. */
  #moves = 0;
  #hasMoved = false;
  /** It plays behind the live end: where it begins anew, its time goes on with the clock. */
  #isDelayed = false;
  /** It goes on where another connection stopped, and so behind the live end too. */
  isRewound = false;
  skips = 0;

  constructor(witness: Witness, ledger: Ledger, name: string) {
    this.#witness = witness;
    this.#ledger = ledger;
    this.#name = name;
  }

  /** Frames heard and left out: the place that the next one has if nothing is left out. */
  get nextPlace(): number | undefined {
    return this.#last === undefined ? undefined : this.#last.place + 1;
  }

  get firstPlace(): number {
    return this.#firstPlace;
  }

  /** When the newest frame that was heard was published. */
  get lastAtMs(): number | undefined {
    return this.#last?.atMs;
  }

  /**
   * Another delay, from now on: it goes back once, when the ring holds as much. One that has not
   * begun is judged by the newest delay alone, also while it still dials: it begins with that, or
   * with less in a ring that is too short for it, and then goes back once; without a delay, never.
   */
  delayed(delayMs: number, hasBegun: boolean): void {
    this.#isDelayed = hasBegun || delayMs > 0;
    if (hasBegun) this.#moves += 1;
    else this.#moves = delayMs > 0 ? 1 : 0;
  }

  onMedia(typeId: number, timestampMs: number, body: Buffer): void {
    const seen = look(typeId, body);
    this.#must(timestampMs >= this.#lastMs, () => `time goes back to ${timestampMs} ms`);
    if (seen === undefined) return;
    if (seen.kind === 'header') {
      this.#marks.set(typeId, seen.mark);
      this.#fresh.add(typeId);
      return;
    }
    const { id, mark } = seen;
    const frame = this.#witness.of(id);
    this.#must(frame?.typeId === typeId, () => `frame ${id} was never published`);
    if (frame === undefined) return;
    this.#must(isWhole(typeId, body, id), () => `frame ${id} is torn`);
    this.#must(this.#marks.get(typeId) === mark, () => `frame ${id} has not its headers`);
    this.#judgeOrder(frame);
    this.#judgeTime(frame, timestampMs);
    this.#last = frame;
    this.#lastMs = timestampMs;
    this.#fresh.clear();
    this.#ledger.counts.framesDelivered += 1;
  }

  #judgeOrder(frame: Published): void {
    const last = this.#last;
    if (last === undefined) this.#firstPlace = frame.place;
    const step = last === undefined ? Infinity : frame.place - last.place;
    this.#hasMoved = step <= 0 && this.#moves > 0;
    this.#must(
      step > 0 || this.#hasMoved,
      () => `frame at ${frame.place} comes after that at ${last?.place}`,
    );
    if (step !== 1) this.#judgeGap(frame);
    if (frame.typeId !== VIDEO) return;
    const begins = frame.isKey || !this.#needsKey;
    this.#must(begins, () => `after a gap comes the frame at ${frame.place}, no keyframe`);
    this.#needsKey = false;
  }

  /** An audio-only stream may go on with any frame; a picture only with a whole one. */
  #judgeGap(frame: Published): void {
    if (this.#hasMoved) this.#moves -= 1;
    else if (this.#last !== undefined) {
      this.skips += 1;
      this.#ledger.counts.skips += 1;
    }
    this.#must(this.#fresh.has(frame.typeId), () => `after a gap come no headers`);
    this.#needsKey = true;
  }

  /** To the millisecond the ring's own timeline, counted from this connection's first frame. */
  #judgeTime(frame: Published, timestampMs: number): void {
    if ((this.#isDelayed || this.isRewound) && this.#fresh.size > 0) return;
    const last = this.#last;
    const stepMs = last === undefined ? 0 : frame.timestampMs - last.timestampMs;
    const expectedMs = this.#lastMs + Math.min(stepMs, STEP_MS_MAX);
    this.#must(
      timestampMs === expectedMs,
      () => `frame at ${frame.place} is told as ${timestampMs} ms and is ${expectedMs} ms`,
    );
  }

  #must(condition: boolean, what: () => string): void {
    this.#ledger.must(condition, () => `${this.#name}: ${what()}`);
  }
}
