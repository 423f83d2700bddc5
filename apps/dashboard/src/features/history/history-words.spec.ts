import { describe, expect, it } from 'vitest';
import { endWords, lengthWords, rangeWords } from './history-words.ts';

describe('how long it lasted', () => {
  it.each([
    [-5, '0 s'],
    [99_499, '99 s'],
    [100_000, '2 min'],
    [3_569_000, '59 min'],
    [3_600_000, '1 h 0 min'],
    [7_980_000, '2 h 13 min'],
    [172_740_000, '47 h 59 min'],
    [172_800_000, '2 d 0 h'],
  ])('%i ms is %s', (ms, words) => {
    expect(lengthWords(ms)).toBe(words);
  });
});

describe('from when to when', () => {
  it('is said in the zone of who looks, also where that changes the day', () => {
    const words = rangeWords('2026-11-21T18:00:00Z', '2026-11-21T20:13:00Z', 'Asia/Kolkata');
    expect(words).toMatch(/21.*11:30.*22.*0?1:43/);
    expect(words).toContain('GMT+5:30');
  });

  it('says a day once, and is not shorter in the night of a changed clock', () => {
    const [from, to] = ['2026-10-25T00:30:00Z', '2026-10-25T02:30:00Z'];
    const words = rangeWords(from, to, 'Europe/Berlin');
    expect(words.match(/2026/g)).toHaveLength(1);
    expect(words).toMatch(/2:30.*3:30/);
    expect(lengthWords(Date.parse(to) - Date.parse(from))).toBe('2 h 0 min');
  });

  it('has no end while it is live', () => {
    expect(rangeWords('2026-11-21T18:00:00Z', null, 'UTC')).toMatch(/2026.*0?6:00.*UTC/);
  });
});

describe('the words', () => {
  it('know why it ended, and show what they do not know', () => {
    expect(endWords('moved')).toBe('another relay took it over');
    expect(endWords('constructor')).toBe('constructor');
  });
});
