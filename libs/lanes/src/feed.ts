import { Cursor, type CursorStart, type RingReader, type Span } from '#ring';
import { AckWatch } from './ack-watch.ts';
import { ConfirmedBytes, type Confirmed } from './confirmed-bytes.ts';
import { LANE_LIMITS } from './settings.ts';

/** Where a feed writes: a socket to a destination that has accepted the publish. */
export interface FeedSink {
  /**
   * `bytes` are borrowed until `done`, which may be called before this returns, and is not called
   * when the connection ends first.
   */
  write(bytes: Buffer, done?: () => void): void;
  cork(): void;
  uncork(): void;
}

/** Why a feed gave up; each is a failure code of a push. */
export type FeedFailure = 'STALLED' | 'OVERTAKEN' | 'NO_KEYFRAME';

export interface FeedHandler {
  onFailed(code: FeedFailure): void;
  /** Falls behind, or keeps up again. */
  onDegraded(degraded: boolean): void;
}

export interface FeedOptions {
  /** The message stream that the destination gave for publishing. */
  readonly messageStreamId: number;
  readonly nowMs: number;
  /** So far behind the live end it plays; 0 where it is left out. */
  readonly delayMs?: number;
  /** At the live end, less the delay, where it is left out. */
  readonly start?: CursorStart;
}

/** So few messages waiting are no lag worth reckoning. */
const WAITING_RECORDS_FINE = 16;
/** Behind by more than this many GOPs a cursor jumps to the newest keyframe. */
const LAG_GOPS_SOFT = 2;
/** Most peers that acknowledge do so more often. */
const DOUBTFUL_MS = 2_000;
/** A feed is pumped far more often: where it was not for longer, its thread had no time to run. */
const STANDSTILL_MS = 1_000;

/**
 * Carries a ring's bytes to one destination: one write under way at a time, lag bounded by skipping
 * to the newest keyframe, and given up when the peer takes nothing for too long. It never waits and
 * holds no queue.
 */
export class Feed {
  readonly #reader: RingReader;
  readonly #cursor: Cursor;
  readonly #sink: FeedSink;
  readonly #handler: FeedHandler;
  readonly #done = (): void => this.#written();
  #nowMs: number;
  #progressAtMs: number;
  #keptUpSinceMs: number;
  /** When the socket had last taken all that there was. */
  #upToDateAtMs: number;
  /** While there is nothing to begin with: what the ring held, and when patience ends. */
  #waitedAtHead = -1;
  #keyframeDueAtMs = Infinity;
  #inFlight = false;
  #inFlightBytes = 0;
  #joined = false;
  #degraded = false;
  #ended = false;
  /** It plays out what there was when it was told to, and calls this. */
  #onDrained: (() => void) | undefined;
  #bytesWritten = 0;
  readonly #acks = new AckWatch();
  readonly #confirmed = new ConfirmedBytes();

  constructor(reader: RingReader, options: FeedOptions, sink: FeedSink, handler: FeedHandler) {
    this.#reader = reader;
    this.#cursor = new Cursor(reader, options);
    this.#sink = sink;
    this.#handler = handler;
    this.#nowMs = options.nowMs;
    this.#progressAtMs = options.nowMs;
    this.#keptUpSinceMs = options.nowMs;
    this.#upToDateAtMs = options.nowMs;
  }

  /** Media bytes that the socket has taken. */
  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  /** Monotonic time at which the peer last took or acknowledged something. */
  get progressAtMs(): number {
    return this.#progressAtMs;
  }

  /** Behind what is due by its delay. */
  get lagMs(): number {
    return this.#cursor.lagMs(this.#nowMs);
  }

  /** The delay in effect. */
  get delayMs(): number {
    return this.#cursor.delayMs(this.#nowMs);
  }

  /** Time of the timeline that the socket has taken media up to; null when it has taken none. */
  get reachedMs(): number | null {
    return this.#cursor.reachedMs ?? null;
  }

  get droppedFrames(): number {
    return this.#cursor.videoDropped;
  }

  /** Nothing was sent yet, because there is no keyframe to begin with. */
  get isWaitingForKeyframe(): boolean {
    return !this.#joined && this.#keyframeDueAtMs !== Infinity;
  }

  /**
   * The peer said to have received so much: it is alive although the socket may be full, until it
   * says so no more.
   */
  acknowledged(nowMs: number, bytesTotal: number): void {
    this.#progressAtMs = nowMs;
    this.#acks.acknowledged(nowMs, bytesTotal);
  }

  /** What it was sent has not been confirmed for a while: the kernel knows more. */
  isDoubtful(nowMs: number): boolean {
    return this.#joined && !this.#ended && nowMs - this.#acks.atMs > DOUBTFUL_MS;
  }

  /**
   * The kernel of the peer has confirmed so many bytes, and `unconfirmedBytes` are still to be:
   * this tells one that takes them slowly, though no write may be done for long, from one that is
   * gone, though writes are.
   */
  confirmed(nowMs: number, bytes: Confirmed, unconfirmedBytes: number): void {
    if (this.#ended) return;
    const standing = this.#confirmed.look(nowMs, bytes, unconfirmedBytes);
    if (standing === 'moves') this.#progressAtMs = nowMs;
    else if (standing === 'stalled') this.#fail('STALLED');
  }

  /** On every beat: writes what is new, and judges lag and stall. */
  pump(nowMs: number): void {
    if (this.#ended) return;
    if (nowMs - this.#nowMs > STANDSTILL_MS) this.#forgive(nowMs);
    this.#nowMs = nowMs;
    if (this.#acks.isSilent(nowMs, this.#bytesWritten)) {
      this.#fail('STALLED');
    } else if (!this.#inFlight) {
      if (this.#mayLag) this.#judgeLag();
      this.#writeNext();
    } else if (nowMs - this.#progressAtMs > LANE_LIMITS.stallMs) {
      this.#fail('STALLED');
    } else if (!this.#cursor.isInFlightSafe) {
      // What still waits in the socket would soon be overwritten: cut before it can leave torn.
      this.#fail('OVERTAKEN');
    } else {
      this.#judgeLag();
    }
  }

  /** From the next keyframe on that the ring holds for it; an end under way keeps its delay. */
  setDelay(delayMs: number): void {
    this.#cursor.setDelay(delayMs);
  }

  /**
   * Plays out what has been published until now, at its pace, then calls `onDrained` and is at its
   * end. A peer that takes nothing is given up as always. Without effect after an end.
   */
  drain(onDrained: () => void): void {
    if (this.#ended || this.#onDrained !== undefined) return;
    this.#onDrained = onDrained;
    this.#cursor.endAtHead();
    if (!this.#inFlight) this.#writeNext();
  }

  /** Writes what the beat has not come to yet, for an end that loses no frame. Then as `end`. */
  finish(): void {
    if (!this.#ended && !this.#inFlight) this.#writeNext();
    this.end();
  }

  /** Nothing is written or reported any more. */
  end(): void {
    this.#ended = true;
  }

  /**
   * This thread, or the whole process, stood still: what the peer took meanwhile has yet to be
   * read, and none of that time was the peer's.
   */
  #forgive(nowMs: number): void {
    const stoodMs = nowMs - this.#nowMs;
    this.#progressAtMs = Math.min(nowMs, this.#progressAtMs + stoodMs);
    this.#upToDateAtMs = Math.min(nowMs, this.#upToDateAtMs + stoodMs);
    this.#acks.forgive(stoodMs);
  }

  /** False, cheaply, for a destination that keeps up. */
  get #mayLag(): boolean {
    return this.#degraded || this.#cursor.recordsWaiting(this.#nowMs) > WAITING_RECORDS_FINE;
  }

  #judgeLag(): void {
    const lagMs = this.#cursor.lagMs(this.#nowMs);
    if (!this.#inFlight && lagMs > LANE_LIMITS.lagSoftMs && this.#isLongBehind) this.#skip();
    // A peer that takes all it is given is not behind, however far the timeline has jumped.
    if (this.#inFlight && lagMs > LANE_LIMITS.lagDegradedMs) {
      this.#keptUpSinceMs = this.#nowMs;
      this.#setDegraded(true);
    } else if (this.#nowMs - this.#keptUpSinceMs >= LANE_LIMITS.recoveredAfterMs) {
      this.#setDegraded(false);
    }
  }

  /** Not at the end: what is left is little, and wanted. */
  #skip(): void {
    if (this.#onDrained !== undefined) return;
    if (this.#cursor.lagJoinPoints(this.#nowMs) <= LAG_GOPS_SOFT) return;
    this.#cursor.skipToNewestJoin(this.#nowMs);
  }

  /** By the clock, too: the backlog of an encoder comes in one burst, and is no lag of a peer. */
  get #isLongBehind(): boolean {
    return this.#nowMs - this.#upToDateAtMs > LANE_LIMITS.lagSoftMs;
  }

  #setDegraded(degraded: boolean): void {
    if (degraded === this.#degraded) return;
    this.#degraded = degraded;
    this.#handler.onDegraded(degraded);
  }

  #writeNext(): void {
    const answer = this.#cursor.poll(this.#nowMs);
    if (answer === 'idle') {
      this.#progressAtMs = this.#nowMs;
      this.#upToDateAtMs = this.#nowMs;
    } else if (answer === 'waiting-for-keyframe') {
      this.#progressAtMs = this.#nowMs;
      this.#upToDateAtMs = this.#nowMs;
      this.#awaitKeyframe();
    } else if (answer === 'overtaken') {
      this.#cursor.skipToNewestJoin(this.#nowMs);
    } else if (answer === 'ended') {
      this.#ended = true;
      this.#onDrained?.();
    } else {
      this.#write(answer);
    }
  }

  /** An encoder that is away is waited for; one that sends and sends no keyframe is not. */
  #awaitKeyframe(): void {
    const head = this.#reader.headSequence();
    const isAway = head === this.#waitedAtHead;
    this.#waitedAtHead = head;
    if (isAway || this.#keyframeDueAtMs === Infinity) {
      this.#keyframeDueAtMs = this.#nowMs + LANE_LIMITS.keyframeWaitMs;
    } else if (!this.#joined && this.#nowMs > this.#keyframeDueAtMs) {
      this.#fail('NO_KEYFRAME');
    }
  }

  #write(span: Span): void {
    const { views } = span;
    this.#joined = true;
    this.#inFlight = true;
    this.#inFlightBytes = span.bytes;
    // Nothing was under way: from now on the peer has `stallMs` to take this.
    this.#progressAtMs = this.#nowMs;
    const last = views.length - 1;
    if (last === 0) {
      this.#sink.write(views[0] as Buffer, this.#done);
      return;
    }
    this.#sink.cork();
    for (let index = 0; index < last; index += 1) this.#sink.write(views[index] as Buffer);
    this.#sink.write(views[last] as Buffer, this.#done);
    this.#sink.uncork();
  }

  #written(): void {
    if (this.#ended) return;
    this.#inFlight = false;
    this.#bytesWritten += this.#inFlightBytes;
    this.#progressAtMs = this.#nowMs;
    this.#acks.wrote(this.#nowMs);
    if (!this.#cursor.release()) {
      this.#fail('OVERTAKEN');
    } else if (this.#onDrained !== undefined) {
      this.#writeNext();
    } else if (this.#cursor.recordsWaiting(this.#nowMs) === 0) {
      this.#upToDateAtMs = this.#nowMs;
    } else if (this.#mayLag && this.lagMs > LANE_LIMITS.lagDegradedMs) {
      // Behind: do not wait for the beat.
      this.#judgeLag();
      this.#writeNext();
    }
  }

  #fail(code: FeedFailure): void {
    this.#ended = true;
    this.#handler.onFailed(code);
  }
}
