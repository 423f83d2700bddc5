import { BitWriter, withEmulationPrevention } from '#flv';
import type { StillInput } from './still.ts';

const VIDEO = 9;

/** A stream of H.264 that no encoder at hand would write: CAVLC. */
export interface StreamShape {
  /** Macroblocks of a row, and of a column of frames; 2 by 2. */
  readonly blocks?: readonly [wide: number, high: number];
  readonly orderType?: 0 | 1 | 2;
  readonly referenceFramesMax?: number;
  readonly isFramesOnly?: boolean;
  readonly sliceGroups?: number;
  readonly pictureSetId?: number;
  readonly hasRedundantCount?: boolean;
  readonly areColoursApart?: boolean;
  readonly lengthBytes?: 1 | 2 | 3 | 4;
}

export interface SliceShape {
  readonly type?: 1 | 2 | 5;
  readonly importance?: number;
  /** slice_type: 0 is P, 1 B, 2 I. */
  readonly kind?: number;
  readonly frameNumber?: number;
  readonly order?: number;
  readonly isField?: boolean;
  readonly redundantCount?: number;
  readonly isLongTerm?: boolean;
  /** memory_management_control_operation and difference_of_pic_nums_minus1. */
  readonly commands?: ReadonlyArray<readonly [operation: number, difference: number]>;
  readonly idrPictureId?: number;
  /** Of data behind the header. */
  readonly dataBytes?: number;
}

const FRAME_NUMBER_BITS = 4;
const ORDER_BITS = 5;

const unitOf = (header: number, bits: BitWriter): Buffer =>
  Buffer.concat([Buffer.of(header), withEmulationPrevention(bits.trailingBits().toBytes())]);

function sequenceSet(shape: StreamShape): Buffer {
  const { orderType = 0, referenceFramesMax = 2, isFramesOnly = true } = shape;
  const { areColoursApart = false, blocks: [wide, high] = [2, 2] } = shape;
  const bits = new BitWriter()
    .bits(areColoursApart ? 244 : 66, 8)
    .bits(0, 8)
    .bits(30, 8);
  bits.exponentialGolomb(0);
  if (areColoursApart) bits.exponentialGolomb(3).bit(1).bits(0b11, 2).bits(0, 2);
  bits.exponentialGolomb(FRAME_NUMBER_BITS - 4).exponentialGolomb(orderType);
  if (orderType === 0) bits.exponentialGolomb(ORDER_BITS - 4);
  // Type 1: deltas are told; one frame in the cycle, two apart.
  if (orderType === 1) {
    bits.bit(0).signedExponentialGolomb(0).signedExponentialGolomb(0);
    bits.exponentialGolomb(1).signedExponentialGolomb(2);
  }
  bits.exponentialGolomb(referenceFramesMax).bit(0);
  bits.exponentialGolomb(wide - 1).exponentialGolomb((isFramesOnly ? high : high / 2) - 1);
  bits.bit(isFramesOnly ? 1 : 0);
  if (!isFramesOnly) bits.bit(0);
  return unitOf(0x67, bits.bits(0, 3));
}

function pictureSet({ sliceGroups = 1, hasRedundantCount = false }: StreamShape): Buffer {
  const bits = new BitWriter().exponentialGolomb(0).exponentialGolomb(0).bits(0, 2);
  bits
    .exponentialGolomb(sliceGroups - 1)
    .exponentialGolomb(0)
    .exponentialGolomb(0)
    .bits(0, 3);
  bits.signedExponentialGolomb(0).signedExponentialGolomb(0).signedExponentialGolomb(0);
  return unitOf(0x68, bits.bits(0, 2).bit(hasRedundantCount ? 1 : 0));
}

export function avcSlice(stream: StreamShape, slice: SliceShape): Buffer {
  const { type = 1, importance = 2, kind = type === 5 ? 2 : 0, frameNumber = 0 } = slice;
  const bits = new BitWriter().exponentialGolomb(0).exponentialGolomb(kind);
  bits.exponentialGolomb(stream.pictureSetId ?? 0).bits(frameNumber, FRAME_NUMBER_BITS);
  if (stream.isFramesOnly === false) bits.bit(slice.isField === true ? 1 : 0);
  if (stream.isFramesOnly === false && slice.isField === true) bits.bit(0);
  if (type === 5) bits.exponentialGolomb(slice.idrPictureId ?? 0);
  if ((stream.orderType ?? 0) === 0) bits.bits(slice.order ?? 0, ORDER_BITS);
  if (stream.orderType === 1) bits.signedExponentialGolomb(0);
  if (stream.hasRedundantCount === true) bits.exponentialGolomb(slice.redundantCount ?? 0);
  if (kind === 1) bits.bit(0);
  if (kind !== 2) bits.bit(0);
  // The lists are as they are.
  bits.bits(0, [1, 2, 0][kind] ?? 0);
  if (importance > 0 && type === 5) bits.bit(0).bit(slice.isLongTerm === true ? 1 : 0);
  if (importance > 0 && type !== 5) writeCommands(bits, slice.commands ?? []);
  bits.signedExponentialGolomb(0).exponentialGolomb(4);
  bits.copy(Buffer.alloc(slice.dataBytes ?? 0, 0x55), 0, 8 * (slice.dataBytes ?? 0));
  return unitOf((importance << 5) | type, bits);
}

function writeCommands(
  bits: BitWriter,
  commands: ReadonlyArray<readonly [operation: number, difference: number]>,
): void {
  bits.bit(commands.length > 0 ? 1 : 0);
  for (const [operation, difference] of commands) {
    bits.exponentialGolomb(operation);
    if (operation === 1 || operation === 3) bits.exponentialGolomb(difference);
    if (operation === 2 || operation === 3 || operation === 4 || operation === 6) {
      bits.exponentialGolomb(0);
    }
  }
  if (commands.length > 0) bits.exponentialGolomb(0);
}

/** The first picture is the keyframe. 40 ms apart; nothing is reordered. */
export function avcInput(stream: StreamShape, pictures: readonly SliceShape[]): StillInput {
  const { lengthBytes = 4 } = stream;
  const sets = [sequenceSet(stream), pictureSet(stream)].flatMap((unit) => {
    return [Buffer.of(1, 0, unit.length), unit];
  });
  const [first = Buffer.alloc(0), ...rest] = sets;
  const record = [Buffer.of(1, 66, 0, 30, 0xfc | (lengthBytes - 1)), first, ...rest];
  const gop = pictures.map((picture, index) => {
    const unit = avcSlice(stream, picture);
    const length = Buffer.alloc(lengthBytes);
    length.writeUIntBE(unit.length % 256 ** lengthBytes, 0, lengthBytes);
    const head = Buffer.of(index === 0 ? 0x17 : 0x27, 1, 0, 0, 0);
    return { typeId: VIDEO, timestampMs: index * 40, body: Buffer.concat([head, length, unit]) };
  });
  const body = Buffer.concat([Buffer.from('1700000000', 'hex'), ...record]);
  return { headers: [{ typeId: VIDEO, body }], gop };
}
