import { BitWriter } from '#flv';

/**
 * The quantiser that skipped blocks claim. Nothing is quantised; it makes "skipped" as likely as
 * the tables allow, for fewer bits.
 */
export const SKIP_QUANTISER = 51;
/** cabac_init_idc that goes with it. */
export const SKIP_MODEL = 0;

/**
 * Of mb_skip_flag without skipped-not neighbours, ctxIdx 11: m and n of H.264 table 9-13.
 * 9.3.1.1: ((m * quantiser) >> 4) + n is 106, so that 1 is likely, in state 42.
 */
const STATE_AT_FIRST = ((23 * SKIP_QUANTISER) >> 4) + 33 - 64;
const STATE_LAST = 62;

/** rangeTabLPS, H.264 table 9-44, of states 42 to 62: one for each quarter of the range. */
const rangesOfUnlikely: ReadonlyArray<readonly [number, number, number, number]> = [
  [16, 20, 23, 27],
  [15, 19, 22, 25],
  [14, 18, 21, 24],
  [14, 17, 20, 23],
  [13, 16, 19, 22],
  [12, 15, 18, 21],
  [12, 14, 17, 20],
  [11, 14, 16, 19],
  [11, 13, 15, 18],
  [10, 12, 15, 17],
  [10, 12, 14, 16],
  [9, 11, 13, 15],
  [9, 11, 12, 14],
  [8, 10, 12, 14],
  [8, 9, 11, 13],
  [7, 9, 11, 12],
  [7, 9, 10, 12],
  [7, 8, 10, 11],
  [6, 8, 9, 11],
  [6, 7, 9, 10],
  [6, 7, 8, 9],
];

const RANGE_AT_FIRST = 510;
const QUARTER = 256;

/**
 * The slice data (7.3.4) of a picture in which every block is skipped, arithmetically coded: for
 * each block mb_skip_flag 1, and end_of_slice_flag, which in adaptive frames follows pairs only.
 * It begins at a whole byte and depends on nothing but the count; its trailing bits are in it.
 */
export function skippedBlocks(blocks: number, isInPairs: boolean): Uint8Array {
  const bits = new BitWriter();
  const coder = { bits, low: 0, range: RANGE_AT_FIRST, isFirst: true, outstanding: 0 };
  let state = STATE_AT_FIRST;
  for (let block = 0; block < blocks; block += 1) {
    const quarter = (coder.range >> 6) & 3;
    coder.range -= rangesOfUnlikely[state - STATE_AT_FIRST]?.[quarter] ?? 0;
    renormalise(coder);
    state = Math.min(state + 1, STATE_LAST);
    const isEndAsked = !isInPairs || block % 2 === 1;
    if (!isEndAsked || block === blocks - 1) continue;
    coder.range -= 2;
    renormalise(coder);
  }
  finish(coder);
  return bits.alignWith(0).toBytes();
}

interface Coder {
  readonly bits: BitWriter;
  low: number;
  range: number;
  isFirst: boolean;
  outstanding: number;
}

/** RenormE, section 9.3.4.3. */
function renormalise(coder: Coder): void {
  while (coder.range < QUARTER) {
    if (coder.low < QUARTER) {
      putBit(coder, 0);
    } else if (coder.low >= 2 * QUARTER) {
      coder.low -= 2 * QUARTER;
      putBit(coder, 1);
    } else {
      coder.low -= QUARTER;
      coder.outstanding += 1;
    }
    coder.range *= 2;
    coder.low *= 2;
  }
}

/** PutBit: the very first bit is none. */
function putBit(coder: Coder, bit: 0 | 1): void {
  if (coder.isFirst) coder.isFirst = false;
  else coder.bits.bit(bit);
  for (; coder.outstanding > 0; coder.outstanding -= 1) coder.bits.bit(1 - bit);
}

/** end_of_slice_flag 1 and EncodeFlush, section 9.3.4.5; its last bit is rbsp_stop_one_bit. */
function finish(coder: Coder): void {
  coder.range -= 2;
  coder.low += coder.range;
  coder.range = 2;
  renormalise(coder);
  putBit(coder, ((coder.low >> 9) & 1) === 1 ? 1 : 0);
  coder.bits.bits(((coder.low >> 7) & 3) | 1, 2);
}
