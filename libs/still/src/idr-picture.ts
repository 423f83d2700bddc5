import { AvcUnit, avcUnitType, isAvcSlice, type KnownSets } from './avc-sets.ts';
import { idrOrder, readAvcSlice, writeIdrSlice, type AvcSlice } from './intra-slice.ts';
import { areUnitsShort, isLastingMessage } from './nal-stream.ts';
import { SliceKind, type SliceHeader } from './slice-header.ts';

/** Consecutive IDRs must differ in it (H.264 section 7.4.3). No encoder known counts as far. */
const IDR_PICTURE_IDS = [60_001, 60_002] as const;

/** Units that a repeated picture keeps as they are. */
const keptTypes: ReadonlySet<number> = new Set([
  AvcUnit.SEQUENCE_SET,
  AvcUnit.PICTURE_SET,
  AvcUnit.DELIMITER,
  AvcUnit.SEQUENCE_SET_EXTENSION,
]);

/**
 * A picture that needs no other, made an IDR that can be shown again and again: also one that was
 * none, since where every slice is intra the data of both are alike.
 */
export class IdrPicture {
  /** Of its first slice, as it is written. */
  readonly header: SliceHeader;
  readonly #units: ReadonlyArray<Uint8Array | AvcSlice>;

  private constructor(units: ReadonlyArray<Uint8Array | AvcSlice>, header: SliceHeader) {
    this.#units = units;
    const importance = Math.max(1, header.importance);
    const written = { isIdr: true, frameNumber: 0, isLongTerm: false, commands: [], importance };
    this.header = { ...header, ...written, orderBits: idrOrder(header) };
  }

  /** Copies what it keeps of `units`. A string says why there is no such picture. */
  static from(units: readonly Uint8Array[], known: KnownSets): IdrPicture | string {
    if (!areUnitsShort(units, known.lengthBytes)) return 'the keyframe is too long to repeat';
    const kept: Array<Uint8Array | AvcSlice> = [];
    let first: SliceHeader | undefined = undefined;
    for (const unit of units) {
      const type = avcUnitType(unit);
      const isLasting = type === AvcUnit.MESSAGE && isLastingMessage(unit, 1);
      if (keptTypes.has(type) || isLasting) kept.push(Uint8Array.from(unit));
      if (!isAvcSlice(unit)) continue;
      const slice = readAvcSlice(unit, known);
      if (typeof slice === 'string') return `the keyframe cannot be repeated: ${slice}`;
      if (slice.header.kind !== SliceKind.I) return 'no keyframe stands for itself';
      first ??= slice.header;
      kept.push(slice);
    }
    return first === undefined ? 'the keyframe has no slice' : new IdrPicture(kept, first);
  }

  /** Fresh units, alike for even counts and for odd ones; the first is unlike the original. */
  units(repeat: number): Uint8Array[] {
    const [even, odd] = IDR_PICTURE_IDS;
    const isSwapped = this.header.idrPictureId === even;
    const id = (repeat % 2 === 0) === isSwapped ? odd : even;
    return this.#units.map((unit) => (unit instanceof Uint8Array ? unit : writeIdrSlice(unit, id)));
  }
}
