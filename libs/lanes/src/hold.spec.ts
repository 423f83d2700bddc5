import type { Timers } from '#kernel';
import { IngestPipeline } from '#media';
import { createRingMemory, emptyRecord, RecordFlag, RingReader, RingWriter } from '#ring';
import type { Still, StillInput } from '#still';
import { FakeTime } from '#testing';
import { describe, expect, it } from 'vitest';
import { AAC_CONFIG, AVC_CONFIG, audioFrame, videoFrame } from './encoder.fixture.ts';
import { Hold, type HoldOptions, type HoldStanding } from './hold.ts';
import { newestGop } from './hold-source.ts';
import { LANE_LIMITS } from './settings.ts';

const AUDIO = 8;
const VIDEO = 9;
const { holdBacklogMs, holdBeatMs } = LANE_LIMITS;
const SOUND_MS = 1024 / 48;
const FRAME_MS = 1000 / 30;

/** Pictures and sounds that only say which they are. */
function fakeStill(changes: Partial<Still> = {}): Still {
  let made = 0;
  return {
    picture: 'last-picture',
    sound: 'silence',
    reason: '',
    frameMs: FRAME_MS,
    keyframeMs: 2_000,
    soundMs: SOUND_MS,
    video: (kind) => {
      made += 1;
      return videoFrame(made, kind === 'skip' ? 'inter' : 'keyframe', 20);
    },
    audio: () => audioFrame(0),
    ...changes,
  };
}

interface Written {
  readonly typeId: number;
  readonly timestampMs: number;
  readonly isJoinPoint: boolean;
}

/** A ring that an encoder has written to for `encodedMs`, a keyframe first and then no more. */
class HoldUnderTest {
  readonly time = new FakeTime();
  readonly ring = createRingMemory({ dataBytes: 4 * 1024 * 1024, records: 32_768 });
  readonly reader = new RingReader(this.ring);
  readonly inputs: StillInput[] = [];
  readonly standings: HoldStanding[] = [];
  arrivals = 0;
  writers = 0;
  ends = 0;
  #stalled: (() => void)[] | undefined;

  encode(
    encodedMs: number,
    keyframe = videoFrame(1, 'keyframe'),
    compositionMs: (atMs: number) => number = () => 0,
  ): void {
    const pipeline = new IngestPipeline(this.ring, this.time.monotonicMs());
    pipeline.onMessage(VIDEO, 0, AVC_CONFIG, this.time.monotonicMs());
    pipeline.onMessage(AUDIO, 0, AAC_CONFIG, this.time.monotonicMs());
    keyframe.writeUIntBE(compositionMs(0), 2, 3);
    pipeline.onMessage(VIDEO, 0, keyframe, this.time.monotonicMs());
    for (let atMs = 40; atMs <= encodedMs; atMs += 40) {
      this.time.advance(30);
      pipeline.onMessage(AUDIO, atMs - 10, audioFrame(atMs), this.time.monotonicMs());
      this.time.advance(10);
      const picture = videoFrame(atMs, 'inter');
      picture.writeUIntBE(compositionMs(atMs), 2, 3);
      pipeline.onMessage(VIDEO, atMs, picture, this.time.monotonicMs());
    }
    pipeline.endIngest();
  }

  hold(still: Still = fakeStill(), changes: Partial<HoldOptions> = {}): Hold {
    const { ring, time } = this;
    const beat = {
      arrived: () => void (this.arrivals += 1),
      writesHere: () => {
        this.writers += 1;
        return () => void (this.writers -= 1);
      },
    };
    const makeStill = (input: StillInput) => {
      this.inputs.push(input);
      return still;
    };
    const timers: Timers = {
      after: (delayMs, task) =>
        time.after(delayMs, () => {
          if (this.#stalled === undefined) task();
          else this.#stalled.push(task);
        }),
    };
    const ports = { clock: time, timers, beat, makeStill };
    const hold = new Hold(
      { ring, ringId: 'broadcast', slate: null, ...ports, ...changes },
      { onStanding: (one) => this.standings.push(one), onEnded: () => void (this.ends += 1) },
    );
    hold.start();
    return hold;
  }

  /** What was written since record `from`. */
  written(from: number): Written[] {
    const record = emptyRecord();
    const found: Written[] = [];
    for (let sequence = from; sequence < this.reader.headSequence(); sequence += 1) {
      if (!this.reader.record(sequence, record)) throw new Error(`record ${sequence} is gone`);
      const { typeId, timestampMs } = record;
      const isJoinPoint = (record.flags & RecordFlag.JOIN_POINT) !== 0;
      found.push({ typeId, timestampMs, isJoinPoint });
    }
    return found;
  }

  /** The lane's event loop does not turn for so long. */
  standStill(ms: number): void {
    this.#stalled = [];
    this.time.advance(ms);
    const stalled = this.#stalled;
    this.#stalled = undefined;
    for (const task of stalled) task();
  }
}

function timesOf(written: readonly Written[], typeId: number): number[] {
  return written.filter((one) => one.typeId === typeId).map(({ timestampMs }) => timestampMs);
}

describe('a hold', () => {
  it('goes on from the last message with pictures and sound at their exact times', () => {
    const under = new HoldUnderTest();
    under.encode(400);
    const from = under.reader.headSequence();
    under.time.advance(10);
    under.hold();
    expect(under.standings).toEqual([{ picture: 'last-picture', sound: 'silence', reason: '' }]);
    under.time.advance(120_000);
    const written = under.written(from);
    for (const [typeId, firstMs, everyMs] of [
      [VIDEO, 400 + FRAME_MS, FRAME_MS],
      [AUDIO, 390 + SOUND_MS, SOUND_MS],
    ] as const) {
      const times = timesOf(written, typeId);
      expect(times).toEqual(times.map((_, index) => Math.round(firstMs + index * everyMs)));
      expect(Math.abs((times.at(-1) ?? 0) - 120_410)).toBeLessThan(holdBeatMs + everyMs);
    }
    const all = written.map(({ timestampMs }) => timestampMs);
    expect(all).toEqual([...all].sort((one, other) => one - other));
    expect(under.arrivals).toBeGreaterThan(120_000 / FRAME_MS / 2);
  });

  it('waits for what its encoder was ahead of the wall, and makes good what it was behind', () => {
    for (const [aheadMs, atMs] of [
      [300, 5_000],
      [800, 5_300],
      [-300, 5_000],
      [-800, 4_700],
    ] as const) {
      const under = new HoldUnderTest();
      under.encode(4_000);
      new RingWriter(under.ring).markTime(4_000 - aheadMs);
      under.time.advance(1_000);
      const from = under.reader.headSequence();
      under.hold();
      const times = timesOf(under.written(from), VIDEO);
      expect(times[0]).toBe(Math.round(4_000 + FRAME_MS));
      expect(Math.abs((times.at(-1) ?? 0) - atMs)).toBeLessThanOrEqual(FRAME_MS);
    }
  });

  it('makes good the time until it began, up to a limit', () => {
    for (const [awayMs, skippedMs] of [
      [holdBacklogMs, 0],
      [holdBacklogMs + 1_000, 1_000],
    ] as const) {
      const under = new HoldUnderTest();
      under.encode(400);
      const from = under.reader.headSequence();
      under.time.advance(awayMs);
      under.hold();
      const times = timesOf(under.written(from), VIDEO);
      const firstMs = skippedMs === 0 ? 400 + FRAME_MS : 400 + skippedMs;
      expect(times[0]).toBe(Math.round(firstMs));
      expect(times.at(-1)).toBeGreaterThan(400 + awayMs - FRAME_MS - 1);
    }
  });

  it('writes no more than its backlog when its lane stood still', () => {
    const under = new HoldUnderTest();
    under.encode(400);
    under.hold();
    under.time.advance(1_000);
    const from = under.reader.headSequence();
    under.standStill(60_000);
    under.time.advance(100);
    const times = timesOf(under.written(from), VIDEO);
    expect(times[0]).toBeGreaterThan(61_400 - holdBacklogMs - FRAME_MS);
    expect(times.length).toBeLessThan((holdBacklogMs + 200) / FRAME_MS);
    expect(times.at(-1)).toBeGreaterThan(61_400);
  });

  it('shows the last picture until a keyframe is due, and joiners begin at that', () => {
    const under = new HoldUnderTest();
    under.encode(400);
    const from = under.reader.headSequence();
    under.hold();
    expect(under.reader.newestJoin()).toBeUndefined();
    under.time.advance(4_000);
    const joins = under.written(from).filter(({ isJoinPoint }) => isJoinPoint);
    expect(joins.map(({ typeId }) => typeId)).toEqual([VIDEO, VIDEO]);
    const [first = 0, second = 0] = joins.map(({ timestampMs }) => timestampMs);
    expect(Math.abs(first - 2_000)).toBeLessThanOrEqual(FRAME_MS / 2 + 1);
    expect(Math.abs(second - first - 2_000)).toBeLessThanOrEqual(FRAME_MS / 2 + 1);
    expect(under.reader.joinPoint()?.headers.map(({ body }) => Buffer.from(body))).toEqual([
      AAC_CONFIG,
      AVC_CONFIG,
    ]);
  });

  it('shows a slate at once', () => {
    const under = new HoldUnderTest();
    under.encode(400);
    const from = under.reader.headSequence();
    under.time.advance(50);
    under.hold(fakeStill({ picture: 'slate' }), { slate: Buffer.of(1) });
    const first = under.written(from).find(({ typeId }) => typeId === VIDEO);
    expect(first?.isJoinPoint).toBe(true);
  });

  it('waits where pictures are shown in another order than they came', () => {
    const under = new HoldUnderTest();
    under.encode(400, videoFrame(1, 'keyframe'), (atMs) => (atMs === 360 ? 160 : 80));
    const from = under.reader.headSequence();
    under.hold();
    under.time.advance(200);
    // The last is shown at 520; the first held one 80 after it is sent, as the keyframe was.
    expect(timesOf(under.written(from), VIDEO)[0]).toBe(Math.round(520 + FRAME_MS - 80));
  });

  it('gives what it replaces to look at, as it was before it was cut into chunks', () => {
    const under = new HoldUnderTest();
    const keyframe = videoFrame(7, 'keyframe', 50_000);
    under.encode(80, keyframe);
    under.hold();
    const [input] = under.inputs;
    expect(input?.headers.map(({ body }) => Buffer.from(body))).toEqual([AAC_CONFIG, AVC_CONFIG]);
    expect(input?.gop.map(({ timestampMs }) => timestampMs)).toEqual([0, 30, 40, 70, 80]);
    expect(input?.gop.map(({ body }) => Buffer.from(body))).toEqual([
      keyframe,
      audioFrame(40),
      videoFrame(40, 'inter'),
      audioFrame(80),
      videoFrame(80, 'inter'),
    ]);
  });

  it('lets go of the pen when it ends, and an encoder goes on after its last message', () => {
    const under = new HoldUnderTest();
    under.encode(400);
    const hold = under.hold();
    under.time.advance(3_000);
    expect(under.writers).toBe(1);
    hold.end();
    hold.end();
    expect([under.ends, under.writers, under.time.waiting]).toEqual([1, 0, 0]);
    expect(under.reader.newestJoin()).toBeUndefined();
    const from = under.reader.headSequence();
    const [last] = under.written(from - 1);
    under.time.advance(60);
    under.encode(0);
    const [back] = under.written(from);
    expect(back).toMatchObject({ typeId: VIDEO, isJoinPoint: true });
    expect(back?.timestampMs).toBeGreaterThan(last?.timestampMs ?? Infinity);
    expect(back?.timestampMs).toBe(3_460);
  });

  it('ends by itself where another has the pen', () => {
    const under = new HoldUnderTest();
    under.encode(400);
    const hold = under.hold();
    const from = under.reader.headSequence();
    const successor = new RingWriter(under.ring);
    under.time.advance(100);
    expect([under.ends, under.writers, under.time.waiting]).toEqual([1, 0, 0]);
    expect(under.reader.headSequence()).toBe(from);
    expect(successor.hasRecords).toBe(true);
    hold.end();
    expect(under.ends).toBe(1);
  });

  it('without a picture is joined at its silence', () => {
    const under = new HoldUnderTest();
    under.encode(400);
    const from = under.reader.headSequence();
    under.hold(fakeStill({ picture: 'none', frameMs: 0, keyframeMs: 0, reason: 'no codec' }));
    under.time.advance(200);
    expect(under.standings).toMatchObject([{ picture: 'none', reason: 'no codec' }]);
    const written = under.written(from);
    expect(written.length).toBeGreaterThan(5);
    expect(written.every(({ typeId, isJoinPoint }) => typeId === AUDIO && isJoinPoint)).toBe(true);
  });

  it('without anything to show waits for its end', () => {
    const under = new HoldUnderTest();
    const none = { picture: 'none', sound: 'none', frameMs: 0, keyframeMs: 0, soundMs: 0 } as const;
    const hold = under.hold(fakeStill(none));
    expect(under.inputs).toEqual([{ headers: [], gop: [] }]);
    expect([under.standings.length, under.time.waiting]).toEqual([1, 0]);
    hold.end();
    expect(under.ends).toBe(1);
  });
});

describe('the newest group of pictures', () => {
  it('is nothing beyond a limit, where it is not held any more, or where there is none', () => {
    const ring = createRingMemory({ dataBytes: 256 * 1024 });
    const reader = new RingReader(ring);
    expect(newestGop(reader)).toEqual([]);
    const pipeline = new IngestPipeline(ring, 0);
    pipeline.onMessage(VIDEO, 0, videoFrame(1, 'keyframe', 1_000), 0);
    pipeline.onMessage(VIDEO, 40, videoFrame(2, 'inter', 1_000), 40);
    pipeline.flush();
    const bytes = 2 * (8 + 9 + 1_000);
    expect(newestGop(reader, bytes)).toHaveLength(2);
    expect(newestGop(reader, bytes - 1)).toEqual([]);
    for (let atMs = 80; atMs < 4_080; atMs += 40) {
      pipeline.onMessage(VIDEO, atMs, videoFrame(3, 'inter', 4_000), atMs);
    }
    pipeline.flush();
    expect(newestGop(reader)).toEqual([]);
  });

  it('is the newest sound where that is what is joined at', () => {
    const ring = createRingMemory();
    const pipeline = new IngestPipeline(ring, 0, true);
    pipeline.onMessage(AUDIO, 0, audioFrame(1), 0);
    pipeline.onMessage(AUDIO, 21, audioFrame(2), 0);
    pipeline.flush();
    expect(newestGop(new RingReader(ring))).toEqual([
      { typeId: AUDIO, timestampMs: 21, body: audioFrame(2) },
    ]);
  });
});
