import { assert } from '#kernel';
import { repairHeadersBlock, writeHeadersBlock } from './headers-block.ts';
import { RingError } from './ring-error.ts';
import {
  CLAIM_BYTES,
  NO_JOIN,
  RECORD_DOUBLES,
  RECORD_INTS,
  RecordDouble,
  RecordFlag,
  RecordInt,
  VIDEO_TYPE_ID,
  Time,
  Word,
  viewsOf,
  type RingViews,
} from './ring-layout.ts';
import {
  BODY_BYTES_MAX,
  CHUNK_BYTES,
  CONTINUATION,
  DELTA_HEADER_BYTES,
  DELTA_MS_END,
  wireBytesOf,
  writeDeltaHeader,
  type HeaderMessage,
} from './wire-form.ts';

/**
 * A message of more than dataBytesMax / this is refused; for one of more than dataBytes / this the
 * ring grows; and no batch grows beyond that unpublished.
 */
const MESSAGE_SHARE = 4;
/** Of the size in use, as readers see it: what is older is too near the writer to be lent. */
const LENT_SHARE = 0.75;
/** No batch holds more than records / this unpublished. */
const BATCH_SHARE = 16;

/**
 * The one writer of a ring. Making one takes the ring over from whoever wrote before, in any
 * thread, and goes on after the last published record; the writer before is refused from then on.
 * The taking over does not wait for a call of the other writer that is under way: hand rings over
 * in order.
 */
export class RingWriter {
  readonly #views: RingViews;
  readonly #generation: number;
  #sequence: number;
  #hasRecords: boolean;
  /** The size in use. */
  #dataBytes: number;
  #position = 0;
  #offset = 0;
  #timestampMs = 0;
  #videoCount = 0;
  #joinPoints = 0;
  #claimedRecords: number;
  #claimedKib: number;
  #pendingRecords = 0;
  #pendingBytes = 0;
  #pendingJoin: number = NO_JOIN;

  constructor(memory: SharedArrayBuffer) {
    const views = viewsOf(memory);
    this.#views = views;
    this.#generation = (Atomics.add(views.words, Word.WRITER, 1) + 1) | 0;
    this.#sequence = Atomics.load(views.words, Word.HEAD) >>> 0;
    this.#claimedRecords = Atomics.load(views.words, Word.CLAIMED_RECORDS);
    this.#claimedKib = Atomics.load(views.words, Word.CLAIMED_KIB);
    this.#dataBytes = Atomics.load(views.words, Word.DATA_BYTES);
    this.#hasRecords = this.#sequence !== 0 || this.#claimedRecords !== 0;
    if (this.#hasRecords) this.#continueAfter((this.#sequence - 1) >>> 0);
    if (!repairHeadersBlock(views)) return;
    Atomics.store(views.words, Word.NEWEST_JOIN, NO_JOIN);
    Atomics.store(views.words, Word.HEADERS_SINCE, this.#sequence | 0);
  }

  #continueAfter(last: number): void {
    const { recordDoubles, recordInts, records } = this.#views;
    const slot = last & (records - 1);
    const doubles = slot * RECORD_DOUBLES;
    const ints = slot * RECORD_INTS;
    const wireBytes = recordInts[ints + RecordInt.WIRE_BYTES] ?? 0;
    const isVideo = ((recordInts[ints + RecordInt.TYPE_AND_FLAGS] ?? 0) & 0xff) === VIDEO_TYPE_ID;
    this.#position = (recordDoubles[doubles + RecordDouble.POSITION] ?? 0) + wireBytes;
    this.#offset = (recordInts[ints + RecordInt.OFFSET] ?? 0) + wireBytes;
    this.#timestampMs = recordDoubles[doubles + RecordDouble.TIMESTAMP_MS] ?? 0;
    this.#videoCount = (recordInts[ints + RecordInt.VIDEO_BEFORE] ?? 0) + (isVideo ? 1 : 0);
    this.#joinPoints = recordInts[ints + RecordInt.JOIN_POINTS] ?? 0;
    // A writer that died in the next pass has destroyed the beginning of this one. Were it to grow
    // now, that beginning would count as held again.
    const claimedKib = (this.#claimedKib - this.#passStartKib) | 0;
    if (claimedKib > this.#dataBytes / CLAIM_BYTES) this.#beginPass(this.#timestampMs);
  }

  /** Whether anything was ever written to this ring. */
  get hasRecords(): boolean {
    return this.#hasRecords;
  }

  /** Timestamp of the newest record, published or not; 0 while there is none. */
  get timestampMs(): number {
    return this.#timestampMs;
  }

  /** A time the writer left for its successor with `markTime`; NaN when it never did. */
  get markedMs(): number {
    return this.#views.times[Time.MARKED_MS] ?? NaN;
  }

  markTime(nowMs: number): void {
    this.#views.times[Time.MARKED_MS] = nowMs;
  }

  /** When the timeline's 0 was, as `markOrigin` said last; NaN when it never did. */
  get originMs(): number {
    return this.#views.times[Time.ORIGIN_MS] ?? NaN;
  }

  markOrigin(originMs: number): void {
    this.#views.times[Time.ORIGIN_MS] = originMs;
  }

  /** A picture came: whoever stands by for this writer looks at its age. */
  markVideo(nowMs: number): void {
    this.#views.times[Time.VIDEO_MS] = nowMs;
  }

  /** The largest body `append` takes. */
  get bodyBytesMax(): number {
    const share = this.#views.dataBytesMax / MESSAGE_SHARE;
    const chunks = Math.ceil((share - DELTA_HEADER_BYTES) / (CHUNK_BYTES + 1));
    return Math.min(share - DELTA_HEADER_BYTES - (chunks - 1), BODY_BYTES_MAX);
  }

  /**
   * Adds one message; readers see it after `publish()`. `body` is borrowed until return.
   * `timestampMs` is a whole number, never below the record before it and less than 2^24 − 1 above
   * it. Throws RingError: RING_MESSAGE_TOO_LARGE, RING_WRITER_SUPERSEDED. Allocates nothing for a
   * Buffer.
   */
  append(typeId: number, timestampMs: number, flags: number, body: Uint8Array): number {
    this.#requireOwnership();
    const deltaMs = this.#hasRecords ? timestampMs - this.#timestampMs : 0;
    assert(
      deltaMs >= 0 && deltaMs < DELTA_MS_END,
      'a ring’s timestamps rise by less than 2^24 − 1',
    );
    const wireBytes = wireBytesOf(body.length);
    if (wireBytes > this.#views.dataBytesMax / MESSAGE_SHARE || body.length > BODY_BYTES_MAX) {
      throw new RingError('RING_MESSAGE_TOO_LARGE', `${body.length} of ${this.bodyBytesMax} bytes`);
    }
    if (
      this.#pendingBytes + wireBytes > this.#dataBytes / MESSAGE_SHARE ||
      this.#pendingRecords >= this.#views.records / BATCH_SHARE
    ) {
      this.publish();
    }
    const sequence = this.#sequence;
    if (!this.#hasRecords) this.#views.times[Time.PASS_MS] = timestampMs;
    this.#makeRoom(wireBytes, timestampMs);
    this.#claim(wireBytes);
    this.#writeRecord(typeId, timestampMs, flags, wireBytes);
    writeDeltaHeader(this.#views.data, this.#offset, deltaMs, body.length, typeId);
    this.#offset += DELTA_HEADER_BYTES;
    this.#writeBody(asBuffer(body));
    this.#position += wireBytes;
    this.#timestampMs = timestampMs;
    this.#sequence = (sequence + 1) >>> 0;
    this.#hasRecords = true;
    this.#pendingRecords += 1;
    this.#pendingBytes += wireBytes;
    return sequence;
  }

  /** Shows readers everything appended so far, and wakes those that wait. Once per batch. */
  publish(): void {
    if (this.#pendingRecords === 0) return;
    this.#requireOwnership();
    const { words } = this.#views;
    Atomics.store(words, Word.HEAD, this.#sequence | 0);
    // After the head, so that a join point is always a record that can be read.
    if (this.#pendingJoin !== NO_JOIN) Atomics.store(words, Word.NEWEST_JOIN, this.#pendingJoin);
    this.#pendingJoin = NO_JOIN;
    this.#pendingRecords = 0;
    this.#pendingBytes = 0;
    Atomics.notify(words, Word.HEAD);
  }

  /**
   * Replaces what every joining reader is sent first, in this order. Until the next join point
   * nobody can join, so that headers and first frame always fit. Bodies are borrowed until return.
   * Throws RingError: RING_HEADERS_TOO_LARGE, RING_WRITER_SUPERSEDED; the old headers then stay.
   */
  setHeaders(headers: readonly HeaderMessage[]): void {
    this.#requireOwnership();
    const { words } = this.#views;
    const joinBefore = Atomics.exchange(words, Word.NEWEST_JOIN, NO_JOIN);
    const sinceBefore = Atomics.exchange(words, Word.HEADERS_SINCE, this.#sequence | 0);
    try {
      writeHeadersBlock(this.#views, headers);
    } catch (fault) {
      Atomics.store(words, Word.NEWEST_JOIN, joinBefore);
      Atomics.store(words, Word.HEADERS_SINCE, sinceBefore);
      throw fault;
    }
    this.#pendingJoin = NO_JOIN;
  }

  /** Lets nobody join until the next join point: what was written before is not to begin with. */
  clearJoin(): void {
    this.#requireOwnership();
    Atomics.store(this.#views.words, Word.NEWEST_JOIN, NO_JOIN);
    this.#pendingJoin = NO_JOIN;
  }

  /** Publishes, and tells readers that nothing more will come. */
  end(): void {
    this.publish();
    Atomics.store(this.#views.words, Word.ENDED, 1);
    Atomics.notify(this.#views.words, Word.HEAD);
  }

  #requireOwnership(): void {
    if (Atomics.load(this.#views.words, Word.WRITER) !== this.#generation) {
      throw new RingError('RING_WRITER_SUPERSEDED', `generation ${this.#generation}`);
    }
  }

  /** Where the present pass through the data began: a whole number of KiB, as sizes are. */
  get #passStartKib(): number {
    return ((this.#position - this.#offset) / CLAIM_BYTES) | 0;
  }

  /** A message fits where the writer is, or the size in use grows, or the next pass begins. */
  #makeRoom(wireBytes: number, timestampMs: number): void {
    const end = this.#offset + wireBytes;
    const isLarge = wireBytes > this.#dataBytes / MESSAGE_SHARE;
    if (end <= this.#dataBytes * LENT_SHARE && !isLarge) return;
    const isAtEnd = end > this.#dataBytes;
    if (!isAtEnd) this.#growEarly(end, timestampMs);
    if (isLarge) this.#growForMessage(wireBytes);
    if (isAtEnd) this.#growForWindow(wireBytes, timestampMs);
    if (this.#offset + wireBytes > this.#dataBytes) this.#beginPass(timestampMs);
  }

  /**
   * Where nothing of a pass before is held there is nothing to lose by growing before the end, and
   * all of this pass can be lent: a delay takes no longer to fill than it is long.
   */
  #growEarly(end: number, timestampMs: number): void {
    const { words, times } = this.#views;
    if (Atomics.load(words, Word.HELD_FROM_KIB) !== this.#passStartKib) return;
    const passMs = timestampMs - (times[Time.PASS_MS] ?? 0);
    const windowMs = Atomics.load(words, Word.WINDOW_MS);
    if (passMs >= windowMs * LENT_SHARE) return;
    this.#grow(end / LENT_SHARE, Atomics.load(words, Word.DATA_LIMIT));
  }

  /**
   * Growing unholds what is left of the pass before. Early in a pass that is much, and a message of
   * up to half of the size can do without: the next one, or the end of the pass, will see to it.
   */
  #growForMessage(wireBytes: number): void {
    const half = this.#dataBytes / 2;
    const heldFromKib = Atomics.load(this.#views.words, Word.HELD_FROM_KIB);
    const isFree = ((heldFromKib - this.#passStartKib) | 0) >= 0;
    if (isFree || this.#offset >= half || wireBytes > half) {
      this.#grow(wireBytes * MESSAGE_SHARE, this.#views.dataBytesMax);
    }
  }

  /** At the end of a pass: the time that it took is the time that the ring holds. */
  #growForWindow(wireBytes: number, timestampMs: number): void {
    const { words, times } = this.#views;
    const passMs = timestampMs - (times[Time.PASS_MS] ?? 0);
    const isShort = passMs < Atomics.load(words, Word.WINDOW_MS);
    const limit = Atomics.load(words, Word.DATA_LIMIT);
    if (isShort) this.#grow(this.#offset + wireBytes, limit);
    const staysShort = isShort && this.#offset + wireBytes > this.#dataBytes;
    const isLimited = staysShort && limit < this.#views.dataBytesMax;
    Atomics.store(words, Word.SHORT, isLimited ? 1 : 0);
  }

  /** Makes the size in use at least `wanted`, in whole steps, or what `limit` allows of it. */
  #grow(wanted: number, limit: number): void {
    const { words } = this.#views;
    const step = words[Word.STEP_BYTES] ?? 1;
    const dataBytes = Math.min(Math.ceil(wanted / step) * step, limit);
    if (dataBytes <= this.#dataBytes) return;
    Atomics.store(words, Word.HELD_FROM_KIB, this.#passStartKib);
    Atomics.store(words, Word.DATA_BYTES, dataBytes);
    this.#dataBytes = dataBytes;
  }

  #beginPass(timestampMs: number): void {
    const { words, times } = this.#views;
    // Kept near the present: they are compared by a difference of 32 bits.
    Atomics.store(words, Word.HELD_FROM_KIB, this.#passStartKib);
    const indexedSince = (this.#sequence - this.#views.records) | 0;
    if (((indexedSince - Atomics.load(words, Word.HEADERS_SINCE)) | 0) > 0) {
      Atomics.store(words, Word.HEADERS_SINCE, indexedSince);
    }
    this.#position += this.#dataBytes - this.#offset;
    this.#offset = 0;
    times[Time.PASS_MS] = timestampMs;
  }

  /**
   * Says what is about to be overwritten before the first byte of it is. Claims never go back: what
   * a writer that died had claimed but not published is destroyed all the same.
   */
  #claim(wireBytes: number): void {
    const { words } = this.#views;
    const records = (this.#sequence + 1) | 0;
    if (((records - this.#claimedRecords) | 0) > 0) {
      this.#claimedRecords = records;
      Atomics.store(words, Word.CLAIMED_RECORDS, records);
    }
    const kib = Math.ceil((this.#position + wireBytes) / CLAIM_BYTES) | 0;
    if (((kib - this.#claimedKib) | 0) > 0) {
      this.#claimedKib = kib;
      Atomics.store(words, Word.CLAIMED_KIB, kib);
    }
  }

  #writeRecord(typeId: number, timestampMs: number, flags: number, wireBytes: number): void {
    const { recordDoubles, recordInts, records } = this.#views;
    const slot = this.#sequence & (records - 1);
    const sequence = this.#sequence | 0;
    if ((flags & RecordFlag.JOIN_POINT) !== 0) {
      this.#joinPoints = (this.#joinPoints + 1) | 0;
      if (sequence !== NO_JOIN) this.#pendingJoin = sequence;
    }
    recordDoubles[slot * RECORD_DOUBLES + RecordDouble.POSITION] = this.#position;
    recordDoubles[slot * RECORD_DOUBLES + RecordDouble.TIMESTAMP_MS] = timestampMs;
    const ints = slot * RECORD_INTS;
    recordInts[ints + RecordInt.WIRE_BYTES] = wireBytes;
    recordInts[ints + RecordInt.TYPE_AND_FLAGS] = typeId | (flags << 8);
    recordInts[ints + RecordInt.VIDEO_BEFORE] = this.#videoCount;
    recordInts[ints + RecordInt.JOIN_POINTS] = this.#joinPoints;
    recordInts[ints + RecordInt.OFFSET] = this.#offset;
    if (typeId === VIDEO_TYPE_ID) this.#videoCount = (this.#videoCount + 1) | 0;
  }

  #writeBody(body: Buffer): void {
    for (let from = 0; from < body.length; from += CHUNK_BYTES) {
      if (from > 0) {
        this.#views.data[this.#offset] = CONTINUATION;
        this.#offset += 1;
      }
      this.#copyIn(body, from, Math.min(from + CHUNK_BYTES, body.length));
    }
  }

  #copyIn(source: Buffer, from: number, to: number): void {
    source.copy(this.#views.data, this.#offset, from, to);
    this.#offset += to - from;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
