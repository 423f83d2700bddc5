import { FakeTime, seededRandom } from '#testing';
import { describe, expect, it } from 'vitest';
import { CLEAN, Shape } from './shape.ts';
import type { Toxics } from './shape.ts';

/** A shape with its time and its turns in the hand, and all that it has told. */
class Shaped {
  readonly time = new FakeTime();
  readonly pieces: { readonly atMs: number; readonly bytes: Buffer }[] = [];
  readonly fulls: boolean[] = [];
  readonly turns: (() => void)[] = [];
  hasRoom = true;
  ends = 0;
  readonly shape: Shape;

  constructor(toxics: Partial<Toxics> = {}, seed = 1) {
    this.shape = new Shape({
      clock: this.time,
      timers: this.time,
      random: seededRandom(seed),
      nextTurn: (task) => void this.turns.push(task),
      deliver: (bytes) => {
        this.pieces.push({ atMs: this.time.monotonicMs(), bytes });
        return this.hasRoom;
      },
      onEnd: () => {
        this.ends += 1;
      },
      onFull: (isFull) => void this.fulls.push(isFull),
    });
    this.change(toxics);
  }

  change(toxics: Partial<Toxics>): void {
    this.shape.toxics = { ...CLEAN, ...toxics };
  }

  take(length: number): void {
    this.shape.take(Buffer.from(Array.from({ length }, (_, at) => at & 0xff)));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.pieces.map(({ bytes }) => bytes));
  }
}

describe('a way without toxics', () => {
  it('delivers at once, whole and in order, and ends after the last byte', () => {
    const shaped = new Shaped();
    shaped.take(3);
    shaped.take(2);
    shaped.shape.end();
    expect([...shaped.bytes]).toEqual([0, 1, 2, 0, 1]);
    expect(shaped.ends).toBe(1);
    expect(shaped.time.waiting).toBe(0);
  });

  it('waits for a receiver that is full', () => {
    const shaped = new Shaped();
    shaped.hasRoom = false;
    shaped.take(1);
    shaped.take(1);
    expect(shaped.pieces).toHaveLength(1);
    shaped.hasRoom = true;
    shaped.shape.resume();
    expect(shaped.pieces).toHaveLength(2);
  });
});

describe('latency', () => {
  it('holds each byte for as long as it says', () => {
    const shaped = new Shaped({ latencyMs: 400 });
    shaped.take(1);
    shaped.time.advance(100);
    shaped.take(1);
    shaped.shape.end();
    shaped.time.advance(399);
    expect(shaped.pieces.map(({ atMs }) => atMs)).toEqual([400]);
    expect(shaped.ends).toBe(0);
    shaped.time.advance(1);
    expect(shaped.pieces.map(({ atMs }) => atMs)).toEqual([400, 500]);
    expect(shaped.ends).toBe(1);
  });

  it('with jitter lets nothing overtake, and is the same with the same seed', () => {
    const run = (): number[] => {
      const shaped = new Shaped({ latencyMs: 400, jitterMs: 100 }, 7);
      for (let each = 0; each < 50; each += 1) {
        shaped.take(1 + each);
        shaped.time.advance(10);
      }
      shaped.time.advance(500);
      expect(shaped.pieces.map(({ bytes }) => bytes.length)).toEqual(
        Array.from({ length: 50 }, (_, each) => 1 + each),
      );
      return shaped.pieces.map(({ atMs }, each) => atMs - each * 10);
    };
    const lateMs = run();
    expect(lateMs.every((ms) => ms >= 300 && ms <= 500)).toBe(true);
    expect(new Set(lateMs).size).toBeGreaterThan(10);
    expect(run()).toEqual(lateMs);
  });

  it('taken away does not let later bytes overtake', () => {
    const shaped = new Shaped({ latencyMs: 400 });
    shaped.take(1);
    shaped.change({});
    shaped.take(2);
    expect(shaped.pieces).toEqual([]);
    shaped.time.advance(400);
    expect(shaped.pieces.map(({ bytes }) => bytes.length)).toEqual([1, 2]);
  });
});

describe('a narrow way', () => {
  it('lets through so much of a second and no more, in lumps of a fiftieth', () => {
    const shaped = new Shaped({ bytesPerSecond: 10_000 });
    shaped.take(20_000);
    shaped.time.advance(999);
    expect(shaped.shape.deliveredBytes).toBe(10_000);
    expect(shaped.pieces.every(({ bytes }) => bytes.length === 200)).toBe(true);
    shaped.time.advance(1001);
    expect(shaped.shape.heldBytes).toBe(0);
  });

  it('asks the sender to wait at 64 KiB, and lets it go on below', () => {
    const shaped = new Shaped({ bytesPerSecond: 10_000 });
    shaped.take(64 * 1024 + 199);
    expect(shaped.fulls).toEqual([]);
    shaped.take(1);
    expect(shaped.fulls).toEqual([true]);
    shaped.time.advance(20);
    expect(shaped.fulls).toEqual([true, false]);
  });

  it('that is made wide lets all through at once', () => {
    const shaped = new Shaped({ bytesPerSecond: 1 });
    shaped.take(100);
    shaped.change({});
    expect(shaped.shape.deliveredBytes).toBe(100);
  });

  it('takes nothing before its time on account of having stood idle', () => {
    const shaped = new Shaped({ bytesPerSecond: 10_000 });
    shaped.time.advance(60_000);
    shaped.take(2_000);
    expect(shaped.shape.deliveredBytes).toBeLessThanOrEqual(400);
  });
});

describe('slices', () => {
  it('are no longer than said, one in each turn', () => {
    const shaped = new Shaped({ sliceBytes: 1 });
    shaped.take(3);
    expect(shaped.pieces).toHaveLength(1);
    for (let turn = shaped.turns.shift(); turn !== undefined; turn = shaped.turns.shift()) turn();
    expect(shaped.pieces.map(({ bytes }) => [...bytes])).toEqual([[0], [1], [2]]);
  });
});

describe('a way that is stopped', () => {
  it('asks the sender to wait, delivers nothing, and goes on where it stood', () => {
    const shaped = new Shaped();
    shaped.take(1);
    shaped.change({ isStopped: true });
    expect(shaped.fulls).toEqual([true]);
    shaped.take(2);
    shaped.shape.end();
    shaped.time.advance(60_000);
    expect([shaped.pieces.length, shaped.ends]).toEqual([1, 0]);
    shaped.change({});
    expect([shaped.pieces.length, shaped.ends]).toEqual([2, 1]);
    expect(shaped.fulls).toEqual([true, false]);
  });
});

describe('corruption', () => {
  it('changes each so-manieth byte, wherever the pieces are cut', () => {
    const shaped = new Shaped({ corruptEveryBytes: 10 });
    for (const length of [4, 5, 1, 25, 5]) shaped.shape.take(Buffer.alloc(length));
    const changed = [...shaped.bytes].flatMap((byte, at) => (byte === 0 ? [] : [at]));
    expect(changed).toEqual([9, 19, 29, 39]);
  });

  it('leaves the bytes of the sender as they are', () => {
    const shaped = new Shaped({ corruptEveryBytes: 1 });
    const own = Buffer.alloc(8);
    shaped.shape.take(own);
    expect(own.equals(Buffer.alloc(8))).toBe(true);
    expect([...shaped.bytes].includes(0)).toBe(false);
  });
});

describe('a black hole', () => {
  it('takes everything, also what was under way, and the end with it', () => {
    const shaped = new Shaped({ latencyMs: 100 });
    shaped.take(1);
    shaped.change({ isBlackHole: true });
    shaped.take(1_000_000);
    shaped.shape.end();
    shaped.time.advance(1_000);
    expect([shaped.shape.deliveredBytes, shaped.shape.heldBytes]).toEqual([0, 0]);
    expect([shaped.ends, ...shaped.fulls]).toEqual([0]);
  });
});
