import { FakeTime } from '#testing';
import { describe, expect, it } from 'vitest';
import {
  Beat,
  BEAT_MAX_MS,
  beatMs,
  gatherMs,
  LOOK_MS,
  WORK_MADE_UP_MS_MAX,
  type Changing,
} from './beat.ts';

/** A ring of which a test says when something was published. */
class TestChanges implements Changing {
  readonly waits: number[] = [];
  #head = 0;
  #wake: (() => void) | undefined;

  headSequence(): number {
    return this.#head;
  }

  async changed(sequence: number): Promise<void> {
    this.waits.push(sequence);
    if (sequence !== this.#head) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  async publish(): Promise<void> {
    this.#head += 1;
    await this.lookAgain();
  }

  /** As after a while without news. */
  async lookAgain(): Promise<void> {
    this.#wake?.();
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

function beating() {
  const ring = new TestChanges();
  const time = new FakeTime();
  return { ring, time, beat: new Beat(time, time) };
}

/** So many cursors of one ring that data is gathered, and how often each was pumped. */
function manyCursors(beat: Beat, ring: Changing, cursors = 10): { pumps: number[] } {
  const pumps = Array.from({ length: cursors }, () => 0);
  for (const cursor of pumps.keys()) {
    beat.join('ring', ring, () => (pumps[cursor] = (pumps[cursor] ?? 0) + 1));
  }
  return { pumps };
}

describe('the length of a beat', () => {
  it('is nothing with few cursors, grows with them up to its limit, and not beyond', () => {
    expect([0, 3, 4, 5, 10].map(beatMs)).toEqual([0, 0, 0, 1.5, 9]);
    expect(beatMs(23)).toBe(28.5);
    expect(beatMs(24)).toBe(BEAT_MAX_MS);
    expect(beatMs(500)).toBe(BEAT_MAX_MS);
  });

  it('has its work in it, up to a limit', () => {
    expect(gatherMs(500, 0)).toBe(BEAT_MAX_MS);
    expect(gatherMs(500, WORK_MADE_UP_MS_MAX)).toBe(BEAT_MAX_MS - WORK_MADE_UP_MS_MAX);
    expect(gatherMs(500, WORK_MADE_UP_MS_MAX + 1)).toBe(BEAT_MAX_MS - WORK_MADE_UP_MS_MAX);
    expect(gatherMs(5, WORK_MADE_UP_MS_MAX)).toBe(0);
  });
});

describe('a beat', () => {
  it('has in it what is written to one ring while it pumps another, and that alone', () => {
    const { ring, time, beat } = beating();
    const { pumps } = manyCursors(beat, ring);
    beat.join('source', ring, () => beat.arrived('ring'));
    beat.arrived('source');
    const waitingWithABeat = time.waiting;
    time.advance(beatMs(11));
    expect(pumps).toEqual(pumps.map(() => 1));
    // No beat was armed for what has been written.
    expect(time.waiting).toBe(waitingWithABeat - 1);
  });

  it('writes what arrives at once, with few cursors', () => {
    const { ring, time, beat } = beating();
    const pumpedAtMs: number[] = [];
    beat.writesHere('ring');
    beat.join('ring', ring, (nowMs) => pumpedAtMs.push(nowMs));
    time.advance(7);
    beat.arrived('ring');
    expect(pumpedAtMs).toEqual([7]);
  });

  it('is armed by data, and gathers what comes until it ends, with many', () => {
    const { ring, time, beat } = beating();
    beat.writesHere('ring');
    const { pumps } = manyCursors(beat, ring);
    beat.arrived('ring');
    time.advance(beatMs(10) - 0.5);
    beat.arrived('ring');
    expect(new Set(pumps)).toEqual(new Set([0]));
    time.advance(0.5);
    expect(new Set(pumps)).toEqual(new Set([1]));
    beat.arrived('ring');
    time.advance(beatMs(10));
    expect(new Set(pumps)).toEqual(new Set([2]));
  });

  it('wakes once for all rings of the lane, and pumps those that have news', () => {
    const { ring, time, beat } = beating();
    for (const id of ['ring', 'other', 'still']) beat.writesHere(id);
    const { pumps } = manyCursors(beat, ring);
    const pumped: string[] = [];
    beat.join('other', new TestChanges(), () => pumped.push('other'));
    beat.join('still', new TestChanges(), () => pumped.push('still'));
    beat.arrived('ring');
    time.advance(1);
    beat.arrived('other');
    expect(time.waiting).toBe(2);
    time.advance(beatMs(12) - 1);
    expect([new Set(pumps), pumped]).toEqual([new Set([1]), ['other']]);
  });

  it('knows nothing of a ring without cursors', () => {
    const { time, beat } = beating();
    beat.writesHere('ring');
    beat.arrived('ring');
    expect(time.waiting).toBe(0);
  });

  it('is woken through the ring by a writer in another lane', async () => {
    const { ring, time, beat } = beating();
    let pumps = 0;
    beat.join('ring', ring, () => (pumps += 1));
    await ring.publish();
    expect(pumps).toBe(1);
    time.advance(1);
    await ring.publish();
    expect(pumps).toBe(2);
  });

  it('does not miss what another lane publishes while it pumps', async () => {
    const { ring, time, beat } = beating();
    let pumps = 0;
    beat.join('ring', ring, () => {
      pumps += 1;
      if (pumps === 1) void ring.publish();
    });
    await ring.publish();
    expect(pumps).toBe(1);
    time.advance(1);
    await settled();
    expect(pumps).toBe(2);
  });

  it('waits for another lane only while no writer is in this one', async () => {
    const { ring, time, beat } = beating();
    const leave = beat.writesHere('ring');
    let pumps = 0;
    beat.join('ring', ring, () => (pumps += 1));
    await ring.publish();
    expect([pumps, ring.waits]).toEqual([0, []]);
    leave();
    await ring.publish();
    expect(pumps).toBe(1);
    beat.writesHere('ring');
    time.advance(1);
    await ring.publish();
    expect(pumps).toBe(1);
  });

  it('keeps to the writer here while one of two leaves', async () => {
    const { ring, beat } = beating();
    const leave = beat.writesHere('ring');
    beat.writesHere('ring');
    beat.join('ring', ring, () => undefined);
    leave();
    await settled();
    expect(ring.waits).toEqual([]);
  });

  it('looks at every cursor now and then without data too, for their deadlines', () => {
    const { ring, time, beat } = beating();
    beat.writesHere('ring');
    const pumpedAtMs: number[] = [];
    beat.join('ring', ring, (nowMs) => pumpedAtMs.push(nowMs));
    time.advance(LOOK_MS - 1);
    expect(pumpedAtMs).toEqual([]);
    time.advance(1 + LOOK_MS);
    expect(pumpedAtMs).toEqual([LOOK_MS, 2 * LOOK_MS]);
  });

  it('is silent without cursors, and begins again with the next', async () => {
    const { ring, time, beat } = beating();
    let pumps = 0;
    const leave = beat.join('ring', ring, () => (pumps += 1));
    leave();
    leave();
    await ring.publish();
    time.advance(1_000);
    await settled();
    const waits = ring.waits.length;
    await ring.publish();
    time.advance(1_000);
    expect([pumps, ring.waits.length, time.waiting]).toEqual([0, waits, 0]);
    beat.join('ring', ring, () => (pumps += 1));
    await ring.publish();
    expect(pumps).toBe(1);
  });

  it('leaves out a cursor that leaves while others are pumped', () => {
    const { ring, beat } = beating();
    const pumped: string[] = [];
    beat.writesHere('ring');
    beat.join('ring', ring, () => {
      pumped.push('first');
      leaveSecond();
    });
    const leaveSecond = beat.join('ring', ring, () => pumped.push('second'));
    beat.arrived('ring');
    expect(pumped).toEqual(['first']);
  });
});

describe('what a writer reads from', () => {
  /** A lane with a tap of the ring, and what happens in order. */
  function tapped(ringId = 'ring') {
    const { ring, time } = beating();
    const events: string[] = [];
    const reads: (() => void)[] = [];
    const beat = new Beat(time, time, (task) => reads.push(task));
    const tap = { close: () => events.push('closed'), open: () => events.push('opened') };
    const leave = beat.writesHere(ringId, tap);
    beat.writesHere('ring');
    const join = (cursors: number) => {
      for (let cursor = 0; cursor < cursors; cursor += 1) {
        beat.join('ring', ring, () => cursor === 0 && events.push('pumped'));
      }
    };
    const readAll = () => reads.splice(0).forEach((task) => task());
    return { time, beat, events, leave, join, readAll };
  }

  it('is closed while a beat gathers, and read before it writes', () => {
    const { time, beat, events, join, readAll } = tapped();
    join(20);
    beat.arrived('ring');
    beat.arrived('ring');
    expect(events).toEqual(['closed']);
    time.advance(beatMs(20));
    beat.arrived('ring');
    expect(events).toEqual(['closed', 'opened']);
    readAll();
    expect(events).toEqual(['closed', 'opened', 'pumped', 'closed']);
  });

  it('is closed from beat to beat, and left open by one that brought nothing', () => {
    const { time, beat, events, join, readAll } = tapped();
    join(20);
    beat.arrived('ring');
    time.advance(beatMs(20));
    readAll();
    events.length = 0;
    time.advance(beatMs(20));
    expect(events).toEqual(['opened']);
    readAll();
    expect([events, time.waiting]).toEqual([['opened'], 1]);
    beat.arrived('ring');
    expect(events).toEqual(['opened', 'closed']);
  });

  it('is left open with few cursors, without any, and where only other lanes read', () => {
    const few = tapped();
    few.join(14);
    few.beat.arrived('ring');
    few.time.advance(beatMs(14));
    expect(few.events).toEqual(['pumped']);
    const none = tapped();
    none.beat.arrived('ring');
    expect(none.events).toEqual([]);
    const elsewhere = tapped('other');
    elsewhere.join(20);
    elsewhere.beat.arrived('ring');
    expect(elsewhere.events).toEqual([]);
  });

  it('is left alone once the writer has gone', () => {
    const { beat, events, leave, join } = tapped();
    join(20);
    leave();
    beat.arrived('ring');
    expect(events).toEqual([]);
  });
});
