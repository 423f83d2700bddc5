import { FakeTime } from '#testing';
import { describe, expect, it } from 'vitest';
import { Beat, BEAT_MAX_MS, beatMs, type Changing } from './beat.ts';

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
  const changes = new TestChanges();
  const time = new FakeTime();
  return { changes, time, beat: new Beat(changes, time) };
}

describe('the length of a beat', () => {
  it('grows with the cursors up to its limit, and not beyond', () => {
    expect([1, 2, 10].map(beatMs)).toEqual([4.5, 5, 9]);
    expect(beatMs(51)).toBe(29.5);
    expect(beatMs(52)).toBe(BEAT_MAX_MS);
    expect(beatMs(500)).toBe(BEAT_MAX_MS);
  });
});

describe('a beat', () => {
  it('is armed by data, and gathers what comes until it ends', async () => {
    const { changes, time, beat } = beating();
    let pumps = 0;
    beat.join(() => (pumps += 1));
    await settled();
    time.advance(1_000);
    expect([pumps, time.waiting]).toEqual([0, 0]);
    await changes.publish();
    time.advance(beatMs(1) - 0.5);
    await changes.publish();
    expect(pumps).toBe(0);
    time.advance(0.5);
    expect(pumps).toBe(1);
  });

  it('pumps all cursors of its ring together, each once', async () => {
    const { changes, time, beat } = beating();
    const pumped: string[] = [];
    beat.join(() => pumped.push('first'));
    beat.join(() => pumped.push('second'));
    await changes.publish();
    time.advance(beatMs(2));
    expect(pumped).toEqual(['first', 'second']);
    expect(beat.cursors).toBe(2);
  });

  it('comes again for what is published while it pumps', async () => {
    const { changes, time, beat } = beating();
    let pumps = 0;
    beat.join(() => {
      pumps += 1;
      if (pumps === 1) void changes.publish();
    });
    await changes.publish();
    time.advance(beatMs(1));
    await settled();
    time.advance(beatMs(1));
    expect(pumps).toBe(2);
  });

  it('comes now and then without data too, for the deadlines of its cursors', async () => {
    const { changes, time, beat } = beating();
    let pumps = 0;
    beat.join(() => (pumps += 1));
    await changes.lookAgain();
    time.advance(beatMs(1));
    expect(pumps).toBe(1);
  });

  it('is silent without cursors, and begins again with the next', async () => {
    const { changes, time, beat } = beating();
    let pumps = 0;
    const leave = beat.join(() => (pumps += 1));
    await changes.publish();
    leave();
    leave();
    time.advance(BEAT_MAX_MS);
    await settled();
    const waits = changes.waits.length;
    await changes.publish();
    time.advance(1_000);
    expect([pumps, changes.waits.length, time.waiting]).toEqual([0, waits, 0]);
    beat.join(() => (pumps += 1));
    await changes.publish();
    time.advance(beatMs(1));
    expect(pumps).toBe(1);
  });

  it('leaves out a cursor that leaves while others are pumped', async () => {
    const { changes, time, beat } = beating();
    const pumped: string[] = [];
    beat.join(() => {
      pumped.push('first');
      leaveSecond();
    });
    const leaveSecond = beat.join(() => pumped.push('second'));
    await changes.publish();
    time.advance(beatMs(2));
    expect(pumped).toEqual(['first']);
  });
});
