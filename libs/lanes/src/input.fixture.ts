import { isCleanEntry } from '#still';
import type { FakeTime } from '#testing';
import { AAC_CONFIG, AVC_CONFIG, audioFrame, videoFrame } from './encoder.fixture.ts';
import { IngestInput } from './ingest-input.ts';
import { INGEST_LIMITS, LANE_LIMITS } from './settings.ts';

const AUDIO = 8;
const VIDEO = 9;
const { ingestLookMs, settleMs } = LANE_LIMITS;

/** One encoder that was let in, and what was heard of it. */
export class InputUnderTest {
  readonly said: string[] = [];
  readonly input: IngestInput;
  writers = 0;
  /** What its clock lags. */
  lagMs = 0;

  readonly #time: FakeTime;

  constructor(ring: SharedArrayBuffer, time: FakeTime, pen: 'now' | 'standby') {
    this.#time = time;
    this.input = new IngestInput(
      { ring, ringId: 'broadcast', pen, limits: INGEST_LIMITS },
      {
        clock: time,
        beat: {
          arrived: () => undefined,
          writesHere: () => {
            this.writers += 1;
            return () => void (this.writers -= 1);
          },
        },
        tap: undefined,
        isCleanEntry,
      },
      {
        onReady: () => this.said.push('ready'),
        onFrozen: () => this.said.push('frozen'),
        onYielded: () => this.said.push('yielded'),
        onWriting: (continuity, detail) =>
          this.said.push(['writing', continuity, detail].join(' ').trim()),
      },
    );
  }

  /** What was said since the last call. */
  get news(): string[] {
    return this.said.splice(0);
  }

  video(body: Buffer): this {
    this.input.onMessage(
      VIDEO,
      this.#time.monotonicMs() - this.lagMs,
      body,
      this.#time.monotonicMs(),
    );
    this.input.flush();
    return this;
  }

  audio(body = audioFrame(1)): this {
    this.input.onMessage(
      AUDIO,
      this.#time.monotonicMs() - this.lagMs,
      body,
      this.#time.monotonicMs(),
    );
    this.input.flush();
    return this;
  }

  configure(config = AVC_CONFIG): this {
    return this.video(config).audio(AAC_CONFIG);
  }

  keyframe(number = 1, bytes = 200): this {
    return this.video(videoFrame(number, 'keyframe', bytes));
  }

  inter(number = 1): this {
    return this.video(videoFrame(number, 'inter'));
  }

  /** Sends pictures for so long as it takes to be known as steady. */
  run(ms: number = settleMs): this {
    for (let passed = 0; passed < ms; passed += 20) {
      this.inter();
      this.#time.advance(20);
    }
    return this.inter();
  }

  /** Time passes, and the lane looks at it. */
  look(ms: number, each: () => void = () => undefined): this {
    for (let passed = 0; passed < ms; passed += ingestLookMs) {
      this.#time.advance(Math.min(ingestLookMs, ms - passed));
      each();
      this.input.look();
    }
    return this;
  }
}
