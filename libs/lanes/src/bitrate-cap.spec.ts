import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitrateCap, PIECE_BYTES_MIN } from './bitrate-cap.ts';

const limits = { kbpsMax: 8_000, burstMs: 10_000 };
/** 8 Mbit/s are a megabyte in a second. */
const BYTES_PER_SECOND = 1_000_000;

describe('the cap on a bitrate', () => {
  it('takes as much at once as ten seconds bring, and not a byte more', () => {
    expect(new BitrateCap(limits, 0).take(10 * BYTES_PER_SECOND, 0)).toBe(true);
    expect(new BitrateCap(limits, 0).take(10 * BYTES_PER_SECOND + 1, 0)).toBe(false);
  });

  it('takes the bitrate itself for ever', () => {
    const cap = new BitrateCap(limits, 0);
    for (let second = 1; second <= 3_600; second += 1) {
      expect(cap.take(BYTES_PER_SECOND, second * 1_000)).toBe(true);
    }
  });

  it('does not take a hundredth more for ever', () => {
    const cap = new BitrateCap(limits, 0);
    let second = 0;
    do second += 1;
    while (cap.take(BYTES_PER_SECOND * 1.01, second * 1_000));
    // What was saved is used up at a hundredth in each second.
    expect(second).toBeGreaterThan(899);
    expect(second).toBeLessThan(903);
  });

  it('saves no more than its ten seconds', () => {
    const cap = new BitrateCap(limits, 0);
    cap.take(0, 3_600_000);
    expect(cap.take(10 * BYTES_PER_SECOND + 1, 3_600_000)).toBe(false);
  });

  it('counts what comes in small pieces as so much for each, to the last piece', () => {
    const pieces = (10 * BYTES_PER_SECOND) / PIECE_BYTES_MIN;
    const taken = (count: number): boolean => {
      const cap = new BitrateCap(limits, 0);
      return cap.take(count, 0) && cap.takePieces(count, count);
    };
    expect(taken(pieces)).toBe(true);
    expect(taken(pieces + 1)).toBe(false);
  });

  it('counts what comes in pieces of the usual size by its bytes alone', () => {
    const cap = new BitrateCap(limits, 0);
    const bytes = 10 * BYTES_PER_SECOND;
    expect(cap.take(bytes, 0)).toBe(true);
    expect(cap.takePieces(bytes / PIECE_BYTES_MIN, bytes)).toBe(true);
  });

  it('never lets more through in any stretch than the bitrate and its burst', () => {
    const reads = fc.array(fc.tuple(fc.nat(5_000), fc.nat(3 * BYTES_PER_SECOND)));
    fc.assert(
      fc.property(reads, (all) => {
        const cap = new BitrateCap(limits, 0);
        let [nowMs, taken] = [0, 0];
        for (const [afterMs, bytes] of all) {
          nowMs += afterMs;
          if (!cap.take(bytes, nowMs)) break;
          taken += bytes;
        }
        expect(taken).toBeLessThanOrEqual((nowMs / 1_000 + 10) * BYTES_PER_SECOND);
      }),
    );
  });
});
