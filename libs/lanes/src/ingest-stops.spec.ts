import { createRingMemory, RingReader } from '#ring';
import { FakeTime } from '#testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { AAC_CONFIG } from './encoder.fixture.ts';
import { InputUnderTest } from './input.fixture.ts';
import { LANE_LIMITS } from './settings.ts';

const { ingestFreezeMs, settleMs } = LANE_LIMITS;

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

describe('an encoder that sends at once what has gathered', () => {
  beforeEach(() => {
    encoder('now').configure().keyframe().input.yieldRing();
  });

  /** It connects or comes back, and its clock is so far behind. */
  function heldUp(lagMs: number): InputUnderTest {
    const one = encoder().configure();
    one.input.arm();
    one.lagMs = lagMs;
    return one;
  }

  it('is waited for until it is at its present', () => {
    const one = heldUp(600).keyframe();
    for (one.lagMs = 560; one.lagMs >= 0; one.lagMs -= 40) one.inter();
    one.lagMs = 0;
    one.run();
    expect(one.news).toEqual([]);
    one.keyframe();
    expect(one.news).toEqual(['ready']);
  });

  it('is believed a little later where there was nothing to wait for', () => {
    const one = heldUp(600).keyframe();
    time.advance(settleMs - 1);
    one.inter();
    expect(one.news).toEqual([]);
    time.advance(1);
    one.inter();
    expect(one.news).toEqual(['ready']);
    one.input.takeRing();
    expect(one.news).toEqual(['writing same']);
  });

  it('is not given its start though it has the ring', () => {
    const one = heldUp(600);
    one.keyframe().input.takeRing();
    expect(one.news).toEqual([]);
    one.lagMs = 0;
    one.run().keyframe();
    expect(one.news).toEqual(['writing same']);
  });

  it('is not gone on with at a keyframe that was held up, however little', () => {
    const one = encoder().configure().run().keyframe().run();
    one.input.arm();
    one.lagMs = 150;
    one.keyframe();
    one.lagMs = 0;
    one.run();
    expect(one.news).toEqual([]);
    one.lagMs = 90;
    one.keyframe();
    expect(one.news).toEqual(['ready']);
  });

  it('is known again after its network stood still', () => {
    const one = heldUp(0).run();
    time.advance(5_000);
    one.lagMs = 5_000;
    one.keyframe();
    for (; one.lagMs > 0; one.lagMs -= 50) one.inter();
    one.keyframe();
    expect(one.news).toEqual([]);
    one.run();
    expect(one.news).toEqual(['ready']);
  });
});

describe('an encoder whose picture stops', () => {
  it('has let go of the ring at the limit, though its sound goes on', () => {
    const one = encoder('now').configure().keyframe();
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
    const one = encoder('now').configure().keyframe();
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
    const one = encoder().configure().keyframe();
    one.look(ingestFreezeMs * 2);
    expect(one.news).toEqual([]);
    one.input.arm();
    one.keyframe().look(ingestFreezeMs);
    expect(one.news).toEqual(['ready', 'frozen']);
  });

  it('is judged by its sound when it never had one', () => {
    const one = encoder('now').audio(AAC_CONFIG).audio();
    one.look(10_000, () => one.audio());
    expect(one.news).toEqual(['writing first']);
    one.look(ingestFreezeMs);
    expect(one.news).toEqual(['frozen']);
    one.audio();
    time.advance(settleMs);
    one.audio();
    expect(one.news).toEqual(['ready']);
    one.input.takeRing();
    expect(one.news).toEqual(['writing same']);
  });

  it('is read from once more after this thread itself has stood still', () => {
    const one = encoder('now').configure().keyframe();
    time.advance(ingestFreezeMs * 2);
    one.input.look();
    expect(one.news).toEqual(['writing first']);
    one.inter().look(250);
    expect(one.news).toEqual([]);
  });
});
