import { describe, expect, it } from 'vitest';
import { askedOf, periodOf, withChoice } from './history-query.ts';

describe('an address of the history', () => {
  it.each([
    ['', { streamId: undefined, days: 30 }, ''],
    ['days=7', { streamId: undefined, days: 7 }, '7'],
    ['days=all&stream=one', { streamId: 'one', days: undefined }, 'all'],
    ['days=-1&stream=', { streamId: undefined, days: 30 }, ''],
    ['days=1e9', { streamId: undefined, days: 30 }, ''],
  ])('%j asks for %j', (text, asked, period) => {
    expect(askedOf(new URLSearchParams(text))).toEqual(asked);
    expect(periodOf(asked)).toBe(period);
  });

  it('says only what is not usual', () => {
    const query = new URLSearchParams('days=7&stream=one');
    expect(withChoice(query, 'days', '').toString()).toBe('stream=one');
    expect(withChoice(query, 'stream', 'two').toString()).toBe('days=7&stream=two');
  });
});
