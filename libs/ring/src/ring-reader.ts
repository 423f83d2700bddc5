import { copyHeadersBlock, headersVersion } from './headers-block.ts';
import {
  CLAIM_BYTES,
  NO_JOIN,
  RECORD_DOUBLES,
  RECORD_INTS,
  RecordDouble,
  RecordInt,
  Time,
  VIDEO_TYPE_ID,
  Word,
  viewsOf,
  type RingViews,
} from './ring-layout.ts';
import { copyBody, type HeaderMessage } from './wire-form.ts';

/** Share of the size in use, and of the index, too near the writer to be lent. */
const RESERVE_SHARE = 4;
const INDEX_RESERVE_SHARE = 16;
/** Headers change once in a while, never so often that this many looks all fail. */
const HEADERS_LOOKS = 8;
/** However a wake-up may get lost, a waiting reader looks again after this. */
export const CHANGED_TIMEOUT_MS_MAX = 250;

/** One record of the index, copied. */
export interface RingRecord {
  sequence: number;
  /** Where it begins, in bytes from the ring's start. */
  position: number;
  /** Where its bytes are in the data; they lie together. */
  offset: number;
  timestampMs: number;
  wireBytes: number;
  typeId: number;
  flags: number;
  /** Video messages before this one, as u32. */
  videoBefore: number;
  /** Join points up to this record, itself counted, as u32. */
  joinPoints: number;
}

export function emptyRecord(): RingRecord {
  return {
    sequence: 0,
    position: 0,
    offset: 0,
    timestampMs: 0,
    wireBytes: 0,
    typeId: 0,
    flags: 0,
    videoBefore: 0,
    joinPoints: 0,
  };
}

/** Where to begin, and what to send first. */
export interface JoinPoint {
  readonly record: RingRecord;
  readonly headers: readonly HeaderMessage[];
}

/** Whole messages that lie one after the other in the ring. */
export interface Run {
  /** Sequence of its first message, and of the one after its last. */
  readonly first: number;
  readonly end: number;
  /** Where it begins, in bytes from the ring's start, and in the ring's data. */
  readonly position: number;
  readonly offset: number;
  readonly bytes: number;
  /** Of its last message. */
  readonly timestampMs: number;
  readonly joinPoints: number;
  /** Video messages before its end, as u32. */
  readonly videoBefore: number;
  /** Its bytes, borrowed from the ring. */
  readonly view: Buffer;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Looks into a ring from any thread. Changes nothing in it; any number may look at once. */
export class RingReader {
  readonly #views: RingViews;
  readonly #lendableRecords: number;
  readonly #record = emptyRecord();
  /** The run given last, the head it was made at, and the limit on its bytes. */
  readonly #run: Writable<Run>;
  #runHead = 0;
  #runBytesMax = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#views = viewsOf(memory);
    const { records } = this.#views;
    this.#lendableRecords = records - records / INDEX_RESERVE_SHARE;
    this.#run = {
      first: 0,
      end: 0,
      position: 0,
      offset: 0,
      bytes: 0,
      timestampMs: 0,
      joinPoints: 0,
      videoBefore: 0,
      view: this.#views.data,
    };
  }

  /** How many records were published, as u32: the sequence the next one will have. */
  headSequence(): number {
    return Atomics.load(this.#views.words, Word.HEAD) >>> 0;
  }

  /** Sequence of the newest record a reader can begin at; undefined while there is none. */
  newestJoin(): number | undefined {
    const join = Atomics.load(this.#views.words, Word.NEWEST_JOIN);
    return join === NO_JOIN ? undefined : join >>> 0;
  }

  /**
   * Whether the writer has said that nothing more will come. What was published can still be read.
   */
  get ended(): boolean {
    return Atomics.load(this.#views.words, Word.ENDED) === 1;
  }

  /**
   * Copies a published record's entry into `out`; false when it is not there (any more). Allocates
   * nothing.
   */
  record(sequence: number, out: RingRecord): boolean {
    if (((this.headSequence() - sequence) | 0) <= 0 || !this.isHeld(sequence)) return false;
    const { recordDoubles, recordInts, records } = this.#views;
    const doubles = (sequence & (records - 1)) * RECORD_DOUBLES;
    const ints = (sequence & (records - 1)) * RECORD_INTS;
    const typeAndFlags = recordInts[ints + RecordInt.TYPE_AND_FLAGS] ?? 0;
    out.sequence = sequence;
    out.position = recordDoubles[doubles + RecordDouble.POSITION] ?? 0;
    out.offset = recordInts[ints + RecordInt.OFFSET] ?? 0;
    out.timestampMs = recordDoubles[doubles + RecordDouble.TIMESTAMP_MS] ?? 0;
    out.wireBytes = recordInts[ints + RecordInt.WIRE_BYTES] ?? 0;
    out.typeId = typeAndFlags & 0xff;
    out.flags = typeAndFlags >>> 8;
    out.videoBefore = (recordInts[ints + RecordInt.VIDEO_BEFORE] ?? 0) >>> 0;
    out.joinPoints = (recordInts[ints + RecordInt.JOIN_POINTS] ?? 0) >>> 0;
    return this.isHeld(sequence);
  }

  /**
   * The published messages from `first` on, up to `head` or to a limit on their bytes (one message
   * alone may pass it), as far as they lie together; undefined when the first is not there (any
   * more). Whoever asks for the same run is given the same, so that cursors which keep pace share
   * the work and the view. The object is used again by the next call.
   */
  runFrom(first: number, head: number, bytesMax: number): Run | undefined {
    const run = this.#run;
    const isKnown = run.first === first && this.#runHead === head && run.bytes > 0;
    if (isKnown && this.#runBytesMax === bytesMax) return run;
    run.bytes = 0;
    const record = this.#record;
    let sequence = first;
    let bytes = 0;
    while (sequence !== head) {
      if (!this.record(sequence, record)) return undefined;
      if (bytes === 0) {
        run.position = record.position;
        run.offset = record.offset;
      } else if (bytes + record.wireBytes > bytesMax || record.offset !== run.offset + bytes) {
        break;
      }
      bytes += record.wireBytes;
      sequence = (sequence + 1) >>> 0;
      run.timestampMs = record.timestampMs;
      run.joinPoints = record.joinPoints;
      run.videoBefore = record.videoBefore + (record.typeId === VIDEO_TYPE_ID ? 1 : 0);
    }
    run.first = first;
    run.end = sequence;
    run.bytes = bytes;
    run.view = this.view(run.offset, bytes);
    this.#runHead = head;
    this.#runBytesMax = bytesMax;
    return run;
  }

  /** Whether the index entry of `sequence` is not about to be replaced. */
  isHeld(sequence: number): boolean {
    const claimed = Atomics.load(this.#views.words, Word.CLAIMED_RECORDS);
    return ((claimed - sequence) | 0) <= this.#lendableRecords;
  }

  /** Whether the bytes from `position` on are whole and will stay so for a reserve of writing. */
  isLendable(position: number): boolean {
    return this.#isHeldWith(position, RESERVE_SHARE);
  }

  /** Whether the bytes from `position` on were still whole at this moment. */
  isIntact(position: number): boolean {
    return this.#isHeldWith(position, Infinity);
  }

  /**
   * Whether the claims are not further ahead than the size in use, less one `reserveShare`th of it.
   * The order of the loads matters: a grown size is never seen without what it made unheld, and
   * claims that were made after a growth never with the size from before it.
   */
  #isHeldWith(position: number, reserveShare: number): boolean {
    const { words } = this.#views;
    const positionKib = Math.floor(position / CLAIM_BYTES) | 0;
    const aheadKib = (Atomics.load(words, Word.CLAIMED_KIB) - positionKib) | 0;
    const dataKib = Atomics.load(words, Word.DATA_BYTES) / CLAIM_BYTES;
    if (aheadKib > dataKib - dataKib / reserveShare) return false;
    return ((positionKib - Atomics.load(words, Word.HELD_FROM_KIB)) | 0) >= 0;
  }

  /** The header messages as they stand, copied; empty while the writer keeps changing them. */
  headers(): readonly HeaderMessage[] {
    for (let look = 0; look < HEADERS_LOOKS; look += 1) {
      const headers = copyHeadersBlock(this.#views, headersVersion(this.#views));
      if (headers !== undefined) return headers;
    }
    return [];
  }

  /**
   * The newest join point with the headers that belong to it; undefined while nobody can join. The
   * writer clears the join point before it changes headers: so an unchanged version around both
   * reads proves that they fit.
   */
  joinPoint(): JoinPoint | undefined {
    return this.#withHeaders(() => this.newestJoin());
  }

  /** As `joinPoint`, of a join point that `RingSearch` found. */
  joinPointAt(sequence: number): JoinPoint | undefined {
    return this.#withHeaders(() => {
      const isFitting = ((sequence - this.headersSince()) | 0) >= 0;
      return isFitting ? sequence : undefined;
    });
  }

  #withHeaders(pick: () => number | undefined): JoinPoint | undefined {
    const record = emptyRecord();
    for (let look = 0; look < HEADERS_LOOKS; look += 1) {
      const version = headersVersion(this.#views);
      const sequence = pick();
      if (sequence === undefined) return undefined;
      const headers = copyHeadersBlock(this.#views, version);
      if (headers !== undefined) {
        const stands = this.record(sequence, record) && this.isLendable(record.position);
        return stands ? { record, headers } : undefined;
      }
    }
    return undefined;
  }

  /** Sequence of the first record that the present headers belong to. */
  headersSince(): number {
    return Atomics.load(this.#views.words, Word.HEADERS_SINCE) >>> 0;
  }

  /** No record before this sequence has an entry that is safe, and the headers of the ring. */
  oldestSequence(): number {
    const since = this.headersSince();
    const indexed = (this.headSequence() - this.#lendableRecords) >>> 0;
    return ((indexed - since) | 0) > 0 ? indexed : since;
  }

  /**
   * Media time at this moment, had another message just come: the newest one's, and what has passed
   * since. Undefined while there is none.
   */
  liveMs(nowMs: number): number | undefined {
    if (!this.record((this.headSequence() - 1) >>> 0, this.#record)) return undefined;
    // What nobody has marked is live as it is.
    return this.#record.timestampMs + Math.max(0, nowMs - this.markedMs || 0);
  }

  /** A view of `bytes` ring bytes from `offset`, as a record says it. Borrowed. */
  view(offset: number, bytes: number): Buffer {
    return this.#views.data.subarray(offset, offset + bytes);
  }

  /**
   * A copy of a record's body, as it was before it was cut into chunks; undefined when its bytes
   * are gone.
   */
  body({ offset, wireBytes, position }: RingRecord): Buffer | undefined {
    const body = copyBody(this.view(offset, wireBytes));
    // A read-modify-write, because no load before it may be moved behind it.
    Atomics.add(this.#views.words, Word.CLAIMED_KIB, 0);
    return this.isIntact(position) ? body : undefined;
  }

  /** The time that its writer has marked last; NaN when it never did. */
  get markedMs(): number {
    return this.#views.times[Time.MARKED_MS] ?? NaN;
  }

  /** Monotonic time at which the newest picture came, as its writer says; NaN when none did. */
  get videoAtMs(): number {
    return this.#views.times[Time.VIDEO_MS] ?? NaN;
  }

  /**
   * Resolves when the head is no longer `sequence`, when the ring ends, or after `timeoutMs` (250
   * at most). Does not keep a thread alive by itself.
   */
  async changed(sequence: number, timeoutMs: number = CHANGED_TIMEOUT_MS_MAX): Promise<void> {
    const { words } = this.#views;
    const capMs = Math.min(timeoutMs, CHANGED_TIMEOUT_MS_MAX);
    const wait = Atomics.waitAsync(words, Word.HEAD, sequence | 0, capMs);
    if (wait.async) await wait.value;
  }
}
