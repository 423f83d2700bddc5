import { assert } from '#kernel';

/*
 * One ring in one SharedArrayBuffer. Every slot index of the room is in this file.
 *
 *   byte      0 ┌───────────────────────────────────────────────────────────────┐
 *               │ MAGIC  VERSION  DATA_BYTES  RECORDS       (never change)      │ line 0
 *           128 ├───────────────────────────────────────────────────────────────┤
 *               │ HEAD            records published (u32); waited on, notified  │ line 1
 *           256 ├───────────────────────────────────────────────────────────────┤
 *               │ NEWEST_JOIN     sequence of the newest join point, or −1      │ line 2
 *           384 ├───────────────────────────────────────────────────────────────┤
 *               │ CLAIMED_RECORDS CLAIMED_KIB   what the writer may be writing, │ line 3
 *               │                 published or not; they never go back          │
 *           512 ├───────────────────────────────────────────────────────────────┤
 *               │ HEADERS_VERSION HEADERS_BYTES       seqlock: odd = writing    │ line 4
 *           640 ├───────────────────────────────────────────────────────────────┤
 *               │ WRITER          generation of the one valid writer            │ line 5
 *               │ ENDED           1 = nothing more will come                    │
 *           768 ├───────────────────────────────────────────────────────────────┤
 *               │ MARKED_MS (f64) the writer's time, for its successor; or NaN  │ line 6
 *          1024 ├───────────────────────────────────────────────────────────────┤
 *               │ headers block   256 KiB: { typeId u32, bytes u32, body } …    │
 *        263168 ├───────────────────────────────────────────────────────────────┤
 *               │ record index    RECORDS × 32 bytes, slot = sequence mod RECORDS
 *               │   0 position f64 │ 8 timestampMs f64                          │
 *               │  16 wireBytes i32│ 20 typeId | flags << 8                     │
 *               │  24 video before │ 28 join points up to and with this record  │
 *               ├───────────────────────────────────────────────────────────────┤
 *               │ data bytes      DATA_BYTES, offset = position mod DATA_BYTES  │
 *               └───────────────────────────────────────────────────────────────┘
 *
 * Lines are 128 bytes apart, so that no two of them share a cache line or a pair that is fetched
 * together. Positions count bytes from the ring's start as f64 and never wrap; sequences are u32
 * counts and do wrap, so they are compared by difference.
 */

const MAGIC = 0x464b5247;
const VERSION = 1;

/** Indices into `words`. */
export const Word = {
  MAGIC: 0,
  VERSION: 1,
  DATA_BYTES: 2,
  RECORDS: 3,
  HEAD: 32,
  NEWEST_JOIN: 64,
  CLAIMED_RECORDS: 96,
  CLAIMED_KIB: 97,
  HEADERS_VERSION: 128,
  HEADERS_BYTES: 129,
  WRITER: 160,
  ENDED: 161,
} as const;

const WORDS_BYTES = 1024;
const MARKED_MS_BYTE = 768;

/** All header messages together, with 8 bytes before each. */
export const HEADERS_BYTES_MAX = 256 * 1024;

/** Indices of one record's fields, in 8-byte and in 4-byte steps from the record's start. */
export const RecordDouble = { POSITION: 0, TIMESTAMP_MS: 1 } as const;
export const RecordInt = {
  WIRE_BYTES: 4,
  TYPE_AND_FLAGS: 5,
  VIDEO_BEFORE: 6,
  JOIN_POINTS: 7,
} as const;
export const RECORD_DOUBLES = 4;
export const RECORD_INTS = 8;
const RECORD_BYTES = 32;

/** What a record's flags say, besides its type. */
export const RecordFlag = { JOIN_POINT: 1 } as const;

/** `NEWEST_JOIN` when nobody can join. The record that has this sequence is never a join point. */
export const NO_JOIN = -1;

/** Claims are told in these steps, so that 32 bits of them reach 4 TiB before they wrap. */
export const CLAIM_BYTES = 1024;

export const DATA_BYTES_DEFAULT = 16 * 1024 * 1024;
export const DATA_BYTES_MIN = 16 * 1024;
export const DATA_BYTES_MAX = 1024 * 1024 * 1024;
export const RECORDS_DEFAULT = 16_384;
export const RECORDS_MIN = 32;
export const RECORDS_MAX = 1024 * 1024;

export interface RingSizes {
  /** Room for media in wire form; a power of two. */
  readonly dataBytes?: number;
  /** How many messages the index remembers; a power of two. */
  readonly records?: number;
}

/** The ring's memory cut into its parts. Views only: nothing here is a copy. */
export interface RingViews {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly markedMs: Float64Array<SharedArrayBuffer>;
  readonly headers: Buffer<SharedArrayBuffer>;
  readonly recordDoubles: Float64Array<SharedArrayBuffer>;
  readonly recordInts: Int32Array<SharedArrayBuffer>;
  readonly data: Buffer<SharedArrayBuffer>;
  readonly dataBytes: number;
  readonly records: number;
}

/** An empty ring. Hand the memory to any thread; each makes its own writer or reader over it. */
export function createRingMemory(sizes: RingSizes = {}): SharedArrayBuffer {
  const dataBytes = sizes.dataBytes ?? DATA_BYTES_DEFAULT;
  const records = sizes.records ?? RECORDS_DEFAULT;
  assert(
    isPowerOfTwo(dataBytes) && dataBytes >= DATA_BYTES_MIN && dataBytes <= DATA_BYTES_MAX,
    'dataBytes is a power of two within its limits',
  );
  assert(
    isPowerOfTwo(records) && records >= RECORDS_MIN && records <= RECORDS_MAX,
    'records is a power of two within its limits',
  );
  const memory = new SharedArrayBuffer(
    WORDS_BYTES + HEADERS_BYTES_MAX + records * RECORD_BYTES + dataBytes,
  );
  const words = new Int32Array(memory, 0, WORDS_BYTES / 4);
  words[Word.MAGIC] = MAGIC;
  words[Word.VERSION] = VERSION;
  words[Word.DATA_BYTES] = dataBytes;
  words[Word.RECORDS] = records;
  words[Word.NEWEST_JOIN] = NO_JOIN;
  new Float64Array(memory, MARKED_MS_BYTE, 1)[0] = NaN;
  return memory;
}

export function viewsOf(memory: SharedArrayBuffer): RingViews {
  const words = new Int32Array(memory, 0, WORDS_BYTES / 4);
  assert(words[Word.MAGIC] === MAGIC && words[Word.VERSION] === VERSION, 'the memory is a ring');
  const dataBytes = words[Word.DATA_BYTES] ?? 0;
  const records = words[Word.RECORDS] ?? 0;
  const recordsAt = WORDS_BYTES + HEADERS_BYTES_MAX;
  const dataAt = recordsAt + records * RECORD_BYTES;
  assert(memory.byteLength === dataAt + dataBytes, 'the ring is as long as its sizes say');
  return {
    words,
    markedMs: new Float64Array(memory, MARKED_MS_BYTE, 1),
    headers: Buffer.from(memory, WORDS_BYTES, HEADERS_BYTES_MAX),
    recordDoubles: new Float64Array(memory, recordsAt, records * RECORD_DOUBLES),
    recordInts: new Int32Array(memory, recordsAt, records * RECORD_INTS),
    data: Buffer.from(memory, dataAt, dataBytes),
    dataBytes,
    records,
  };
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 2 ** 30 && (value & (value - 1)) === 0;
}
