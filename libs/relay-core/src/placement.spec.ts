import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { placeAttempt, pushLoadKbps, TOGETHER_MAX } from './placement.ts';
import type { PlacedAttempt, RingLoad } from './placement.ts';

/** Lanes that attempts are given to one by one. */
class Lanes {
  readonly placed: PlacedAttempt[] = [];
  readonly isUp: boolean[];

  constructor(lanes: number) {
    this.isUp = Array.from({ length: lanes }, () => true);
  }

  place(ringId: string, kbps: number | null = 6_000): number | undefined {
    const lane = placeAttempt({ ringId, kbps }, this.placed, this.isUp);
    if (lane !== undefined) this.placed.push({ lane, ringId, kbps });
    return lane;
  }

  /** As a lane that died: its attempts are gone. */
  lose(lane: number): PlacedAttempt[] {
    const lost = this.placed.filter((one) => one.lane === lane);
    for (const one of lost) this.placed.splice(this.placed.indexOf(one), 1);
    return lost;
  }

  get counts(): number[] {
    return this.isUp.map((_, lane) => this.placed.filter((one) => one.lane === lane).length);
  }

  get loads(): number[] {
    return this.isUp.map((_, lane) =>
      this.placed
        .filter((one) => one.lane === lane)
        .reduce((sum, { kbps }) => sum + pushLoadKbps(kbps), 0),
    );
  }
}

describe('the place of an attempt', () => {
  it('is with its stream, as long as their lane has no more than eight of them too many', () => {
    const lanes = new Lanes(2);
    for (let count = 0; count <= TOGETHER_MAX; count += 1) expect(lanes.place('one')).toBe(0);
    expect(lanes.place('one')).toBe(1);
  });

  it('spreads fifty pushes of one stream evenly over two lanes, and over three', () => {
    for (const [size, counts] of [
      [2, [25, 25]],
      [3, [17, 17, 16]],
    ] as const) {
      const lanes = new Lanes(size);
      for (let count = 0; count < 50; count += 1) lanes.place('one');
      expect(lanes.counts).toEqual(counts);
    }
  });

  it('spreads a hundred streams evenly, each with its three pushes in one lane', () => {
    const lanes = new Lanes(2);
    const streams = Array.from({ length: 100 }, (_, number) => `stream ${number}`);
    for (const stream of streams) for (const _ of [1, 2, 3]) lanes.place(stream);
    expect(lanes.counts).toEqual([150, 150]);
    for (const stream of streams) {
      const used = lanes.placed.filter(({ ringId }) => ringId === stream).map(({ lane }) => lane);
      expect(new Set(used).size).toBe(1);
    }
  });

  it('weighs a stream by its bitrate, and the newest one that is known counts for all', () => {
    const isUp = [true, true];
    const heavy = { lane: 0, ringId: 'heavy', kbps: 80_000 };
    const light = { lane: 1, ringId: 'light', kbps: 1_000 };
    const next = { ringId: 'next', kbps: null };
    expect(placeAttempt(next, [heavy, light, { ...light }], isUp)).toBe(1);
    expect(placeAttempt(next, [heavy, light, { ...light, kbps: 80_000 }], isUp)).toBe(0);
    const unmeasured = { ...heavy, kbps: null };
    expect(placeAttempt(next, [unmeasured, light, { ...light }], isUp)).toBe(0);
    expect(placeAttempt(next, [heavy, unmeasured, light, light, light], isUp)).toBe(1);
  });

  it('is never a lane that is down, and none when all are', () => {
    const lanes = new Lanes(2);
    lanes.place('one');
    lanes.isUp[0] = false;
    expect([lanes.place('one'), lanes.place('two')]).toEqual([1, 1]);
    lanes.isUp[1] = false;
    expect(lanes.place('one')).toBeUndefined();
    expect(placeAttempt({ ringId: 'one', kbps: null }, [], [])).toBeUndefined();
  });

  it('after a lane was lost and came back is again such that the load ends even', () => {
    const lanes = new Lanes(2);
    for (let count = 0; count < 50; count += 1) lanes.place('one');
    for (const { ringId } of lanes.lose(0)) lanes.place(ringId);
    expect(lanes.counts).toEqual([25, 25]);
  });

  it('leaves no two lanes further apart than it says, whatever comes in whatever order', () => {
    const streams = fc.uniqueArray(
      fc.record({ ringId: fc.string(), kbps: fc.option(fc.integer({ min: 1, max: 80_000 })) }),
      { minLength: 1, maxLength: 12, selector: ({ ringId }) => ringId },
    );
    const scene = streams.chain((all) =>
      fc.tuple(fc.integer({ min: 1, max: 8 }), fc.array(fc.constantFrom(...all))),
    );
    fc.assert(
      fc.property(scene, ([size, asked]: [number, RingLoad[]]) => {
        const lanes = new Lanes(size);
        let heaviest = 0;
        for (const { ringId, kbps } of asked) {
          lanes.place(ringId, kbps);
          heaviest = Math.max(heaviest, pushLoadKbps(kbps));
          const apart = Math.max(...lanes.loads) - Math.min(...lanes.loads);
          expect(apart).toBeLessThanOrEqual((TOGETHER_MAX + 1) * heaviest);
        }
      }),
    );
  });

  it('is the same for the same question, and a lane that is up whenever there is one', () => {
    const lane = fc.integer({ min: 0, max: 5 });
    const kbps = fc.option(fc.integer({ min: 0, max: 80_000 }));
    const ringId = fc.constantFrom('a', 'b', 'c');
    const placed = fc.array(fc.record({ lane, ringId, kbps }));
    const asked = fc.record({ ringId, kbps });
    fc.assert(
      fc.property(asked, placed, fc.array(fc.boolean(), { maxLength: 6 }), (one, all, isUp) => {
        const chosen = placeAttempt(one, all, isUp);
        expect(placeAttempt(one, all, isUp)).toBe(chosen);
        if (isUp.includes(true)) expect(isUp[chosen ?? -1]).toBe(true);
        else expect(chosen).toBeUndefined();
      }),
    );
  });
});
