import * as fc from 'fast-check';
import { createRingMemory, emptyRecord, RecordFlag, RingReader } from '#ring';
import { isCleanEntry, type Still } from '#still';
import { FakeTime } from '#testing';
import { describe, expect, it } from 'vitest';
import { AAC_CONFIG, AVC_CONFIG, audioFrame, videoFrame } from './encoder.fixture.ts';
import { Hold } from './hold.ts';
import { IngestInput } from './ingest-input.ts';
import { INGEST_LIMITS, LANE_LIMITS } from './settings.ts';

const AUDIO = 8;
const VIDEO = 9;
const TICK_MS = 20;
const FRAME_TICKS = 2;
const GOP_FRAMES = 25;
const LOOK_TICKS = Math.floor(LANE_LIMITS.ingestLookMs / TICK_MS);
/** By how much a recording may be longer or shorter than its broadcast. */
const DRIFT_MS_MAX = 200;
const START_MS = 5_000;
const OUTAGE_MS_MAX = 8_000;

function still(): Still {
  return {
    picture: 'last-picture',
    sound: 'silence',
    reason: '',
    frameMs: 40,
    keyframeMs: 2_000,
    soundMs: 1024 / 48,
    video: (kind) => videoFrame(0, kind === 'skip' ? 'inter' : 'keyframe', 20),
    audio: () => audioFrame(0),
  };
}

/** An encoder whose clock is the wall's, and whose network is not always there. */
class PacedInput {
  readonly input: IngestInput;
  readonly #time: FakeTime;
  readonly #clockMs: number;
  readonly #startMs: number;
  #pausedUntilMs = 0;
  #keepsBacklog = false;
  #frames = 0;

  constructor(input: IngestInput, time: FakeTime, clockMs: number) {
    this.input = input;
    this.#time = time;
    this.#clockMs = clockMs;
    this.#startMs = time.monotonicMs();
    this.#send(VIDEO, 0, AVC_CONFIG);
    this.#send(AUDIO, 0, AAC_CONFIG);
  }

  pause(ms: number, keepsBacklog: boolean): void {
    this.#pausedUntilMs = this.#time.monotonicMs() + ms;
    this.#keepsBacklog = keepsBacklog;
  }

  tick(): void {
    const nowMs = this.#time.monotonicMs();
    const due = Math.floor((nowMs - this.#startMs) / TICK_MS / FRAME_TICKS);
    if (nowMs < this.#pausedUntilMs) {
      if (!this.#keepsBacklog) this.#frames = due;
      return;
    }
    for (; this.#frames < due; this.#frames += 1) this.#sendFrame();
    this.input.flush();
  }

  #sendFrame(): void {
    const kind = this.#frames % GOP_FRAMES === 0 ? 'keyframe' : 'inter';
    const atMs = this.#frames * TICK_MS * FRAME_TICKS;
    this.#send(VIDEO, atMs, videoFrame(this.#frames, kind, 20));
    this.#send(AUDIO, atMs + TICK_MS, audioFrame(this.#frames));
  }

  #send(typeId: number, atMs: number, body: Buffer): void {
    const timestamp = (this.#clockMs + atMs) >>> 0;
    this.input.onMessage(typeId, timestamp, body, this.#time.monotonicMs());
  }
}

/** Two encoders and a hold, and the pen, which goes to whom it is wanted for once that is ready. */
class Broadcast {
  readonly time = new FakeTime();
  readonly faults: string[] = [];
  readonly #ring = createRingMemory({ dataBytes: 8 * 1024 * 1024, records: 32_768 });
  readonly #reader = new RingReader(this.#ring);
  readonly #beat = { arrived: () => undefined, writesHere: () => () => undefined };
  readonly inputs: readonly [PacedInput, PacedInput];
  #holder: PacedInput | Hold | undefined;
  #read = 0;
  #mustBeKeyframe = false;
  readonly #newest: Record<number, number> = {};
  #newestMs = -1;

  constructor(clocksMs: readonly [number, number]) {
    this.time.advance(START_MS);
    this.inputs = [this.#let('now', clocksMs[0]), this.#let('standby', clocksMs[1])];
    this.#holder = this.inputs[0];
  }

  want(index: 0 | 1): void {
    const input = this.inputs[index];
    if (this.#holder !== input) input.input.arm();
  }

  pass(ms: number): void {
    for (let tick = 0; tick < ms / TICK_MS; tick += 1) {
      for (const one of this.inputs) one.tick();
      this.time.advance(TICK_MS);
      if (tick % LOOK_TICKS === 0) for (const one of this.inputs) one.input.look();
      this.#check();
    }
  }

  #let(pen: 'now' | 'standby', clockMs: number): PacedInput {
    const input = new IngestInput(
      { ring: this.#ring, ringId: 'broadcast', pen, limits: INGEST_LIMITS },
      { clock: this.time, beat: this.#beat, tap: undefined, isCleanEntry },
      {
        onReady: () => {
          this.#release();
          this.#holder = paced;
          input.takeRing();
        },
        onFrozen: () => {
          if (this.#holder === paced) this.#hold();
        },
        onYielded: () => undefined,
        onWriting: () => {
          this.#mustBeKeyframe = true;
        },
      },
    );
    const paced: PacedInput = new PacedInput(input, this.time, clockMs);
    return paced;
  }

  #release(): void {
    if (this.#holder instanceof Hold) this.#holder.end();
    else this.#holder?.input.yieldRing();
    this.#check();
  }

  #hold(): void {
    const { time } = this;
    const ports = { clock: time, timers: time, beat: this.#beat, makeStill: still };
    this.#holder = new Hold(
      { ring: this.#ring, ringId: 'broadcast', slate: null, ...ports },
      { onStanding: () => undefined, onEnded: () => undefined },
    );
    this.#holder.start();
  }

  /** What is new in the ring. */
  #check(): void {
    const record = emptyRecord();
    for (; this.#read < this.#reader.headSequence(); this.#read += 1) {
      this.#must(this.#reader.record(this.#read, record), 'the record is held');
      const { typeId, timestampMs } = record;
      const isHeader = this.#reader.body(record)?.[1] === 0;
      this.#must(timestampMs >= this.#newestMs, 'time never falls');
      this.#newestMs = timestampMs;
      if (isHeader) continue;
      this.#must(timestampMs > (this.#newest[typeId] ?? -1), 'time rises within a track');
      this.#newest[typeId] = timestampMs;
      const isJoinPoint = (record.flags & RecordFlag.JOIN_POINT) !== 0;
      this.#must(isJoinPoint || !this.#mustBeKeyframe, 'a writer begins with a keyframe');
      this.#mustBeKeyframe = false;
      this.#must(this.aheadMs <= DRIFT_MS_MAX, 'time is not ahead of the wall');
    }
  }

  #must(isSo: boolean, promise: string): void {
    if (!isSo) this.faults.push(`${promise}: record ${this.#read}`);
  }

  close(): void {
    this.#release();
  }

  /** By how much the ring's time is ahead of the wall's. The first sound counts from 20 ms. */
  get aheadMs(): number {
    return this.#newestMs - (this.time.monotonicMs() - START_MS + TICK_MS);
  }

  get isHeld(): boolean {
    return this.#holder instanceof Hold;
  }
}

describe('two encoders and a hold, whatever their networks do', () => {
  const act = fc.oneof(
    fc.record({ does: fc.constant('pass' as const), ms: fc.integer({ min: 100, max: 5_000 }) }),
    fc.record({
      does: fc.constant('switch' as const),
      to: fc.constantFrom(0 as const, 1 as const),
    }),
    fc.record({
      does: fc.constant('pause' as const),
      which: fc.constantFrom(0 as const, 1 as const),
      ms: fc.integer({ min: 100, max: OUTAGE_MS_MAX }),
      keepsBacklog: fc.boolean(),
    }),
  );
  const clock = fc.nat(0xffffffff);

  it('make one rising timeline that keeps to the wall', () => {
    fc.assert(
      fc.property(clock, clock, fc.array(act, { maxLength: 20 }), (one, two, acts) => {
        const broadcast = new Broadcast([one, two]);
        broadcast.pass(1_000);
        for (const each of acts) {
          if (each.does === 'pass') broadcast.pass(each.ms);
          else if (each.does === 'switch') broadcast.want(each.to);
          else broadcast.inputs[each.which].pause(each.ms, each.keepsBacklog);
        }
        // All pauses are over, and whoever was waited for has had its keyframe.
        broadcast.pass(OUTAGE_MS_MAX + 3_000);
        expect(broadcast.faults).toEqual([]);
        expect(broadcast.isHeld).toBe(false);
        expect(broadcast.aheadMs).toBeGreaterThanOrEqual(-DRIFT_MS_MAX);
        broadcast.close();
      }),
      { numRuns: 40 },
    );
  });
});
