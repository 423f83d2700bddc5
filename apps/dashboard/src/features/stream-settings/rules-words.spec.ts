import { describe, expect, it } from 'vitest';
import { rangesIn, rulesWords } from './rules-words.ts';

describe('rules about who may publish', () => {
  it('are read as they are pasted: by lines, commas, or both', () => {
    expect(rangesIn(' 203.0.113.0/24\n2001:db8::/32, 192.0.2.7;\n')).toEqual([
      '203.0.113.0/24',
      '2001:db8::/32',
      '192.0.2.7',
    ]);
    expect(rangesIn(' \n ')).toEqual([]);
  });

  it('are said in words', () => {
    expect(rulesWords({ allowedCidrs: [], kbpsMax: null, authorise: null })).toEqual([
      'Encoders may come from everywhere.',
      'Their bitrate has no limit of its own.',
    ]);
    const authorise = { url: 'https://example.com/may-they', fallback: 'refuse' } as const;
    expect(rulesWords({ allowedCidrs: ['192.0.2.7'], kbpsMax: 12_000, authorise })).toEqual([
      'Encoders may come from 192.0.2.7.',
      'One that sends more than 12,000 kbit/s is disconnected.',
      'Your server is asked about each: https://example.com/may-they.',
    ]);
  });
});
