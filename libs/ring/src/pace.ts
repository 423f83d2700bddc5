import { Playhead } from './playhead.ts';
import { emptyRecord, type RingReader } from './ring-reader.ts';
import { RingSearch } from './ring-search.ts';

/** Where a connection begins: at the live end less its delay, or where another one stopped. */
export type CursorStart =
  { readonly kind: 'live' } | { readonly kind: 'rewind'; readonly timelineMs: number };

/**
 * To go back in a ring that has begun to let go of media, so much more must be held: what is lent
 * must not be overwritten at once.
 */
export const HELD_RESERVE_MS = 2_000;

/**
 * When a cursor that is not simply live sends what: with a delay, from an earlier point on, or
 * about to go from one delay to another. It plays as fast as the clock and never faster; only where
 * it begins, the pictures since the keyframe come at once, as with a live one.
 */
export class Pace {
  readonly #reader: RingReader;
  readonly #search: RingSearch;
  readonly #record = emptyRecord();
  #delayMs: number;
  /** The delay that was asked for last; one who goes on where it stopped plays further behind. */
  #wishedMs: number;
  #rewindToMs: number | undefined;
  /** A delay that was asked for, and waits for its keyframe. */
  #wantedMs: number | undefined;
  /** None while it is live. */
  #playhead: Playhead | undefined;
  /** The first record that is not due, as far as anybody has looked. */
  #due = 0;

  constructor(reader: RingReader, delayMs: number, start: CursorStart = { kind: 'live' }) {
    this.#reader = reader;
    this.#search = new RingSearch(reader);
    this.#delayMs = delayMs;
    this.#wishedMs = delayMs;
    if (start.kind === 'rewind') this.#rewindToMs = start.timelineMs;
  }

  /** Nothing here is needed any more. */
  get isLive(): boolean {
    const isPlaying = this.#playhead !== undefined || this.#delayMs > 0;
    return !isPlaying && this.#rewindToMs === undefined && this.#wantedMs === undefined;
  }

  /** How far behind the live end it plays; before it has begun, how far it will. */
  delayMs(nowMs: number): number {
    if (this.#playhead === undefined) return this.#delayMs;
    return Math.max(0, this.#liveMs(nowMs) - this.atMs(nowMs));
  }

  /** The time of the timeline that is due. */
  atMs(nowMs: number): number {
    const liveMs = this.#liveMs(nowMs);
    return this.#playhead?.advance(nowMs, liveMs - this.#delayMs) ?? liveMs;
  }

  #liveMs(nowMs: number): number {
    return this.#reader.liveMs(nowMs) ?? 0;
  }

  /**
   * Takes effect at a keyframe: a longer delay at the first that the ring holds far enough, a
   * shorter one at the first that is ahead. Until then it goes on as it was.
   */
  setDelay(delayMs: number, hasBegun: boolean): void {
    this.#wishedMs = delayMs;
    this.#wantedMs = hasBegun && delayMs !== this.#delayMs ? delayMs : undefined;
    if (hasBegun) return;
    this.#delayMs = delayMs;
    this.#playhead = undefined;
  }

  /** No other delay than it has: the end is near. */
  keepDelay(): void {
    this.#wantedMs = undefined;
  }

  /**
   * The join point with which a change of the delay takes effect now, if one does: one that has
   * become due, by the new delay, since what was lent last was, `lateMs` ago. So neither time nor
   * the peer's timeline makes a leap.
   */
  changeAt(nowMs: number, next: number, lateMs: number): number | undefined {
    const wantedMs = this.#wantedMs;
    if (wantedMs === undefined) return undefined;
    const dueMs = this.#liveMs(nowMs) - wantedMs;
    const join = this.#search.joinBefore(dueMs);
    const joinMs = join === undefined ? undefined : this.#search.timeOf(join);
    if (join === undefined || joinMs === undefined || dueMs - joinMs > lateMs) {
      return undefined;
    }
    if (wantedMs > this.#delayMs) return this.#isHeld(joinMs) ? join : undefined;
    if (((join - next) | 0) > 0) return join;
    // So little shorter that nothing needs to be left out.
    this.#delayMs = wantedMs;
    this.#wantedMs = undefined;
    if (wantedMs === 0) this.#playhead = undefined;
    return undefined;
  }

  #isHeld(timelineMs: number): boolean {
    return (this.#search.oldestMs() ?? Infinity) <= timelineMs - this.#reserveMs;
  }

  get #reserveMs(): number {
    return this.#search.hasLetGo ? HELD_RESERVE_MS : 0;
  }

  /** The cursor goes on at the join point that `changeAt` answered. */
  changed(sequence: number, nowMs: number): void {
    this.#delayMs = this.#wantedMs ?? this.#delayMs;
    this.#wantedMs = undefined;
    const dueMs = this.#liveMs(nowMs) - this.#delayMs;
    this.#playhead = this.#delayMs > 0 ? new Playhead(dueMs, nowMs) : undefined;
    this.#due = sequence;
  }

  /** The join point to begin with now; otherwise whether there will be one. */
  startAt(nowMs: number): number | 'idle' | 'waiting-for-keyframe' {
    const rewindTo = this.#rewindPoint();
    if (rewindTo !== undefined) return rewindTo;
    const targetMs = this.atMs(nowMs) - (this.#playhead === undefined ? this.#delayMs : 0);
    const join = this.#search.joinBefore(targetMs);
    if (join !== undefined) return join;
    const later = this.#search.joinAfter(targetMs);
    if (later === undefined) return 'waiting-for-keyframe';
    // What is due is not held: no delay can be kept that the ring is too short for.
    if (this.#search.hasLetGo) return this.#middle(later);
    // One further behind than was wished that has lost its place, and may not begin before other
    // headers, would be silent until these are due: it goes on as soon as the wish allows.
    const laterMs = this.#search.timeOf(later) ?? Infinity;
    return laterMs <= this.#liveMs(nowMs) - this.#wishedMs ? later : 'idle';
  }

  #rewindPoint(): number | undefined {
    if (this.#rewindToMs === undefined) return undefined;
    const join = this.#search.joinBefore(this.#rewindToMs);
    const joinMs = join === undefined ? undefined : this.#search.timeOf(join);
    if (joinMs !== undefined && this.#isHeld(joinMs)) return join;
    const oldestMs = (this.#search.oldestMs() ?? 0) + this.#reserveMs;
    return this.#search.joinAfter(Math.max(this.#rewindToMs, oldestMs - 1));
  }

  /** Between the oldest and the newest: to begin at the very oldest would be too late again. */
  #middle(oldestJoin: number): number {
    const newestMs = this.#search.timeOf((this.#reader.headSequence() - 1) >>> 0) ?? 0;
    const middleMs = (newestMs + (this.#search.timeOf(oldestJoin) ?? 0)) / 2;
    return this.#search.joinBefore(middleMs) ?? oldestJoin;
  }

  /** The cursor has begun, or goes on, at a join point that `startAt` answered. */
  started(sequence: number, timestampMs: number, nowMs: number): void {
    this.#due = sequence;
    const liveMs = this.#liveMs(nowMs);
    const dueMs = this.#playhead === undefined ? liveMs - this.#delayMs : this.atMs(nowMs);
    const isElsewhere = this.#rewindToMs !== undefined || timestampMs > dueMs;
    // A ring that was told of the delay only now will hold it soon.
    const isShort = isElsewhere && this.#rewindToMs === undefined && this.#playhead === undefined;
    if (isShort) this.#wantedMs = this.#delayMs;
    this.#rewindToMs = undefined;
    if (isElsewhere) this.#delayMs = Math.max(0, liveMs - timestampMs);
    if (this.#delayMs === 0) this.#playhead = undefined;
    else if (isElsewhere) this.#playhead = new Playhead(timestampMs, nowMs);
    else this.#playhead ??= new Playhead(dueMs, nowMs);
  }

  /** The newest join point that is due, for one who is late. */
  skipAt(nowMs: number): number | undefined {
    return this.#search.joinBefore(this.atMs(nowMs));
  }

  /** The first record from `next` on that is not due. */
  dueAt(nowMs: number, next: number): number {
    const head = this.#reader.headSequence();
    if (this.#playhead === undefined) return head;
    const record = this.#record;
    if (((this.#due - next) | 0) < 0) this.#due = next;
    for (;;) {
      const dueMs = this.atMs(nowMs);
      while (this.#due !== head) {
        // What is gone is the reader's to find out.
        if (!this.#reader.record(this.#due, record)) return head;
        if (record.timestampMs > dueMs) break;
        this.#due = (this.#due + 1) >>> 0;
      }
      if (this.#due === head || !this.#playhead.leaveOut(record.timestampMs)) return this.#due;
    }
  }
}
