import { createRingMemory, emptyRecord, RingReader, RingWriter } from '#ring';
import { isCleanEntry } from '#still';
import { FakeTime } from '#testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { AAC_CONFIG, AVC_CONFIG, audioFrame, videoFrame } from './encoder.fixture.ts';
import { IngestInput } from './ingest-input.ts';
import { LANE_LIMITS } from './settings.ts';

const AUDIO = 8;
const VIDEO = 9;
const FRAME_MS = 40;
const { cleanEntryMs, ingestFreezeMs, ingestLookMs, readyBytes, readyMs } = LANE_LIMITS;

let time: FakeTime;
let ring: SharedArrayBuffer;
let reader: RingReader;

beforeEach(() => {
  time = new FakeTime();
  time.advance(1_000);
  ring = createRingMemory({ dataBytes: 64 * 1024 * 1024 });
  reader = new RingReader(ring);
});

/** One encoder that was let in, and what was heard of it. */
class InputUnderTest {
  readonly said: string[] = [];
  readonly input: IngestInput;
  writers = 0;
  #sent = 0;

  constructor(pen: 'now' | 'standby' = 'standby') {
    this.input = new IngestInput(
      { ring, ringId: 'broadcast', pen },
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
    this.#sent += 1;
    this.input.onMessage(VIDEO, this.#sent * FRAME_MS, body, time.monotonicMs());
    this.input.flush();
    return this;
  }

  audio(body = audioFrame(1)): this {
    this.input.onMessage(AUDIO, this.#sent * FRAME_MS, body, time.monotonicMs());
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

  /** Time passes, and the lane looks at it. */
  look(ms: number, each: () => void = () => undefined): this {
    for (let passed = 0; passed < ms; passed += ingestLookMs) {
      time.advance(Math.min(ingestLookMs, ms - passed));
      each();
      this.input.look();
    }
    return this;
  }
}

/** Type and time of every record since `from`. */
function records(from = 0): [number, number][] {
  const record = emptyRecord();
  return Array.from({ length: reader.headSequence() - from }, (_, index) => {
    expect(reader.record(from + index, record)).toBe(true);
    return [record.typeId, record.timestampMs];
  });
}

describe('an encoder that is given the ring at once', () => {
  it('writes from its first keyframe on', () => {
    const one = new InputUnderTest('now').configure().inter().audio();
    expect([one.news, reader.headSequence(), one.writers]).toEqual([[], 0, 0]);
    one.keyframe().audio();
    expect([one.news, one.writers]).toEqual([['writing first'], 1]);
    expect(records().map(([typeId]) => typeId)).toEqual([AUDIO, VIDEO, VIDEO, AUDIO]);
    expect(reader.joinPoint()?.headers.map(({ body }) => Buffer.from(body))).toEqual([
      AAC_CONFIG,
      AVC_CONFIG,
    ]);
    one.input.end();
    expect([one.news, one.writers, reader.newestJoin()]).toEqual([[], 0, undefined]);
  });

  it('writes a keyframe of any size that the ring takes', () => {
    const one = new InputUnderTest('now').configure().keyframe(1, readyBytes + 1);
    expect(one.news).toEqual(['writing first']);
  });

  it('writes sound alone after a while', () => {
    const one = new InputUnderTest('now').audio(AAC_CONFIG).audio();
    one.look(1_750).audio();
    expect(one.news).toEqual([]);
    one.look(250).audio();
    expect(one.news).toEqual(['writing first']);
  });
});

describe('an encoder on standby', () => {
  it('drops what it sends until it is armed, and is measured all the while', () => {
    const one = new InputUnderTest().configure().keyframe().inter();
    expect([one.news, reader.headSequence()]).toEqual([[], 0]);
    expect(one.input.measure()).toMatchObject({ video: { codec: 'avc1', width: 640 } });
    one.input.arm();
    one.inter();
    expect(one.news).toEqual([]);
    one.keyframe(2);
    expect([one.news, reader.headSequence()]).toEqual([['ready'], 0]);
  });

  it('goes on after another with all since the keyframe that made it ready', () => {
    const first = new InputUnderTest('now').configure().keyframe().inter();
    const second = new InputUnderTest().configure();
    second.input.arm();
    time.advance(100);
    second.keyframe(7).inter().audio();
    time.advance(30);
    expect(second.news).toEqual(['ready']);
    first.input.yieldRing();
    const from = reader.headSequence();
    second.input.takeRing();
    expect(second.news).toEqual(['writing same']);
    expect(records(from)).toEqual([
      [VIDEO, 100],
      [VIDEO, 140],
      [AUDIO, 140],
    ]);
    first.inter().keyframe();
    expect(reader.headSequence()).toBe(from + 3);
    expect([first.news, first.writers, second.writers]).toEqual([
      ['writing first', 'yielded'],
      0,
      1,
    ]);
  });

  it('tells what is other than before', () => {
    new InputUnderTest('now').configure().keyframe().input.yieldRing();
    const higher = Buffer.from(AVC_CONFIG);
    // Its level, in the record and in the parameter set.
    higher[8] = 0x28;
    higher[16] = 0x28;
    const second = new InputUnderTest('now').configure(higher).keyframe();
    expect(second.news).toEqual([
      expect.stringMatching(/^writing parameters picture: avc1 640×720/),
    ]);
    const hevc = (first: number) =>
      Buffer.concat([Buffer.of(first), Buffer.from('hvc1'), Buffer.alloc(23, 1)]);
    second.input.yieldRing();
    const third = new InputUnderTest('now').video(hevc(0x90)).audio(AAC_CONFIG);
    time.advance(cleanEntryMs);
    third.video(hevc(0x93));
    expect(third.news).toEqual([expect.stringMatching(/^writing codec picture: avc1 .* → hvc1$/)]);
  });

  it('that was given the ring before it was ready writes from its next keyframe on', () => {
    const one = new InputUnderTest().configure().keyframe();
    one.input.takeRing();
    one.inter();
    expect(reader.headSequence()).toBe(0);
    one.keyframe();
    expect(one.news).toEqual(['writing first']);
  });

  it('is ready for a second, and then again at its next keyframe', () => {
    for (const [waitMs, isWritten] of [
      [readyMs, true],
      [readyMs + 1, false],
    ] as const) {
      const one = new InputUnderTest().configure();
      one.input.arm();
      one.keyframe();
      time.advance(waitMs);
      one.input.takeRing();
      expect(one.news.length).toBe(isWritten ? 2 : 1);
      one.input.yieldRing();
    }
    const other = new InputUnderTest().configure();
    other.input.arm();
    other.keyframe();
    time.advance(readyMs + 1);
    other.inter().keyframe();
    expect(other.news).toEqual(['ready', 'ready']);
  });

  it('gathers so much and no more', () => {
    for (const [tooMuch, news] of [
      [0, 2],
      [1, 1],
    ] as const) {
      const one = new InputUnderTest().configure();
      one.input.arm();
      // Each frame has 9 bytes before its payload.
      const half = readyBytes / 2 - 9;
      one.keyframe(1, half).video(videoFrame(2, 'inter', half + tooMuch));
      one.input.takeRing();
      expect(one.news).toHaveLength(news);
      one.input.yieldRing();
    }
  });

  it('waits for a keyframe that a decoder can begin at after another, and not for ever', () => {
    new InputUnderTest('now').configure().keyframe().input.yieldRing();
    const recoveryPoint = videoFrame(1, 'keyframe');
    recoveryPoint[9] = 0x41;
    const one = new InputUnderTest().configure();
    one.input.arm();
    time.advance(cleanEntryMs - 1);
    one.video(recoveryPoint);
    expect(one.news).toEqual([]);
    time.advance(1);
    one.video(recoveryPoint);
    expect(one.news).toEqual(['ready']);
    const first = new InputUnderTest('now').configure();
    ring = createRingMemory();
    expect(first.video(videoFrame(1, 'keyframe')).news).toHaveLength(1);
  });

  it('may be told to yield whatever it does', () => {
    const one = new InputUnderTest();
    one.input.yieldRing();
    one.input.takeRing();
    one.input.yieldRing();
    one.configure().keyframe();
    expect([one.news, reader.headSequence()]).toEqual([['yielded', 'yielded'], 0]);
  });
});

describe('an encoder whose ring another has taken', () => {
  it('stays connected, and waits until it is asked again', () => {
    const one = new InputUnderTest('now').configure().keyframe();
    const successor = new RingWriter(ring);
    const from = reader.headSequence();
    one.inter();
    expect([one.news, one.writers]).toEqual([['writing first', 'yielded'], 0]);
    one.keyframe();
    expect([one.news, reader.headSequence()]).toEqual([[], from]);
    expect(successor.hasRecords).toBe(true);
    one.input.takeRing();
    one.keyframe();
    expect(one.news).toEqual(['writing same']);
  });
});

describe('an encoder whose picture stops', () => {
  it('has let go of the ring at the limit, though its sound goes on', () => {
    const one = new InputUnderTest('now').configure().keyframe();
    one.look(ingestFreezeMs - 250, () => one.audio());
    time.advance(249);
    one.audio().input.look();
    expect(one.news).toEqual(['writing first']);
    time.advance(1);
    one.audio().input.look();
    expect([one.news, one.writers, reader.newestJoin()]).toEqual([['frozen'], 0, undefined]);
    const from = reader.headSequence();
    one.look(10_000, () => one.audio());
    expect([one.news, reader.headSequence()]).toEqual([[], from]);
  });

  it('is ready by itself at its next keyframe, and its inter frames are nothing before', () => {
    const one = new InputUnderTest('now').configure().keyframe();
    one.look(ingestFreezeMs + 500);
    expect(one.news).toEqual(['writing first', 'frozen']);
    one.inter().look(500, () => one.inter());
    expect(one.news).toEqual([]);
    one.keyframe();
    expect(one.news).toEqual(['ready']);
    one.input.takeRing();
    expect([one.news, one.writers]).toEqual([['writing same'], 1]);
    one.look(ingestFreezeMs);
    expect(one.news).toEqual(['frozen']);
  });

  it('is told of on standby too, once it has shown itself', () => {
    const one = new InputUnderTest().configure().keyframe();
    one.look(ingestFreezeMs * 2);
    expect(one.news).toEqual([]);
    one.input.arm();
    one.keyframe().look(ingestFreezeMs);
    expect(one.news).toEqual(['ready', 'frozen']);
  });

  it('is judged by its sound when it never had one', () => {
    const one = new InputUnderTest('now').audio(AAC_CONFIG).audio();
    one.look(10_000, () => one.audio());
    expect(one.news).toEqual(['writing first']);
    one.look(ingestFreezeMs);
    expect(one.news).toEqual(['frozen']);
    one.audio();
    expect(one.news).toEqual(['ready']);
    one.input.takeRing();
    expect(one.news).toEqual(['writing same']);
  });

  it('is read from once more after this thread itself has stood still', () => {
    const one = new InputUnderTest('now').configure().keyframe();
    time.advance(ingestFreezeMs * 2);
    one.input.look();
    expect(one.news).toEqual(['writing first']);
    one.inter().look(250);
    expect(one.news).toEqual([]);
  });
});
