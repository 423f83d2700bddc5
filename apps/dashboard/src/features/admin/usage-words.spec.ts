import { describe, expect, it } from 'vitest';
import { bytesWords, figuresOf, quotaWords } from './usage-words.ts';

const none = { streamsMax: null, destinationsMax: null, outKbpsMax: null, relayMinutesMax: null };

describe('the words of use and quotas', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_234_567_890, '1.2 GB'],
    [5e18, '5,000 PB'],
  ])('say %d bytes as %s', (bytes, words) => {
    expect(bytesWords(bytes)).toBe(words);
  });

  it('name the limits that there are', () => {
    expect(quotaWords(none)).toBe('No limits');
    expect(quotaWords({ ...none, streamsMax: 0, outKbpsMax: 20_000 })).toBe(
      'At most 0 streams, 20,000 kbit/s out',
    );
  });

  it('set what is used against what may be', () => {
    const month = {
      name: '2026-11',
      relayMinutes: 90,
      relayMinutesLeft: 10,
      bytesOut: 1_500,
      outKbpsPeak: 6_000,
    };
    const quota = { ...none, relayMinutesMax: 100 };
    const figures = figuresOf({ quota, streams: 1, destinations: 2, month, days: [] });
    expect(figures.map(({ words }) => words)).toEqual([
      '1, no limit',
      '2, no limit',
      '90 of 100',
      '6,000 kbit/s, no limit',
      '1.5 kB',
    ]);
  });
});
