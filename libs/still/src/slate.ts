import { AvcSetStore, AvcUnit, avcUnitType, type AvcSets } from './avc-sets.ts';
import { readAvcSlice, writeIdrSlice } from './intra-slice.ts';
import { unitsOfStream } from './nal-stream.ts';
import { SliceKind } from './slice-header.ts';
import type { StillMessage } from './still.ts';
import { configuredTrack } from './video-framing.ts';

export const NOT_AVC = 'the stream is not H.264';

/** Of a picture that is sent every few seconds. */
export const SLATE_BYTES_MAX = 1_048_576;

/** MaxFS of the highest level (H.264, table A-1): a picture that claims more is garbage. */
export const SLATE_BLOCKS_MAX = 139_264;

/** What a picture must be coded like, to stand in a stream. */
export interface SlateCoding {
  /** Of all blocks, in pixels; some of the last ones may not be shown. */
  readonly codedWidth: number;
  readonly codedHeight: number;
  /** Of what is shown, from the upper left. */
  readonly width: number;
  readonly height: number;
  /** CABAC; otherwise CAVLC. */
  readonly isArithmetic: boolean;
  readonly hasLargeTransform: boolean;
  readonly chromaOffset: number;
  readonly bitDepth: 8 | 10;
  /** chroma_format_idc: 4:2:0, 4:2:2, 4:4:4. */
  readonly chromaFormat: 1 | 2 | 3;
}

/** A string says why no picture of another encoder can stand among these. */
function slateCodingOf({ sequence, picture }: AvcSets): SlateCoding | string {
  const { chromaFormat, bitDepth, chromaBitDepth } = sequence;
  if (sequence.areColoursApart) return 'its colours are coded apart';
  if (sequence.isFieldAdaptive) return 'it is coded in fields';
  if (picture.sliceGroups > 1) return 'its slices are in groups';
  if (sequence.hasScaling || picture.hasScaling) return 'it has scaling lists of its own';
  const [chromaOffset, otherOffset] = picture.chromaOffsets;
  if (chromaOffset !== otherOffset) return 'its two colours are quantised differently';
  const isKnownDepth = bitDepth === 8 || bitDepth === 10;
  if (!isKnownDepth || bitDepth !== chromaBitDepth) return 'its bit depth is rare';
  if (chromaFormat !== 1 && chromaFormat !== 2 && chromaFormat !== 3) return 'it has no colours';
  const { widthInBlocks, heightInBlocks } = sequence;
  if (!isOfSomeLevel(widthInBlocks, heightInBlocks)) return 'it is too large';
  const codedWidth = widthInBlocks * 16;
  const codedHeight = heightInBlocks * 16;
  const gridHeight = (chromaFormat === 1 ? 2 : 1) * (sequence.isFramesOnly ? 1 : 2);
  const width = codedWidth - (chromaFormat === 3 ? 1 : 2) * sequence.cropHorizontal;
  const height = codedHeight - gridHeight * sequence.cropVertical;
  if (width < 16 || height < 16) return 'it is too small';
  return {
    ...{ codedWidth, codedHeight, width, height, chromaOffset, bitDepth, chromaFormat },
    isArithmetic: picture.isArithmetic,
    hasLargeTransform: picture.hasLargeTransform,
  };
}

/** H.264, A.3.1: a limit on all blocks, and with it one on those of a side. */
function isOfSomeLevel(wide: number, high: number): boolean {
  return wide * high <= SLATE_BLOCKS_MAX && Math.max(wide, high) ** 2 <= 8 * SLATE_BLOCKS_MAX;
}

/** What a stream with these headers asks of a slate. A string says why it can have none. */
export function slateCoding(headers: readonly StillMessage[]): SlateCoding | string {
  const sets = setsOf(headers);
  return typeof sets === 'string' ? sets : slateCodingOf(sets);
}

/** Why `coded` cannot be shown in a stream with these headers; undefined where it can. */
export function slateFault(
  headers: readonly StillMessage[],
  coded: Uint8Array,
): string | undefined {
  const sets = setsOf(headers);
  const unit = typeof sets === 'string' ? sets : transplantSlate(coded, sets);
  return typeof unit === 'string' ? unit : undefined;
}

function setsOf(headers: readonly StillMessage[]): AvcSets | string {
  const track = configuredTrack(headers);
  if (track === undefined) return 'the stream does not tell its parameters';
  if (track.codec !== 'avc1') return NOT_AVC;
  return new AvcSetStore(track.data).first ?? 'its parameter sets are not known';
}

/**
 * The one slice of `coded`, as a picture of a stream that has other parameter sets. Of those only
 * few matter to the data of an intra slice; the rest is in its header, which is written anew.
 * `coded`: a byte stream with its sets. A string says why it cannot be. Never throws.
 */
export function transplantSlate(coded: Uint8Array, into: AvcSets): Uint8Array | string {
  if (coded.length > SLATE_BYTES_MAX) return 'its picture is too large';
  const wanted = slateCodingOf(into);
  if (typeof wanted === 'string') return wanted;
  const units = unitsOfStream(coded);
  const store = new AvcSetStore(undefined);
  for (const unit of units) store.take(unit);
  const [unit, ...more] = units.filter((each) => avcUnitType(each) === AvcUnit.IDR);
  if (unit === undefined || more.length > 0) return 'its picture is not of one slice';
  const slice = readAvcSlice(unit, store);
  if (typeof slice === 'string') return slice;
  const { header, payload } = slice;
  if (header.kind !== SliceKind.I || header.firstBlock !== 0) return 'its picture is not whole';
  const mismatch = mismatchOf(slateCodingOf(header.sets), wanted);
  if (mismatch !== undefined) return mismatch;
  const isUsual = header.deblocking.every((each) => each === 0);
  if (!isUsual && !into.picture.hasDeblockingControl) return 'its edges are smoothed anew';
  const order = { orderBits: 0, bottomOrder: 0, orderDeltas: [0, 0] } as const;
  return writeIdrSlice({ header: { ...header, ...order, sets: into }, payload }, 0);
}

function mismatchOf(has: SlateCoding | string, wanted: SlateCoding): string | undefined {
  if (typeof has === 'string') return has;
  const isEqual = (name: keyof SlateCoding): boolean => has[name] === wanted[name];
  if (!isEqual('codedWidth') || !isEqual('codedHeight')) return 'it is of another size';
  if (!isEqual('bitDepth') || !isEqual('chromaFormat')) return 'its pixels are of another kind';
  if (!isEqual('isArithmetic')) return 'its arithmetic is another';
  if (!isEqual('hasLargeTransform')) return 'its blocks are transformed differently';
  return isEqual('chromaOffset') ? undefined : 'its colours are quantised differently';
}
