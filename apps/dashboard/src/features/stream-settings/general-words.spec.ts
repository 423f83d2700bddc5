import { describe, expect, it } from 'vitest';
import { changesOf } from './general-words.ts';
import type { General } from './general-words.ts';

const before: General = {
  name: 'Friday show',
  graceSeconds: 60,
  endOnUnpublish: false,
  takeover: 'takeover',
};

describe('what somebody else has changed', () => {
  it('is nothing when it was something that is not in the form', () => {
    expect(changesOf(before, { ...before })).toEqual([]);
  });

  it.each<[Partial<General>, string]>([
    [{ name: 'Late show' }, 'Its name is “Late show”.'],
    [{ graceSeconds: 0 }, 'A lost encoder is waited for 0 s.'],
    [{ endOnUnpublish: true }, 'It ends at once when the encoder stops the stream.'],
    [{ takeover: 'reject' }, 'A second encoder with the same key: it is refused.'],
  ])('is said in words: %o', (change, words) => {
    expect(changesOf(before, { ...before, ...change })).toEqual([words]);
  });

  it('is said of each', () => {
    const after: General = {
      name: 'Late show',
      graceSeconds: 5,
      endOnUnpublish: true,
      takeover: 'backup',
    };
    expect(changesOf(before, after)).toHaveLength(4);
    expect(changesOf(after, before)).toContain(
      'It does not end at once when the encoder stops the stream.',
    );
  });
});
