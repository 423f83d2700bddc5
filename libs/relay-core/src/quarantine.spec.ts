import { describe, expect, it } from 'vitest';
import {
  Quarantine,
  QUARANTINE_DEATHS,
  QUARANTINE_MS,
  QUARANTINE_STREAMS_MAX,
  QUARANTINE_WINDOW_MS,
} from './quarantine.ts';

/** What each of these deaths has brought about. */
function deathsAt(quarantine: Quarantine, ...timesMs: number[]): boolean[] {
  return timesMs.map((atMs) => quarantine.died('stream', atMs));
}

describe('a stream whose bytes kill its lane', () => {
  it('is refused from the third time on, and no other with it', () => {
    const quarantine = new Quarantine();
    expect(deathsAt(quarantine, 0, 1)).toEqual([false, false]);
    expect(quarantine.isRefused('stream', 1)).toBe(false);
    expect(deathsAt(quarantine, 2)).toEqual([true]);
    expect(quarantine.isRefused('stream', 2)).toBe(true);
    expect(quarantine.isRefused('another', 2)).toBe(false);
    expect(quarantine.died('another', 3)).toBe(false);
  });

  it('is refused for the third time within a minute, not for one a minute after the first', () => {
    const within = new Quarantine();
    expect(deathsAt(within, 0, 1, QUARANTINE_WINDOW_MS - 1)).toEqual([false, false, true]);
    const past = new Quarantine();
    expect(deathsAt(past, 0, 1, QUARANTINE_WINDOW_MS)).toEqual([false, false, false]);
    expect(deathsAt(past, QUARANTINE_WINDOW_MS)).toEqual([true]);
  });

  it('is let in again five minutes after the last time, with nothing held against it', () => {
    const quarantine = new Quarantine();
    deathsAt(quarantine, 0, 10, 20);
    expect(quarantine.isRefused('stream', 20 + QUARANTINE_MS - 1)).toBe(true);
    expect(quarantine.isRefused('stream', 20 + QUARANTINE_MS)).toBe(false);
    const laterMs = 20 + QUARANTINE_MS;
    expect(deathsAt(quarantine, laterMs, laterMs + 1)).toEqual([false, false]);
  });

  it('is forgotten for as many others as are remembered, and one more', () => {
    const quarantine = new Quarantine();
    deathsAt(quarantine, ...Array.from({ length: QUARANTINE_DEATHS - 1 }, (_, n) => n));
    for (let other = 1; other < QUARANTINE_STREAMS_MAX; other += 1) {
      quarantine.died(`other ${other}`, 5);
    }
    expect(deathsAt(quarantine, 6)).toEqual([true]);
    deathsAt(quarantine, 7, 8);
    for (let other = 0; other < QUARANTINE_STREAMS_MAX; other += 1) {
      quarantine.died(`further ${other}`, 9);
    }
    expect(deathsAt(quarantine, 10)).toEqual([false]);
  });
});
