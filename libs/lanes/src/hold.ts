import { MediaFlag, videoFlags } from '#flv';
import type { Cancel, Clock, Timers } from '#kernel';
import { Timeline, type TimedTrack } from '#media';
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

/** One message after the other, so far apart, from the hold's start. */
interface Cadence {
  readonly track: TimedTrack;
  /** Exact and not whole: 1024 samples of 48 kHz are 21 1/3 ms. 0: there is no such track. */
  readonly everyMs: number;
  written: number;
}

/**
 * What a ring is given while no encoder writes to it, so that destinations are fed and stay: the
 * last picture and silence, as many as pass on the wall. It is the ring's one writer until it ends,
 * and goes on where the last message was, also when it begins later.
 */
export class Hold {
  readonly #options: HoldOptions;
  readonly #handler: HoldHandler;
  readonly #writer: RingWriter;
  readonly #timeline: Timeline;
  readonly #still: Still;
  readonly #video: Cadence;
  readonly #audio: Cadence;
  /** Monotonic time of its first message. */
  readonly #startMs: number;
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
    const { timestampMs: lastOutputMs, markedMs: lastNowMs, originMs } = this.#writer;
    const hasMedia = !Number.isNaN(lastNowMs);
    this.#timeline = new Timeline(hasMedia ? { lastOutputMs, lastNowMs, originMs } : undefined);
    const reader = new RingReader(ring);
    const gop = newestGop(reader);
    const headers = hasMedia ? reader.headers() : [];
    const still = slate === null ? makeStill({ headers, gop }) : makeStill({ headers, gop }, slate);
    this.#still = still;
    this.#video = { track: 'video', everyMs: still.frameMs, written: 0 };
    this.#audio = { track: 'audio', everyMs: still.soundMs, written: 0 };
    const nextMs = lastNowMs + (still.frameMs > 0 ? still.frameMs : still.soundMs);
    const oldestMs = clock.monotonicMs() - LANE_LIMITS.holdBacklogMs;
    this.#startMs = hasMedia ? Math.max(nextMs, oldestMs) : clock.monotonicMs();
    const keyframe = gop.find(({ typeId }) => typeId === VIDEO);
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
    const waitMs = Math.ceil(this.#startMs + dueMs - clock.monotonicMs());
    this.#cancelTimer = timers.after(Math.max(LANE_LIMITS.holdBeatMs, waitMs), () => this.#go());
  }

  /** Whether the pen is still its own. */
  #write(): boolean {
    const { beat, ringId, clock } = this.#options;
    const elapsedMs = clock.monotonicMs() - this.#startMs;
    try {
      for (;;) {
        const next = dueMsOf(this.#audio) < dueMsOf(this.#video) ? this.#audio : this.#video;
        if (dueMsOf(next) > elapsedMs) break;
        leaveOut(next, elapsedMs - LANE_LIMITS.holdBacklogMs);
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
    const inputMs = Math.round(dueMsOf(cadence));
    cadence.written += 1;
    const outputMs = this.#timeline.advance(cadence.track, inputMs, this.#startMs + inputMs);
    const isVideo = cadence === this.#video;
    const body = isVideo ? this.#picture(outputMs) : this.#still.audio();
    // Without any picture, the sound is what is joined at.
    const isJoinPoint = isVideo
      ? (videoFlags(body) & MediaFlag.KEYFRAME) !== 0
      : this.#video.everyMs === 0;
    this.#writer.markTime(this.#timeline.lastNowMs);
    const flags = isJoinPoint ? RecordFlag.JOIN_POINT : 0;
    this.#writer.append(isVideo ? VIDEO : AUDIO, outputMs, flags, body);
  }

  /** Skips repeat the last picture; a keyframe now and then is for those who join and segment. */
  #picture(outputMs: number): Buffer {
    const { keyframeMs, frameMs } = this.#still;
    const isDue = keyframeMs > 0 && outputMs + frameMs / 2 >= this.#keyframeDueMs;
    if (isDue) this.#keyframeDueMs = outputMs + keyframeMs;
    return this.#still.video(isDue ? 'keyframe' : 'skip', outputMs);
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

/** From the hold's start. */
function dueMsOf({ everyMs, written }: Cadence): number {
  return everyMs > 0 ? written * everyMs : Infinity;
}

/** A lane that stood still does not write all at once what nobody will look at. */
function leaveOut(cadence: Cadence, beforeMs: number): void {
  if (dueMsOf(cadence) < beforeMs) cadence.written = Math.ceil(beforeMs / cadence.everyMs);
}
