import { describe, expect, it } from 'vitest';
import { HELD_BACK_MS_MAX, Standstill, STOOD_STILL_MS } from './standstill.ts';

function standing() {
  const told: number[] = [];
  return { told, standstill: new Standstill(1_000, (forMs) => told.push(forMs)) };
}

describe('a lane that stood still', () => {
  it('writes nothing until it is told to go on', () => {
    const { told, standstill } = standing();
    const wokenAtMs = 1_000 + STOOD_STILL_MS + 1;
    expect(standstill.mayWrite(wokenAtMs)).toBe(false);
    expect(told).toEqual([STOOD_STILL_MS + 1]);
    expect(standstill.mayWrite(wokenAtMs + 1)).toBe(false);
    standstill.goOn();
    expect(standstill.mayWrite(wokenAtMs + 2)).toBe(true);
    expect(told).toHaveLength(1);
  });

  it('is not one that stood still for as long as a claim outlasts', () => {
    const { told, standstill } = standing();
    for (let looks = 1; looks <= 3; looks += 1) {
      expect(standstill.mayWrite(1_000 + looks * STOOD_STILL_MS)).toBe(true);
    }
    expect(told).toEqual([]);
  });

  it('goes on by itself when nobody answers for two seconds', () => {
    const { standstill } = standing();
    const wokenAtMs = 20_000;
    expect(standstill.mayWrite(wokenAtMs)).toBe(false);
    expect(standstill.mayWrite(wokenAtMs + HELD_BACK_MS_MAX)).toBe(false);
    expect(standstill.mayWrite(wokenAtMs + HELD_BACK_MS_MAX + 1)).toBe(true);
  });

  it('asks again each time', () => {
    const { told, standstill } = standing();
    standstill.mayWrite(20_000);
    standstill.goOn();
    expect(standstill.mayWrite(40_000)).toBe(false);
    expect(told).toHaveLength(2);
  });
});
