import { describe, expect, it } from 'vitest';
import { agoWords, clockWords, dayWords, momentWords } from './time-words.ts';

describe('how long ago', () => {
  it.each([
    [-3_000, 'just now'],
    [4_999, 'just now'],
    [5_000, '5 s ago'],
    [99_999, '99 s ago'],
    [100_000, '1 min ago'],
    [7_199_999, '119 min ago'],
    [7_200_000, '2 h ago'],
    [172_799_999, '47 h ago'],
    [172_800_000, '2 days ago'],
  ])('%i ms is %s', (ms, words) => {
    expect(agoWords(ms)).toBe(words);
  });
});

describe('a moment', () => {
  const at = '2026-03-29T00:59:59.000Z';

  it('is said in the zone of who looks, also in the night of a changed clock', () => {
    expect(clockWords(at, 'Europe/Berlin')).toMatch(/1:59:59/);
    expect(clockWords('2026-03-29T01:00:00.000Z', 'Europe/Berlin')).toMatch(/3:00:00/);
    expect(clockWords(at, 'Asia/Kolkata')).toMatch(/6:29:59/);
  });

  it('names its day and its zone', () => {
    expect(momentWords(at, 'Asia/Kolkata')).toMatch(/2026.*6:29:59.*GMT\+5:30/);
  });

  it('is on the day that the viewer has then', () => {
    expect(dayWords('2026-11-21T18:30:00Z', 'Asia/Kolkata')).toContain('22');
  });
});
