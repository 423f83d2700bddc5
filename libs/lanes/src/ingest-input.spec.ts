import { createRingMemory, emptyRecord, RingReader, RingWriter } from '#ring';
import { FakeTime } from '#testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { AAC_CONFIG, AVC_CONFIG, videoFrame } from './encoder.fixture.ts';
import { InputUnderTest } from './input.fixture.ts';
import { LANE_LIMITS } from './settings.ts';

const AUDIO = 8;
const VIDEO = 9;
const { cleanEntryMs, readyBytes, readyMessages, readyMs } = LANE_LIMITS;

let time: FakeTime;
let ring: SharedArrayBuffer;
let reader: RingReader;

beforeEach(() => {
  time = new FakeTime();
  time.advance(1_000);
  ring = createRingMemory({ dataBytes: 64 * 1024 * 1024 });
  reader = new RingReader(ring);
});

/** One encoder that was let in. */
function encoder(pen: 'now' | 'standby' = 'standby'): InputUnderTest {
  return new InputUnderTest(ring, time, pen);
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
    const one = encoder('now').configure().inter().audio();
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
    const one = encoder('now')
      .configure()
      .keyframe(1, readyBytes + 1);
    expect(one.news).toEqual(['writing first']);
  });

  it('writes sound alone after a while', () => {
    const one = encoder('now').audio(AAC_CONFIG).audio();
    one.look(1_750).audio();
    expect(one.news).toEqual([]);
    one.look(250).audio();
    expect(one.news).toEqual(['writing first']);
  });
});

describe('an encoder on standby', () => {
  it('drops what it sends until it is armed, and is measured all the while', () => {
    const one = encoder().configure().keyframe().inter();
    expect([one.news, reader.headSequence()]).toEqual([[], 0]);
    expect(one.input.measure()).toMatchObject({ video: { codec: 'avc1', width: 640 } });
    one.input.arm();
    one.inter();
    expect(one.news).toEqual([]);
    one.keyframe(2);
    expect([one.news, reader.headSequence()]).toEqual([['ready'], 0]);
  });

  it('goes on after another with all since the keyframe that made it ready', () => {
    const first = encoder('now').configure().keyframe().inter();
    const second = encoder().configure();
    second.run(100).input.arm();
    second.keyframe(7);
    time.advance(20);
    second.inter().audio();
    time.advance(10);
    expect(second.news).toEqual(['ready']);
    first.input.yieldRing();
    const from = reader.headSequence();
    second.input.takeRing();
    expect(second.news).toEqual(['writing same']);
    expect(records(from)).toEqual([
      [VIDEO, 100],
      [VIDEO, 120],
      [AUDIO, 120],
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
    encoder('now').configure().keyframe().input.yieldRing();
    const higher = Buffer.from(AVC_CONFIG);
    // Its level, in the record and in the parameter set.
    higher[8] = 0x28;
    higher[16] = 0x28;
    const second = encoder('now').configure(higher).run().keyframe();
    expect(second.news).toEqual([
      expect.stringMatching(/^writing parameters picture: avc1 640×720/),
    ]);
    const hevc = (first: number) =>
      Buffer.concat([Buffer.of(first), Buffer.from('hvc1'), Buffer.alloc(23, 1)]);
    second.input.yieldRing();
    const third = encoder('now').video(hevc(0x90)).audio(AAC_CONFIG);
    third.run().video(hevc(0x93));
    third.run(cleanEntryMs).video(hevc(0x93));
    expect(third.news).toEqual([expect.stringMatching(/^writing codec picture: avc1 .* → hvc1$/)]);
  });

  it('that was given the ring before it was ready writes from its next keyframe on', () => {
    const one = encoder().configure().keyframe();
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
      const one = encoder().configure().run();
      one.input.arm();
      one.keyframe();
      time.advance(waitMs);
      one.input.takeRing();
      expect(one.news.length).toBe(isWritten ? 2 : 1);
      one.input.yieldRing();
    }
    const other = encoder().configure().run();
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
      const one = encoder().configure().run();
      one.input.arm();
      // Each frame has 9 bytes before its payload.
      const half = readyBytes / 2 - 9;
      one.keyframe(1, half).video(videoFrame(2, 'inter', half + tooMuch));
      one.input.takeRing();
      expect(one.news).toHaveLength(news);
      one.input.yieldRing();
    }
  });

  it('gathers so many messages, however small, and not one more', () => {
    for (const [tooMany, news] of [
      [0, 2],
      [1, 1],
    ] as const) {
      const one = encoder().configure().run();
      one.input.arm();
      one.keyframe();
      for (let sent = 1; sent < readyMessages + tooMany; sent += 1) one.audio(Buffer.of(0x2f, 1));
      one.input.takeRing();
      expect(one.news).toHaveLength(news);
      one.input.yieldRing();
    }
  });

  it('waits for a keyframe that a decoder can begin at after another, and not for ever', () => {
    encoder('now').configure().keyframe().input.yieldRing();
    const recoveryPoint = videoFrame(1, 'keyframe');
    recoveryPoint[9] = 0x41;
    const one = encoder().configure();
    one.input.arm();
    one.run(cleanEntryMs * 2).video(recoveryPoint);
    one.run(cleanEntryMs - 20);
    time.advance(19);
    one.video(recoveryPoint);
    expect(one.news).toEqual([]);
    time.advance(1);
    one.video(recoveryPoint);
    expect(one.news).toEqual(['ready']);
    ring = createRingMemory();
    expect(encoder('now').configure().video(recoveryPoint).news).toEqual(['writing first']);
  });

  it('may be told to yield whatever it does', () => {
    const one = encoder();
    one.input.yieldRing();
    one.input.takeRing();
    one.input.yieldRing();
    one.configure().keyframe();
    expect([one.news, reader.headSequence()]).toEqual([['yielded', 'yielded'], 0]);
  });
});

describe('an encoder whose ring another has taken', () => {
  it('stays connected, and waits until it is asked again', () => {
    const one = encoder('now').configure().keyframe();
    const successor = new RingWriter(ring);
    const from = reader.headSequence();
    one.inter();
    expect([one.news, one.writers]).toEqual([['writing first', 'yielded'], 0]);
    one.keyframe();
    expect([one.news, reader.headSequence()]).toEqual([[], from]);
    expect(successor.hasRecords).toBe(true);
    one.input.takeRing();
    one.run().keyframe();
    expect(one.news).toEqual(['writing same']);
  });
});
