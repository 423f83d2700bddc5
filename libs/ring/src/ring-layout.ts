import { assert } from '#kernel';

/*
 * One ring in one SharedArrayBuffer. Every slot index of the room is in this file.
 *
 *   byte      0 ┌───────────────────────────────────────────────────────────────┐
 *               │ MAGIC  VERSION  DATA_BYTES_MAX  RECORDS  STEP_BYTES           │ line 0
 *               │                                           (never change)      │
 *           128 ├───────────────────────────────────────────────────────────────┤
 *               │ HEAD            records published (u32); waited on, notified  │ line 1
 *           256 ├───────────────────────────────────────────────────────────────┤
 *               │ NEWEST_JOIN     sequence of the newest join point, or −1      │ line 2
 *           384 ├───────────────────────────────────────────────────────────────┤
 *               │ CLAIMED_RECORDS CLAIMED_KIB   what the writer may be writing, │ line 3
 *               │                 published or not; they never go back          │
 *               │ DATA_BYTES      the size in use, which only grows             │
 *               │ HELD_FROM_KIB   nothing before this position is held          │
 *           512 ├───────────────────────────────────────────────────────────────┤
 *               │ HEADERS_VERSION HEADERS_BYTES       seqlock: odd = writing    │ line 4
 *               │ HEADERS_SINCE   sequence from which on the headers fit        │
 *           640 ├───────────────────────────────────────────────────────────────┤
 *               │ WRITER          generation of the one valid writer            │ line 5
 *               │ ENDED           1 = nothing more will come                    │
 *               │ DATA_LIMIT      how far the window may make DATA_BYTES grow   │
 *               │ SHORT           1 = that limit keeps the window from its size │
 *               │ WINDOW_MS       how much media time it tries to hold          │
 *           768 ├───────────────────────────────────────────────────────────────┤
 *               │ MARKED_MS (f64) when the newest message came; or NaN          │ line 6
 *               │ PASS_MS   (f64) timestamp with which the present pass began   │
 *               │ ORIGIN_MS (f64) when the timeline's 0 was; or NaN             │
 *               │ VIDEO_MS  (f64) when the newest picture came; or NaN          │
 *          1024 ├───────────────────────────────────────────────────────────────┤
 *               │ headers block   256 KiB: { typeId u32, bytes u32, body } …    │
 *        263168 ├───────────────────────────────────────────────────────────────┤
 *               │ record index    RECORDS × 40 bytes, slot = sequence mod RECORDS
 *               │   0 position f64 │ 8 timestampMs f64                          │
 *               │  16 wireBytes i32│ 20 typeId | flags << 8                     │
 *               │  24 video before │ 28 join points up to and with this record  │
 *               │  32 offset i32   │ 36 unused                                  │
 *               ├───────────────────────────────────────────────────────────────┤
 *               │ data bytes      room for DATA_BYTES_MAX, DATA_BYTES in use    │
 *               └───────────────────────────────────────────────────────────────┘
 *
 * Lines are 128 bytes apart, so that no two of them share a cache line or a pair that is fetched
 * together. Positions count bytes from the ring's start as f64 and never wrap; sequences are u32
 * counts and do wrap, so they are compared by difference.
 *
 * The writer goes through the data bytes in passes, and no record is cut by the end of one:
 *
 *   pass from position s    │ a │ b │ c │ d │░│     offset of each = its position − s
 *   the next, from s + D    │ e │ f …               ░ too small for e: a gap, in positions too
 *
 * So a held byte is overwritten when the claims are more than D = DATA_BYTES ahead of it. When D
 * grows within a pass, nothing in that pass moves; only what is left of the pass before could no
 * longer be told from what is gone. HELD_FROM_KIB therefore becomes s, before D becomes larger.
 *
 * The memory is asked for as a whole, and costs nothing where nobody has written yet.
 */

const MAGIC = 0x464b5247;
const VERSION = 3;

/** Indices into `words`. */
export const Word = {
  MAGIC: 0,
  VERSION: 1,
  DATA_BYTES_MAX: 2,
  RECORDS: 3,
  STEP_BYTES: 4,
  HEAD: 32,
  NEWEST_JOIN: 64,
  CLAIMED_RECORDS: 96,
  CLAIMED_KIB: 97,
  DATA_BYTES: 98,
  HELD_FROM_KIB: 99,
  HEADERS_VERSION: 128,
  HEADERS_BYTES: 129,
  HEADERS_SINCE: 130,
  WRITER: 160,
  ENDED: 161,
  DATA_LIMIT: 162,
  SHORT: 163,
  WINDOW_MS: 164,
} as const;

const WORDS_BYTES = 1024;
const TIMES_BYTE = 768;

/**
 * Indices into `times`, all of kernel's monotonic clock but `PASS_MS`. They are read without
 * atomics: good for a time that may be one message old, never for what could tear media.
 */
export const Time = { MARKED_MS: 0, PASS_MS: 1, ORIGIN_MS: 2, VIDEO_MS: 3 } as const;
const TIMES = 4;

/** All header messages together, with 8 bytes before each. */
export const HEADERS_BYTES_MAX = 256 * 1024;

/** Indices of one record's fields, in 8-byte and in 4-byte steps from the record's start. */
export const RecordDouble = { POSITION: 0, TIMESTAMP_MS: 1 } as const;
export const RecordInt = {
  WIRE_BYTES: 4,
  TYPE_AND_FLAGS: 5,
  VIDEO_BEFORE: 6,
  JOIN_POINTS: 7,
  OFFSET: 8,
} as const;
export const RECORD_DOUBLES = 5;
export const RECORD_INTS = 10;
const RECORD_BYTES = 40;

/** RTMP message type of video; the ring counts these so that a skip can say how many it cost. */
export const VIDEO_TYPE_ID = 9;

/** What a record's flags say, besides its type. */
export const RecordFlag = { JOIN_POINT: 1 } as const;

/** `NEWEST_JOIN` when nobody can join. The record that has this sequence is never a join point. */
export const NO_JOIN = -1;

/** Claims are told in these steps, so that 32 bits of them reach 4 TiB before they wrap. */
export const CLAIM_BYTES = 1024;

/**
 * How much media time a ring tries to hold: what a destination may stall (8 s) must fit into the
 * three quarters of it that are lent.
 */
export const WINDOW_MS_DEFAULT = 12_000;
/** What a ring begins with: 12 s at 2.8 Mbit/s. */
export const DATA_BYTES_DEFAULT = 4 * 1024 * 1024;
/** What it may become: 12 s at 44 Mbit/s, and a quarter of it more than any RTMP message. */
export const DATA_BYTES_MAX_DEFAULT = 64 * 1024 * 1024;
export const DATA_BYTES_MIN = 16 * 1024;
export const DATA_BYTES_MAX = 1024 * 1024 * 1024;
/** 12 s at 640 messages a second; 120 pictures and two audio tracks make 220. */
export const RECORDS_DEFAULT = 8192;
export const RECORDS_MIN = 32;
export const RECORDS_MAX = 1024 * 1024;
/** A ring grows by this share of what it began with. */
const STEP_SHARE = 4;

export interface RingSizes {
  /** Room for media in wire form at first; a multiple of 4 KiB. */
  readonly dataBytes?: number;
  /** The most that it may become; with `dataBytes` alone, it stays as it is. */
  readonly dataBytesMax?: number;
  /** It grows until one pass through it takes this much media time. */
  readonly windowMs?: number;
  /** How many messages the index remembers; a power of two. */
  readonly records?: number;
}

/** The ring's memory cut into its parts. Views only: nothing here is a copy. */
export interface RingViews {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly times: Float64Array<SharedArrayBuffer>;
  readonly headers: Buffer<SharedArrayBuffer>;
  readonly recordDoubles: Float64Array<SharedArrayBuffer>;
  readonly recordInts: Int32Array<SharedArrayBuffer>;
  readonly data: Buffer<SharedArrayBuffer>;
  readonly dataBytesMax: number;
  readonly records: number;
}

/** An empty ring. Hand the memory to any thread; each makes its own writer or reader over it. */
export function createRingMemory(sizes: RingSizes = {}): SharedArrayBuffer {
  const dataBytes = sizes.dataBytes ?? DATA_BYTES_DEFAULT;
  const dataBytesMax = sizes.dataBytesMax ?? sizes.dataBytes ?? DATA_BYTES_MAX_DEFAULT;
  const records = sizes.records ?? RECORDS_DEFAULT;
  const stepUnit = STEP_SHARE * CLAIM_BYTES;
  assert(
    dataBytes >= DATA_BYTES_MIN && dataBytes <= dataBytesMax && dataBytesMax <= DATA_BYTES_MAX,
    'dataBytes is within its limits',
  );
  assert(
    dataBytes % stepUnit === 0 && dataBytesMax % stepUnit === 0,
    'dataBytes is a multiple of 4 KiB',
  );
  assert(
    isPowerOfTwo(records) && records >= RECORDS_MIN && records <= RECORDS_MAX,
    'records is a power of two within its limits',
  );
  const memory = new SharedArrayBuffer(
    WORDS_BYTES + HEADERS_BYTES_MAX + records * RECORD_BYTES + dataBytesMax,
  );
  const words = new Int32Array(memory, 0, WORDS_BYTES / 4);
  words[Word.MAGIC] = MAGIC;
  words[Word.VERSION] = VERSION;
  words[Word.DATA_BYTES_MAX] = dataBytesMax;
  words[Word.RECORDS] = records;
  words[Word.STEP_BYTES] = dataBytes / STEP_SHARE;
  words[Word.WINDOW_MS] = sizes.windowMs ?? WINDOW_MS_DEFAULT;
  words[Word.DATA_BYTES] = dataBytes;
  words[Word.DATA_LIMIT] = dataBytesMax;
  words[Word.NEWEST_JOIN] = NO_JOIN;
  const times = new Float64Array(memory, TIMES_BYTE, TIMES);
  for (const time of [Time.MARKED_MS, Time.ORIGIN_MS, Time.VIDEO_MS]) times[time] = NaN;
  return memory;
}

export function viewsOf(memory: SharedArrayBuffer): RingViews {
  const words = new Int32Array(memory, 0, WORDS_BYTES / 4);
  assert(words[Word.MAGIC] === MAGIC && words[Word.VERSION] === VERSION, 'the memory is a ring');
  const dataBytesMax = words[Word.DATA_BYTES_MAX] ?? 0;
  const records = words[Word.RECORDS] ?? 0;
  const recordsAt = WORDS_BYTES + HEADERS_BYTES_MAX;
  const dataAt = recordsAt + records * RECORD_BYTES;
  assert(memory.byteLength === dataAt + dataBytesMax, 'the ring is as long as its sizes say');
  return {
    words,
    times: new Float64Array(memory, TIMES_BYTE, TIMES),
    headers: Buffer.from(memory, WORDS_BYTES, HEADERS_BYTES_MAX),
    recordDoubles: new Float64Array(memory, recordsAt, records * RECORD_DOUBLES),
    recordInts: new Int32Array(memory, recordsAt, records * RECORD_INTS),
    data: Buffer.from(memory, dataAt, dataBytesMax),
    dataBytesMax,
    records,
  };
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 2 ** 30 && (value & (value - 1)) === 0;
}
