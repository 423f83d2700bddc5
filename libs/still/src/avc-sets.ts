import { parseAvcPictureSet, parseAvcRecord, parseAvcSequenceSet } from '#flv';
import type { AvcPictureSet, AvcSequenceSet } from '#flv';

export const AvcUnit = {
  SLICE: 1,
  PARTITION_A: 2,
  PARTITION_C: 4,
  IDR: 5,
  MESSAGE: 6,
  SEQUENCE_SET: 7,
  PICTURE_SET: 8,
  DELIMITER: 9,
  SEQUENCE_SET_EXTENSION: 13,
} as const;

/** nal_unit_type, H.264 table 7-1. */
export function avcUnitType(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 0x1f;
}

/** Whether it holds a slice of a picture, or a part of one. */
export function isAvcSlice(unit: Uint8Array): boolean {
  const type = avcUnitType(unit);
  return type >= AvcUnit.SLICE && type <= AvcUnit.IDR;
}

/** What a slice is to be read with. */
export interface AvcSets {
  readonly sequence: AvcSequenceSet;
  readonly picture: AvcPictureSet;
}

/** Where a slice finds its sets. */
export interface KnownSets {
  /** Of the length before each unit of a frame, in bytes. */
  readonly lengthBytes: number;
  /** Undefined where one of the two is not known. */
  find(pictureSetId: number): AvcSets | undefined;
}

/** The parameter sets of a stream: from its configuration, then from its frames. */
export class AvcSetStore implements KnownSets {
  readonly lengthBytes: number;
  readonly #sequences = new Map<number, AvcSequenceSet>();
  readonly #pictures = new Map<number, AvcPictureSet>();

  /** `record` is an AVCDecoderConfigurationRecord; without one the sets are in the frames. */
  constructor(record: Uint8Array | undefined) {
    const read = record && parseAvcRecord(record);
    this.lengthBytes = read?.lengthBytes ?? 4;
    for (const unit of read?.units ?? []) this.take(unit);
  }

  /** Keeps a parameter set; other units mean nothing to it. */
  take(unit: Uint8Array): void {
    const type = avcUnitType(unit);
    if (type === AvcUnit.SEQUENCE_SET) {
      const set = parseAvcSequenceSet(unit);
      if (set !== undefined) this.#sequences.set(set.id, set);
    }
    if (type === AvcUnit.PICTURE_SET) {
      const set = parseAvcPictureSet(unit);
      if (set !== undefined) this.#pictures.set(set.id, set);
    }
  }

  /** The pair that came first, which is the only one of nearly all streams. */
  get first(): AvcSets | undefined {
    const [id] = this.#pictures.keys();
    return id === undefined ? undefined : this.find(id);
  }

  find(pictureSetId: number): AvcSets | undefined {
    const picture = this.#pictures.get(pictureSetId);
    const sequence = picture && this.#sequences.get(picture.sequenceId);
    return sequence && { sequence, picture };
  }
}
