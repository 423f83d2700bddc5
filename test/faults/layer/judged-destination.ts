import { MessageType } from '#rtmp';
import { monotonicMs, readStamp } from '#testing';
import type { DestinationLink, DestinationScript, HeardMedia } from '#testing';
import type { WitnessDemand } from '../matrix/row.ts';
import { FrameJudge } from './frame-judge.ts';

type Answers = NonNullable<DestinationScript['answers']>;

/** The script of a destination that judges what it gets as the healthy one does. */
export class JudgedDestination {
  readonly judge: FrameJudge;
  readonly script: DestinationScript;
  /** When the last publish was asked for; the clock is that of `performance`. */
  publishedAtMs = 0;
  /** Frames that were left out in front of a keyframe, so far. */
  skippedFrames = 0;
  /** How far sound came from where its timestamp belongs among the pictures, at most. */
  soundAsideMs = 0;
  readonly #framesPerSecond: number;
  readonly #awaited = new Map<number, (() => void)[]>();
  #current: DestinationLink | undefined;
  #frame: number | undefined;
  /** What the relay says less what the encoder said, of the last picture. */
  #rebasedMs: number | undefined;
  #pictureMs: number | undefined;
  #soundSinceMs: number[] = [];

  constructor(demand: WitnessDemand, answers: Answers = {}, framesPerSecond = 30) {
    this.judge = new FrameJudge(demand);
    this.#framesPerSecond = framesPerSecond;
    const { publish = accept } = answers;
    this.script = {
      answers: {
        ...answers,
        publish: (link, command) => {
          this.publishedAtMs = performance.now();
          this.#current = link;
          this.#frame = undefined;
          this.#rebasedMs = undefined;
          this.#pictureMs = undefined;
          this.#soundSinceMs = [];
          this.judge.begin();
          publish(link, command);
        },
      },
      onMedia: (link, media) => {
        if (link === this.#current) this.#hear(media);
      },
    };
  }

  /** How old the newest picture was when it came; infinite while there is none. */
  get newestAgeMs(): number {
    return this.judge.agesMs.at(-1) ?? Number.POSITIVE_INFINITY;
  }

  get frames(): number {
    return this.judge.agesMs.length;
  }

  /** Resolves with the first picture of that session. */
  whenFrame(session: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.judge.sessions >= session && this.#frame !== undefined) resolve();
    else this.#awaited.set(session, [...(this.#awaited.get(session) ?? []), resolve]);
    return promise;
  }

  #hear(media: HeardMedia): void {
    this.judge.hear(media, monotonicMs());
    if (media.type === MessageType.AUDIO) this.#soundSinceMs.push(media.timestampMs);
    const stamp = media.type === MessageType.VIDEO ? readStamp(media.body) : undefined;
    if (stamp === undefined) return;
    const before = this.#frame;
    if (before !== undefined) this.skippedFrames += Math.max(0, stamp.frame - before - 1);
    this.#frame = stamp.frame;
    for (const resolve of this.#awaited.get(this.judge.sessions) ?? []) resolve();
    this.#awaited.delete(this.judge.sessions);
    this.#compare(media.timestampMs, stamp.frame);
  }

  /**
   * The encoder sends sound and picture in the order of their time, so sound that came between two
   * pictures was made between them.
   */
  #compare(timestampMs: number, frame: number): void {
    const madeAtMs = (frame * 1000) / this.#framesPerSecond;
    const rebasedMs = timestampMs - madeAtMs;
    const pictureMs = this.#pictureMs ?? 0;
    const asideMs = [
      Math.abs(rebasedMs - (this.#rebasedMs ?? rebasedMs)),
      ...this.#soundSinceMs.map((ms) => Math.max(ms - timestampMs, pictureMs - ms)),
    ];
    this.soundAsideMs = Math.max(this.soundAsideMs, ...asideMs);
    this.#rebasedMs = rebasedMs;
    this.#pictureMs = timestampMs;
    this.#soundSinceMs = [];
  }
}

function accept(link: DestinationLink): void {
  link.status('status', 'NetStream.Publish.Start', '');
}
