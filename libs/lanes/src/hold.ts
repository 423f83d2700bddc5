import { MediaFlag, videoFlags } from '#flv';
import type { Cancel, Clock, Timers } from '#kernel';
import { compositionMsOf, nextPictureMs, pictureEnd } from '#media';
import { RecordFlag, RingError, RingReader, RingWriter } from '#ring';
import type { Still, StillInput } from '#still';
import type { Beat } from './beat.ts';
import { newestGop } from './hold-source.ts';
import type { HeldPicture, HeldSound } from './messages.ts';
import { LANE_LIMITS } from './settings.ts';

const AUDIO = 8;
const VIDEO = 9;

/** `#still`'s; a parameter, because frames of a simulation have nothing that it could read. */
export type MakeStill = (input: StillInput, slate?: Uint8Array) => Still;

export interface HoldStanding {
  readonly picture: HeldPicture;
  readonly sound: HeldSound;
  /** Why it is not the last picture and silence; empty when it is. */
  readonly reason: string;
}

export interface HoldHandler {
  /** Once, before the first of its messages. */
  onStanding(standing: HoldStanding): void;
  /** Once: it writes no more. */
  onEnded(): void;
}

export interface HoldOptions {
  readonly ring: SharedArrayBuffer;
  readonly ringId: string;
  /** A picture coded for this stream, to be shown in place of the last one. */
  readonly slate: Uint8Array | null;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told of what was written, for the destinations that are fed from this lane. */
  readonly beat: Pick<Beat, 'arrived' | 'writesHere'>;
  readonly makeStill: MakeStill;
}

/** One message after the other, so far apart, in the ring's time. */
interface Cadence {
  readonly firstMs: number;
  /** Exact and not whole: 1024 samples of 48 kHz are 21 1/3 ms. 0: there is no such track. */
  readonly everyMs: number;
  written: number;
}

/** A ring that was left for longer has had no destinations for long. */
const LEFT_MS_MAX = 3_600_000;
/** As much of an encoder's lead or lag is made good at once, as by a timeline's epoch. */
const REPAIR_MS_MAX = 500;

/**
 * What a ring is given while no encoder writes to it, so that destinations are fed and stay: the
 * last picture and silence, as many as pass on the wall. It is the ring's one writer until it ends,
 * and goes on where the last message was, also when it begins later.
 */
export class Hold {
  readonly #options: HoldOptions;
  readonly #handler: HoldHandler;
  readonly #writer: RingWriter;
  readonly #still: Still;
  readonly #video: Cadence;
  readonly #audio: Cadence;
  /** Monotonic time at the ring's 0. */
  readonly #zeroMs: number;
  /** In the ring's time. */
  #keyframeDueMs: number;
  readonly #leaveBeat: () => void;
  #cancelTimer: Cancel = () => undefined;
  #ended = false;

  /** Takes the pen. */
  constructor(options: HoldOptions, handler: HoldHandler) {
    const { ring, ringId, slate, clock, makeStill } = options;
    this.#options = options;
    this.#handler = handler;
    this.#writer = new RingWriter(ring);
    const { timestampMs } = this.#writer;
    const hasMedia = !Number.isNaN(this.#writer.markedMs);
    this.#zeroMs = zeroMsOf(this.#writer, clock.monotonicMs());
    const reader = new RingReader(ring);
    const gop = newestGop(reader);
    const headers = hasMedia ? reader.headers() : [];
    const still = slate === null ? makeStill({ headers, gop }) : makeStill({ headers, gop }, slate);
    this.#still = still;
    const keyframe = gop.find(({ typeId }) => typeId === VIDEO);
    const pictures = pictureEnd(reader);
    const compositionMs = keyframe === undefined ? 0 : (compositionMsOf(keyframe.body) ?? 0);
    const pictureMs =
      pictures === undefined ? 0 : nextPictureMs(pictures, still.frameMs, compositionMs);
    const lastSound = gop.findLast(({ typeId }) => typeId === AUDIO);
    const soundMs = lastSound === undefined ? 0 : lastSound.timestampMs + still.soundMs;
    this.#video = cadence(Math.max(pictureMs, timestampMs + 1), still.frameMs);
    this.#audio = cadence(Math.max(soundMs, timestampMs + 1), still.soundMs);
    const isKeyframeShown = still.picture !== 'slate' && keyframe !== undefined;
    this.#keyframeDueMs = isKeyframeShown ? keyframe.timestampMs + still.keyframeMs : 0;
    this.#leaveBeat = options.beat.writesHere(ringId);
  }

  /** Writes what is due by now, and goes on until `end`. */
  start(): void {
    const { picture, sound, reason } = this.#still;
    this.#handler.onStanding({ picture, sound, reason });
    this.#go();
  }

  /** What is due is written, and the pen is free. */
  end(): void {
    if (this.#ended) return;
    this.#write();
    this.#finish();
  }

  #go(): void {
    if (!this.#write()) {
      this.#finish();
      return;
    }
    const dueMs = Math.min(dueMsOf(this.#video), dueMsOf(this.#audio));
    if (dueMs === Infinity) return;
    const { clock, timers } = this.#options;
    const waitMs = Math.ceil(this.#zeroMs + dueMs - clock.monotonicMs());
    this.#cancelTimer = timers.after(Math.max(LANE_LIMITS.holdBeatMs, waitMs), () => this.#go());
  }

  /** Whether the pen is still its own. */
  #write(): boolean {
    const { beat, ringId, clock } = this.#options;
    const untilMs = clock.monotonicMs() - this.#zeroMs;
    // A lane that stood still does not write all at once what nobody will look at.
    const fromMs = untilMs - LANE_LIMITS.holdBacklogMs;
    leaveOut(this.#video, fromMs);
    leaveOut(this.#audio, fromMs);
    try {
      for (;;) {
        const next = dueMsOf(this.#audio) < dueMsOf(this.#video) ? this.#audio : this.#video;
        if (dueMsOf(next) > untilMs) break;
        this.#append(next);
      }
      this.#writer.publish();
    } catch (fault) {
      if (!(fault instanceof RingError)) throw fault;
      return false;
    }
    beat.arrived(ringId);
    return true;
  }

  #append(cadence: Cadence): void {
    const timestampMs = Math.round(dueMsOf(cadence));
    cadence.written += 1;
    const isVideo = cadence === this.#video;
    const body = isVideo ? this.#picture(timestampMs) : this.#still.audio();
    // Without any picture, the sound is what is joined at.
    const isJoinPoint = isVideo
      ? (videoFlags(body) & MediaFlag.KEYFRAME) !== 0
      : this.#video.everyMs === 0;
    this.#writer.markTime(this.#zeroMs + timestampMs);
    const flags = isJoinPoint ? RecordFlag.JOIN_POINT : 0;
    this.#writer.append(isVideo ? VIDEO : AUDIO, timestampMs, flags, body);
  }

  /** Skips repeat the last picture; a keyframe now and then is for those who join and segment. */
  #picture(timestampMs: number): Buffer {
    const { keyframeMs, frameMs } = this.#still;
    const isDue = keyframeMs > 0 && timestampMs + frameMs / 2 >= this.#keyframeDueMs;
    if (isDue) this.#keyframeDueMs = timestampMs + keyframeMs;
    return this.#still.video(isDue ? 'keyframe' : 'skip', timestampMs);
  }

  #finish(): void {
    this.#ended = true;
    this.#cancelTimer();
    try {
      this.#writer.clearJoin();
    } catch (fault) {
      // A successor has the ring already; its beginning did this.
      if (!(fault instanceof RingError)) throw fault;
    }
    this.#leaveBeat();
    this.#handler.onEnded();
  }
}

/**
 * As the broadcast's start has it, and not far from what the newest message had: what an encoder's
 * clock led is waited for, and what it lagged is made good.
 */
function zeroMsOf({ timestampMs, markedMs, originMs }: RingWriter, nowMs: number): number {
  if (Number.isNaN(markedMs)) return nowMs;
  const lastMs = Math.max(markedMs, nowMs - LEFT_MS_MAX) - timestampMs;
  if (Number.isNaN(originMs)) return lastMs;
  return Math.min(Math.max(originMs, lastMs - REPAIR_MS_MAX), lastMs + REPAIR_MS_MAX);
}

function cadence(firstMs: number, everyMs: number): Cadence {
  return { firstMs, everyMs, written: 0 };
}

function dueMsOf({ firstMs, everyMs, written }: Cadence): number {
  return everyMs > 0 ? firstMs + written * everyMs : Infinity;
}

/** What was due before `fromMs` is never written. */
function leaveOut(cadence: Cadence, fromMs: number): void {
  const { firstMs, everyMs } = cadence;
  if (dueMsOf(cadence) < fromMs) cadence.written = Math.ceil((fromMs - firstMs) / everyMs);
}
