import { withoutEmulationPrevention } from '#flv';
import { AvcSetStore, AvcUnit, avcUnitType, isAvcSlice, type AvcSets } from './avc-sets.ts';
import { framePace, REPEAT_MS } from './pace.ts';
import { IdrPicture } from './idr-picture.ts';
import { readAvcSlice } from './intra-slice.ts';
import { joinUnits, splitUnits, unitsUpTo } from './nal-stream.ts';
import { PictureHistory } from './picture-history.ts';
import { Presentation } from './presentation.ts';
import { SkipPicture } from './skip-picture.ts';
import { transplantSlate } from './slate.ts';
import { readSliceHeader } from './slice-header.ts';
import { noVideo } from './still.ts';
import type { StillPicture, StillVideo } from './still.ts';
import { frameVideo, setCompositionTime } from './video-framing.ts';
import type { TimedFrame, VideoFraming } from './video-framing.ts';

/** Long enough for the longest slice header, with all its weights. */
const SLICE_HEADER_BYTES_MAX = 2048;

/** Frames count in twos, as fields do in ones. */
const ORDER_STEP = 2;

/** An access unit delimiter before a P picture, section 7.3.2.4. */
const DELIMITER = Uint8Array.of(AvcUnit.DELIMITER, 0x30);

/** `frames`: the newest keyframe and what came after it. */
export function makeAvcStill(
  framing: VideoFraming,
  record: Uint8Array | undefined,
  frames: readonly TimedFrame[],
): StillVideo {
  const store = new AvcSetStore(record);
  const keyframe = splitUnits(frames[0]?.data ?? new Uint8Array(), store.lengthBytes);
  if (keyframe === undefined) return noVideo('its keyframe is not understood');
  for (const unit of keyframe) store.take(unit);
  const idr = IdrPicture.from(keyframe, store);
  const history = followFrames(frames, store);
  const { lengthBytes } = store;
  const skip = typeof history === 'string' ? history : skipFor(history, history.sets, lengthBytes);
  if (typeof idr === 'string' && typeof skip === 'string') return noVideo(`${idr}; ${skip}`);
  const isDelimited = keyframe.some(isDelimiter);
  return new AvcStill({ framing, lengthBytes, isDelimited, frames, idr, skip });
}

/**
 * A picture of another encoder in the place of the newest keyframe, as `transplantSlate` takes it.
 * A string says why it cannot be.
 */
export function makeAvcSlate(
  framing: VideoFraming,
  record: Uint8Array | undefined,
  frames: readonly TimedFrame[],
  slate: Uint8Array,
): StillVideo | string {
  const store = new AvcSetStore(record);
  const { lengthBytes } = store;
  const keyframe = splitUnits(frames[0]?.data ?? new Uint8Array(), lengthBytes);
  if (keyframe === undefined) return 'the keyframe is not understood';
  for (const unit of keyframe) store.take(unit);
  const slice = readAvcSlice(keyframe.find(isAvcSlice) ?? new Uint8Array(), store);
  if (typeof slice === 'string') return slice;
  const { sets } = slice.header;
  const unit = transplantSlate(slate, sets);
  if (typeof unit === 'string') return unit;
  const rest = keyframe.filter((each) => !isAvcSlice(each));
  const idr = IdrPicture.from([...rest, unit], store);
  if (typeof idr === 'string') return idr;
  const isDelimited = keyframe.some(isDelimiter);
  const skip = skipFor(undefined, sets, lengthBytes);
  return new AvcStill({ framing, lengthBytes, isDelimited, frames, idr, skip, isSlate: true });
}

function isDelimiter(unit: Uint8Array): boolean {
  return avcUnitType(unit) === AvcUnit.DELIMITER;
}

/** What can follow the last picture, or why nothing can. */
interface Continuation {
  /** Undefined where nothing but a keyframe can come first. */
  readonly history: PictureHistory | undefined;
  readonly skip: SkipPicture;
}

function followFrames(frames: readonly TimedFrame[], store: AvcSetStore): PictureHistory | string {
  let history: PictureHistory | undefined;
  for (const { data } of frames) {
    const units = unitsUpTo(isAvcSlice, data, store.lengthBytes);
    if (units === undefined) {
      return 'the last picture cannot be held: a frame before it is not understood';
    }
    for (const each of units) store.take(each);
    const unit = units.at(-1);
    if (unit === undefined || !isAvcSlice(unit)) continue;
    if (avcUnitType(unit) >= AvcUnit.PARTITION_A && avcUnitType(unit) <= AvcUnit.PARTITION_C) {
      return 'the last picture cannot be held: it is coded in partitions';
    }
    const start = withoutEmulationPrevention(unit.subarray(1, 1 + SLICE_HEADER_BYTES_MAX));
    const header = readSliceHeader(unit[0] ?? 0, start, store);
    if (typeof header === 'string') return `the last picture cannot be held: ${header}`;
    history ??= new PictureHistory(header);
    const fault = history.follow(header);
    if (fault !== undefined) return `the last picture cannot be held: ${fault}`;
  }
  return history ?? 'the keyframe has no slice';
}

function skipFor(
  history: PictureHistory | undefined,
  sets: AvcSets,
  lengthBytes: number,
): Continuation | string {
  if (lengthBytes === 1) return 'the last picture cannot be held: its units are too short';
  if (history?.isReachable(history.order + ORDER_STEP) === false) {
    return 'the last picture cannot be held: its order is not known';
  }
  const skip = SkipPicture.for(sets);
  if (typeof skip === 'string') return `the last picture cannot be held: ${skip}`;
  return { history, skip };
}

interface AvcStillParts {
  readonly framing: VideoFraming;
  readonly lengthBytes: number;
  readonly frames: readonly TimedFrame[];
  /** The encoder sends access unit delimiters. */
  readonly isDelimited: boolean;
  readonly idr: IdrPicture | string;
  readonly skip: Continuation | string;
  /** The keyframe is a picture of the owner's. */
  readonly isSlate?: boolean;
}

/** Skipped pictures and repeated IDRs of H.264, or whichever of the two can be had. */
class AvcStill implements StillVideo {
  readonly picture: StillPicture;
  readonly reason: string;
  readonly frameMs: number;
  readonly keyframeMs: number;
  readonly #framing: VideoFraming;
  readonly #lengthBytes: number;
  readonly #isDelimited: boolean;
  readonly #idr: IdrPicture | undefined;
  readonly #skip: SkipPicture | undefined;
  #history: PictureHistory | undefined;
  /** Whole bodies of the keyframe, once made. */
  readonly #keyframes: Buffer[] = [];
  #repeats = 0;
  readonly #presentation: Presentation;

  constructor(parts: AvcStillParts) {
    const { framing, lengthBytes, isDelimited, frames, idr, skip, isSlate } = parts;
    this.#framing = framing;
    this.#lengthBytes = lengthBytes;
    this.#isDelimited = isDelimited;
    this.#idr = typeof idr === 'string' ? undefined : idr;
    this.#skip = typeof skip === 'string' ? undefined : skip.skip;
    this.#history = typeof skip === 'string' ? undefined : skip.history;
    this.#presentation = new Presentation(frames);
    const pace = framePace(frames.map(({ timestampMs }) => timestampMs));
    const { keyframeMs } = pace;
    const heldPicture = this.#skip === undefined ? 'keyframe' : 'last-picture';
    this.picture = isSlate === true ? 'slate' : heldPicture;
    this.frameMs = this.#skip === undefined ? REPEAT_MS : pace.frameMs;
    const repeatMs = this.#skip === undefined ? REPEAT_MS : keyframeMs;
    this.keyframeMs = this.#idr === undefined ? 0 : repeatMs;
    const fault = [idr, skip].find((each) => typeof each === 'string') ?? '';
    this.reason = isSlate === true ? '' : fault;
  }

  video(kind: 'skip' | 'keyframe', dtsMs: number): Buffer {
    const idr = this.#idr;
    const isKeyframe = idr !== undefined && (kind === 'keyframe' || this.#history === undefined);
    const body = isKeyframe ? this.#repeat(idr) : this.#skipNext();
    return setCompositionTime(this.#framing, body, this.#presentation.next(dtsMs));
  }

  #repeat(idr: IdrPicture): Buffer {
    const turn = this.#repeats % 2;
    this.#repeats += 1;
    this.#history = this.#skip && new PictureHistory(idr.header);
    this.#history?.follow(idr.header);
    return (this.#keyframes[turn] ??= this.#body(true, idr.units(turn)));
  }

  #skipNext(): Buffer {
    const history = this.#history;
    if (history === undefined || this.#skip === undefined) return Buffer.alloc(0);
    const order = history.order + ORDER_STEP;
    const unit = this.#skip.unit(history.nextFrameNumber, order, history.stepsToNewest);
    history.advance(order);
    return this.#body(false, this.#isDelimited ? [DELIMITER, unit] : [unit]);
  }

  #body(isKeyframe: boolean, units: readonly Uint8Array[]): Buffer {
    return frameVideo(this.#framing, isKeyframe, joinUnits(units, this.#lengthBytes));
  }
}
