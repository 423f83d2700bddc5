import { describe, expect, it } from 'vitest';
import { createRingMemory, RingGauge, RingWriter } from '#ring';
import {
  MEMORY_MBYTES_MAX,
  MEMORY_MBYTES_MIN,
  MEMORY_SUM,
  MemoryBudget,
  memoryMbytesDefault,
  type MemoryClaim,
} from './memory-budget.ts';

const MIB = 1024 * 1024;
const { baseBytes, laneBytes, streamBytes, destinationBytes, ringExpectedBytes } = MEMORY_SUM;

/** A budget with room for so many bytes of streams, on one lane. */
function budgetOf(roomMbytes: number) {
  const told: unknown[] = [];
  const mbytes = (baseBytes + laneBytes) / MIB + roomMbytes;
  const budget = new MemoryBudget({ mbytes, lanes: 1 }, (message, fields) =>
    told.push({ message, ...fields }),
  );
  return { budget, told };
}

function claimOf(ring: RingGauge | undefined, destinations = 0, tests = 0): MemoryClaim {
  return { streamId: 's', ring, destinations, tests };
}

/** A ring as large as `mbytes` that has come round, at a message for each step. */
function settledRing(mbytes: number): RingGauge {
  const memory = createRingMemory({ dataBytes: mbytes * MIB, dataBytesMax: 64 * MIB, windowMs: 1 });
  const writer = new RingWriter(memory);
  const piece = Buffer.alloc(MIB / 2);
  for (let at = 0; at < 2 * mbytes + 1; at += 1) writer.append(9, at * 1000, 0, piece);
  return new RingGauge(memory);
}

describe('the budget of memory', () => {
  it('counts what a test destination keeps to be looked at', () => {
    const { budget } = budgetOf(100);
    const without = budget.leftBytes([claimOf(undefined, 1)]);
    expect(without - budget.leftBytes([claimOf(undefined, 1, 1)])).toBe(MEMORY_SUM.testBytes);
  });

  it('lets in a broadcast that fits to the byte, and refuses one of a destination more', () => {
    const destinations = 10;
    const needed = streamBytes + ringExpectedBytes + destinations * destinationBytes;
    const { budget } = budgetOf(needed / MIB);
    expect(budget.leftBytes([])).toBe(needed);
    expect(budget.refusal([], destinations)).toBeUndefined();
    expect(budget.refusal([], destinations + 1)).toEqual({
      admitted: false,
      code: 'NetStream.Publish.BadName',
      description: 'This server has no memory left for another live stream. Try again later.',
      cause: 'needs 13 MB, and 13 MB are left of 303 MB with 0 live (RELAY_MEMORY_MBYTES)',
    });
  });

  it('counts a ring as expected until it has come round, and then as it is', () => {
    const { budget } = budgetOf(100);
    const leftWith = (claim: MemoryClaim) => budget.leftBytes([]) - budget.leftBytes([claim]);
    const expected = streamBytes + ringExpectedBytes;
    expect(leftWith(claimOf(undefined))).toBe(expected);
    expect(leftWith(claimOf(new RingGauge(budget.openRing())))).toBe(expected);
    expect(leftWith(claimOf(settledRing(4)))).toBe(streamBytes + 4 * MIB);
    expect(leftWith(claimOf(settledRing(20), 3))).toBe(
      streamBytes + 20 * MIB + 3 * destinationBytes,
    );
  });

  it('promises what is left to all rings together, and never more', () => {
    const { budget } = budgetOf(100);
    const memories = Array.from({ length: 4 }, () => budget.openRing());
    const claims = memories.map((memory) => claimOf(new RingGauge(memory)));
    budget.shareOut(claims);
    const left = budget.leftBytes(claims);
    expect(left).toBe(100 * MIB - 4 * (streamBytes + ringExpectedBytes));
    for (const memory of memories) {
      const writer = new RingWriter(memory);
      for (let at = 0; at < 100; at += 1) writer.append(9, at, 0, Buffer.alloc(MIB / 2));
    }
    // 14 MiB of the 56 that are left, in whole steps, beside the 9 that were expected.
    expect(claims.map(({ ring }) => ring?.dataBytes)).toEqual(Array(4).fill(23 * MIB));
    expect(budget.leftBytes(claims)).toBe(0);
  });

  it('tells once of a ring that stays shorter than its window', () => {
    const { budget, told } = budgetOf(12);
    const memory = budget.openRing();
    const claims = [claimOf(new RingGauge(memory))];
    budget.shareOut(claims);
    const writer = new RingWriter(memory);
    for (let at = 0; at < 15; at += 1) writer.append(9, at, 0, Buffer.alloc(MIB));
    expect(told).toEqual([]);
    budget.shareOut(claims);
    budget.shareOut(claims);
    expect(told).toEqual([
      {
        message: 'a ring holds less than its window: the memory is used up',
        streamId: 's',
        ringMbytes: 10,
        leftMbytes: 0,
        budgetMbytes: 302,
        live: 1,
      },
    ]);
  });

  it('never takes back what a ring has, when more is used than there is', () => {
    const { budget } = budgetOf(5);
    const ring = settledRing(20);
    budget.shareOut([claimOf(ring)]);
    expect(ring.dataBytes).toBe(20 * MIB);
    expect(budget.leftBytes([claimOf(ring)])).toBeLessThan(0);
    expect(budget.refusal([claimOf(ring)], 0)?.cause).toContain('0 MB are left');
  });

  it('is a share of what the process may use, within its limits', () => {
    const mbytes = memoryMbytesDefault();
    expect(mbytes).toBeGreaterThanOrEqual(MEMORY_MBYTES_MIN);
    expect(mbytes).toBeLessThanOrEqual(MEMORY_MBYTES_MAX);
  });
});
