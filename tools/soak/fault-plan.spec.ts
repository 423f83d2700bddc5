import { describe, expect, it } from 'vitest';
import { FAULT_NAMES, faultKind } from './fault-kinds.ts';
import { planFaults, PROCESS_KILLS_UNTIL } from './fault-plan.ts';
import type { PlannedFault } from './fault-plan.ts';

const HOUR_MS = 3_600_000;
const destinations = ['destination 1.3', 'destination 1.4', 'destination 2.3', 'destination 2.4'];
const streams = ['stream 1', 'stream 2'];

const plan = (seed: number, durationMs = HOUR_MS) =>
  planFaults({ seed, durationMs, destinations, streams });

const endMs = ({ name, atMs, forMs }: PlannedFault) =>
  atMs + forMs + faultKind(name).settleSeconds * 1_000;

describe('the plan of an hour of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan(7)).toEqual(plan(7));
    expect(plan(8)).not.toEqual(plan(7));
  });

  it.each([1, 2, 3])('with seed %i has every kind of fault in it', (seed) => {
    const names = new Set(plan(seed).map(({ name }) => name));
    expect(FAULT_NAMES.filter((name) => !names.has(name))).toEqual([]);
  });

  it('has a fault every 5 to 20 s, numbered in their order', () => {
    const faults = plan(3);
    expect(faults.length).toBeGreaterThan(HOUR_MS / 20_000);
    expect(faults.map(({ number }) => number)).toEqual(faults.map((_, index) => index + 1));
    for (const [index, { atMs }] of faults.slice(1).entries()) {
      expect(atMs - faults[index]!.atMs).toBeGreaterThanOrEqual(5_000);
    }
  });

  it('lets a target come to rest before its next fault', () => {
    for (const target of [...destinations, ...streams, 'house', 'door']) {
      const own = plan(11).filter((fault) => fault.target === target);
      for (const [index, fault] of own.slice(1).entries()) {
        expect(fault.atMs).toBeGreaterThanOrEqual(endMs(own[index]!));
      }
    }
  });

  it('keeps each to its bounds of time, and to what it may befall', () => {
    for (const { name, forMs, target } of plan(5)) {
      const { secondsMin, secondsMax, place } = faultKind(name);
      expect(forMs).toBeGreaterThanOrEqual(secondsMin * 1_000);
      expect(forMs).toBeLessThanOrEqual(secondsMax * 1_000);
      expect(target.startsWith(place)).toBe(true);
    }
  });

  it('is at rest at its beginning and at its end', () => {
    const faults = plan(9);
    expect(faults[0]!.atMs).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...faults.map(endMs))).toBeLessThanOrEqual(HOUR_MS - 180_000);
  });

  it('kills no process in the part whose memory is judged', () => {
    const kills = plan(13).filter(({ name }) => faultKind(name).startsProcess === true);
    expect(kills.length).toBeGreaterThan(3);
    for (const { atMs } of kills) expect(atMs).toBeLessThanOrEqual(HOUR_MS * PROCESS_KILLS_UNTIL);
  });

  it('fits into three minutes as well', () => {
    const faults = plan(1, 180_000);
    expect(faults.length).toBeGreaterThan(5);
    expect(Math.max(...faults.map(endMs))).toBeLessThanOrEqual(162_000);
  });
});
