import { assert } from '#kernel';
import { Pace, type CursorStart } from './pace.ts';
import { emptyRecord, type JoinPoint, type RingReader, type Run } from './ring-reader.ts';
import { bodyBytesOf, DELTA_HEADER_BYTES, DELTA_MS_END, encodeOpening } from './wire-form.ts';

export const SPAN_BYTES_MAX_DEFAULT = 512 * 1024;

export interface CursorOptions {
  /** The message stream the peer gave for publishing. */
  readonly messageStreamId: number;
  /** A span is no longer than this, unless one message alone is. Openings are not counted. */
  readonly spanBytesMax?: number;
  /** So far behind the live end it plays; 0 where it is left out. */
  readonly delayMs?: number;
  /** At the live end, less the delay, where it is left out. */
  readonly start?: CursorStart;
}

/**
 * Whole messages to write, in the order of `views`. Borrowed from the ring until `release()`; the
 * object itself is used again by the next `poll()`.
 */
export interface Span {
  /** One or two: an opening when the cursor (re)starts, then ring bytes. */
  readonly views: readonly Buffer[];
  readonly bytes: number;
  /** Messages of the ring in it; an opening's header messages are not counted. */
  readonly records: number;
}

/**
 * `idle`: everything that is due was taken. `waiting-for-keyframe`: nothing to begin at yet; poll
 * again. `overtaken`: the next bytes are gone or about to be; what was sent is whole, so
 * `skipToNewestJoin()` may carry on. `ended`: all that `endAtHead()` left was taken, or is gone.
 */
export type PollAnswer = Span | 'idle' | 'waiting-for-keyframe' | 'overtaken' | 'ended';

/**
 * `unjoined`: sent nothing, has no place. `joined`: knows the record to lend next. `lost`: was
 * overtaken and waits for a join point, to go on with the timeline it had.
 */
type CursorState = 'unjoined' | 'joined' | 'lost';

/**
 * One reader's place in a ring, for one connection: turns the ring's bytes into what this
 * connection must send. Not joined at first; `poll()` joins as soon as it can.
 */
export class Cursor {
  readonly #reader: RingReader;
  readonly #messageStreamId: number;
  readonly #spanBytesMax: number;
  readonly #record = emptyRecord();
  readonly #views: Buffer[] = [];
  readonly #span: { views: Buffer[]; bytes: number; records: number };
  #state: CursorState = 'unjoined';
  /** None while it is simply live: then no time is looked at. */
  #pace: Pace | undefined;
  /** Nothing from this record on is lent. */
  #endsAt: number | undefined = undefined;
  #opening: Buffer | undefined = undefined;
  #inFlight = false;
  #anythingLent = false;
  /** The record to lend next, and what lies before it. */
  #next = 0;
  #nextPosition = 0;
  #nextVideoBefore = 0;
  /** The last span lent: where in the ring it begins and ends, and its last record and the next. */
  #lentFrom = 0;
  #lentTo = 0;
  #lentUpTo = 0;
  #lentTimestampMs = 0;
  #lentJoinPoints = 0;
  /** How far this reader has come, in bytes taken or skipped: lag is counted from here. */
  #reachedPosition = 0;
  #reachedSequence = 0;
  #reachedTimestampMs = 0;
  #reachedJoinPoints = 0;
  #videoDropped = 0;

  constructor(reader: RingReader, options: CursorOptions) {
    this.#reader = reader;
    this.#messageStreamId = options.messageStreamId;
    this.#spanBytesMax = options.spanBytesMax ?? SPAN_BYTES_MAX_DEFAULT;
    this.#span = { views: this.#views, bytes: 0, records: 0 };
    const pace = new Pace(reader, options.delayMs ?? 0, options.start);
    this.#pace = pace.isLive ? undefined : pace;
  }

  /** Begins at the newest join point; false when there is none now. */
  join(): boolean {
    assert(this.#state !== 'joined', 'a cursor that has a place does not join');
    const point = this.#reader.joinPoint();
    if (point === undefined) return false;
    this.#beginAt(point, 0);
    return true;
  }

  /**
   * The next whole messages that are due, up to the span limit. One span at a time: release it
   * before the next poll. A span ends where the writer began its next pass. `nowMs` is kernel's
   * `Clock.monotonicMs()`; without a delay it is not looked at. Allocates nothing: the view is
   * shared with the cursors that keep pace.
   */
  poll(nowMs = 0): PollAnswer {
    assert(!this.#inFlight, 'one span is in flight at a time');
    if (this.#pace !== undefined || this.#endsAt !== undefined) return this.#pollPaced(nowMs);
    if (this.#state !== 'joined' && !this.join()) return 'waiting-for-keyframe';
    const head = this.#reader.headSequence();
    return head === this.#next ? 'idle' : this.#lendUpTo(head);
  }

  #pollPaced(nowMs: number): PollAnswer {
    if (this.#state !== 'joined') {
      const answer = this.#joinPaced(nowMs);
      if (answer !== 'joined') return answer;
    } else {
      this.#changeDelay(nowMs);
    }
    const end = this.#endsAt;
    if (end !== undefined && ((this.#next - end) | 0) >= 0) return 'ended';
    const due = this.#dueAt(nowMs);
    return due === this.#next ? 'idle' : this.#lendUpTo(due);
  }

  /** The first record that may not be lent now. */
  #dueAt(nowMs: number): number {
    const due = this.#pace?.dueAt(nowMs, this.#next) ?? this.#reader.headSequence();
    return this.#endsAt !== undefined && ((due - this.#endsAt) | 0) > 0 ? this.#endsAt : due;
  }

  #joinPaced(nowMs: number): 'joined' | 'idle' | 'waiting-for-keyframe' | 'ended' {
    const start = this.#pace?.startAt(nowMs) ?? this.#reader.newestJoin() ?? 'waiting-for-keyframe';
    if (start === 'idle') return start;
    const end = this.#endsAt;
    if (typeof start === 'string') return end === undefined ? start : 'ended';
    if (end !== undefined && ((start - end) | 0) >= 0) return 'ended';
    const point = this.#reader.joinPointAt(start);
    if (point === undefined) return end === undefined ? 'waiting-for-keyframe' : 'ended';
    const dueMs = this.#pace?.atMs(nowMs) ?? 0;
    this.#pace?.started(start, point.record.timestampMs, nowMs);
    this.#beginAt(point, dueMs - (this.#pace?.atMs(nowMs) ?? 0));
    this.#forgetPace();
    return 'joined';
  }

  #changeDelay(nowMs: number): void {
    const pace = this.#pace;
    const lateMs = (pace?.atMs(nowMs) ?? 0) - this.#lentTimestampMs;
    const sequence = pace?.changeAt(nowMs, this.#next, lateMs);
    const point = sequence === undefined ? undefined : this.#reader.joinPointAt(sequence);
    if (pace !== undefined && point !== undefined) {
      const dueMs = pace.atMs(nowMs);
      pace.changed(point.record.sequence, nowMs);
      const dropped = this.#videoDropped;
      this.#beginAt(point, dueMs - pace.atMs(nowMs));
      // Left out or repeated by wish.
      this.#videoDropped = dropped;
    }
    this.#forgetPace();
  }

  #forgetPace(): void {
    if (this.#pace?.isLive === true) this.#pace = undefined;
  }

  #lendUpTo(limit: number): Span | 'overtaken' {
    const run = this.#reader.runFrom(this.#next, limit, this.#spanBytesMax);
    // Nothing is remembered of a span that will not be lent.
    if (run === undefined || !this.#reader.isLendable(run.position)) return 'overtaken';
    this.#next = run.end;
    this.#nextPosition = run.position + run.bytes;
    this.#nextVideoBefore = run.videoBefore;
    this.#lentFrom = run.position;
    this.#lentTo = this.#nextPosition;
    this.#lentUpTo = run.end;
    this.#lentTimestampMs = run.timestampMs;
    this.#lentJoinPoints = run.joinPoints;
    return this.#lend(run);
  }

  #lend(run: Run): Span {
    const span = this.#span;
    span.bytes = run.bytes;
    if (this.#opening === undefined) {
      // Emptied first, the array would be given new memory for each span.
      this.#views[0] = run.view;
      this.#views.length = 1;
    } else {
      this.#views.length = 0;
      // The opening ends with the first record's header in its own words, so the ring's is left
      // out.
      this.#views.push(this.#opening);
      span.bytes += this.#opening.length - DELTA_HEADER_BYTES;
      const rest = run.bytes - DELTA_HEADER_BYTES;
      if (rest > 0) this.#views.push(this.#reader.view(run.offset + DELTA_HEADER_BYTES, rest));
      this.#opening = undefined;
    }
    span.records = (run.end - run.first) >>> 0;
    this.#inFlight = true;
    this.#anythingLent = true;
    return span;
  }

  /**
   * Gives the span back, once the socket has taken its bytes. False when the writer came over them
   * while they were borrowed: what was written may be torn, and the connection must be cut.
   */
  release(): boolean {
    assert(this.#inFlight, 'a span is in flight');
    this.#inFlight = false;
    this.#reach(this.#lentTo, this.#lentUpTo, this.#lentTimestampMs, this.#lentJoinPoints);
    return this.#reader.isIntact(this.#lentFrom);
  }

  /**
   * Whether the span in flight is whole and stays so for a reserve of writing. Looked at while it
   * is borrowed, it tells in time to cut the connection before torn bytes leave.
   */
  get isInFlightSafe(): boolean {
    return !this.#inFlight || this.#reader.isLendable(this.#lentFrom);
  }

  /**
   * Leaves out everything up to the newest join point ahead that is due: the next span begins with
   * the headers and that frame, later on the same timeline. Allowed while a span is in flight.
   * Without a join point ahead it goes on where it is, or, if those bytes are gone, waits for one.
   * Answers how many video messages are left out by this.
   */
  skipToNewestJoin(nowMs = 0): number {
    const before = this.#videoDropped;
    if (this.#state !== 'joined') {
      if (this.#pace === undefined) this.join();
      else this.#joinPaced(nowMs);
      return this.#videoDropped - before;
    }
    const point = this.#skipPoint(nowMs);
    if (point !== undefined && ((point.record.sequence - this.#next) | 0) > 0) {
      this.#beginAt(point, 0);
    } else if (!this.#reader.isHeld(this.#next) || !this.#reader.isLendable(this.#nextPosition)) {
      this.#state = 'lost';
    }
    return this.#videoDropped - before;
  }

  #skipPoint(nowMs: number): JoinPoint | undefined {
    if (this.#pace === undefined) return this.#reader.joinPoint();
    const sequence = this.#pace.skipAt(nowMs);
    return sequence === undefined ? undefined : this.#reader.joinPointAt(sequence);
  }

  /**
   * Another delay from now on. Before it has begun it begins with that; else the change takes
   * effect at a keyframe, and, where the delay becomes longer, when the ring holds it. Not after
   * `endAtHead()`.
   */
  setDelay(delayMs: number): void {
    if (this.#endsAt !== undefined) return;
    const pace = this.#pace ?? new Pace(this.#reader, 0);
    pace.setDelay(delayMs, this.#state === 'joined');
    this.#pace = pace.isLive ? undefined : pace;
  }

  /** How far behind the live end this reader plays, its lag left out. */
  delayMs(nowMs: number): number {
    return this.#pace?.delayMs(nowMs) ?? 0;
  }

  /** Nothing is lent of what is published from now on; `poll` says when the rest was taken. */
  endAtHead(): void {
    this.#endsAt ??= this.#reader.headSequence();
    this.#pace?.keepDelay();
  }

  /**
   * `soonerMs`: so much earlier in the ring does it play from here on. That is not told to the
   * peer, whose timeline goes on with the clock.
   */
  #beginAt({ record, headers }: JoinPoint, soonerMs: number): void {
    if (this.#state !== 'unjoined') {
      this.#videoDropped += (record.videoBefore - this.#nextVideoBefore) >>> 0;
    }
    const deltaMs = this.#anythingLent ? this.#deltaTo(record.timestampMs, soonerMs) : 0;
    this.#opening = encodeOpening({
      headers,
      messageStreamId: this.#anythingLent ? undefined : this.#messageStreamId,
      firstTypeId: record.typeId,
      firstBodyBytes: bodyBytesOf(record.wireBytes),
      firstDeltaMs: deltaMs,
    });
    this.#state = 'joined';
    this.#next = record.sequence;
    this.#nextPosition = record.position;
    this.#nextVideoBefore = record.videoBefore;
    if (soonerMs > 0) this.#reachedPosition = record.position;
    this.#reach(record.position, record.sequence, record.timestampMs, record.joinPoints);
  }

  /**
   * A gap in time that a chunk header cannot say is told as the longest it can; and what follows
   * out of its turn is later than what was before it.
   */
  #deltaTo(timestampMs: number, soonerMs: number): number {
    const passedMs = Math.round(timestampMs - this.#lentTimestampMs + soonerMs);
    return Math.min(Math.max(passedMs, soonerMs === 0 ? 0 : 1), DELTA_MS_END - 1);
  }

  /** A span released late, after a skip, does not bring the place back. */
  #reach(position: number, sequence: number, timestampMs: number, joinPoints: number): void {
    if (position < this.#reachedPosition) return;
    this.#reachedPosition = position;
    this.#reachedSequence = sequence;
    this.#reachedTimestampMs = timestampMs;
    this.#reachedJoinPoints = joinPoints;
  }

  /** Video messages left out by skips since the connection began. */
  get videoDropped(): number {
    return this.#videoDropped;
  }

  /**
   * Published bytes that the socket has not taken yet, with the gaps between passes; 0 before the
   * cursor has joined.
   */
  lagBytes(): number {
    if (!this.#readHead()) return 0;
    return this.#record.position + this.#record.wireBytes - this.#reachedPosition;
  }

  /**
   * Media time from the first message the socket has not taken to the newest that is due. A pause
   * of the encoder before that first message is not the reader's lag.
   */
  lagMs(nowMs = 0): number {
    if (this.#state === 'unjoined') return 0;
    const due = this.#dueAt(nowMs);
    if (this.#reachedSequence === due) return 0;
    const isThere = this.#reader.record(this.#reachedSequence, this.#record);
    const sinceMs = isThere ? this.#record.timestampMs : this.#reachedTimestampMs;
    const isDueThere = this.#reader.record((due - 1) >>> 0, this.#record);
    return isDueThere ? Math.max(0, this.#record.timestampMs - sinceMs) : 0;
  }

  /** Messages that are due and were not lent yet; 0 before the cursor has joined. */
  recordsWaiting(nowMs = 0): number {
    if (this.#state === 'unjoined') return 0;
    return (this.#dueAt(nowMs) - this.#next) >>> 0;
  }

  /** Join points (GOPs, where there is video) that are due after the one this reader is in. */
  lagJoinPoints(nowMs = 0): number {
    if (this.#state === 'unjoined') return 0;
    const isThere = this.#reader.record((this.#dueAt(nowMs) - 1) >>> 0, this.#record);
    return isThere ? (this.#record.joinPoints - this.#reachedJoinPoints) >>> 0 : 0;
  }

  /**
   * Time of the timeline that the socket has taken media up to; undefined before the cursor has
   * joined.
   */
  get reachedMs(): number | undefined {
    return this.#state === 'unjoined' ? undefined : this.#reachedTimestampMs;
  }

  #readHead(): boolean {
    if (this.#state === 'unjoined') return false;
    return this.#reader.record((this.#reader.headSequence() - 1) >>> 0, this.#record);
  }
}
