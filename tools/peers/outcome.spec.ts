import { describe, expect, it } from 'vitest';
import { GREW_BYTES_MIN, judged, seconds } from './outcome.ts';
import type { Seen } from './outcome.ts';

const WELL: Seen = {
  hasDied: false,
  lostFrames: 0,
  faults: [],
  isEncoderCut: false,
  grewBytes: 0,
  answer: { isGood: true, words: 'closed after 5.0 s' },
};

function words(seen: Partial<Seen>): string {
  const { isGood, words: said } = judged(31, 'nginx-rtmp', { ...WELL, ...seen });
  return `${isGood ? 'good' : 'bad'}: ${said}`;
}

describe('what became of a row', () => {
  it('is its own answer where nobody was harmed', () => {
    expect(words({})).toBe('good: closed after 5.0 s');
    expect(words({ answer: { isGood: false, words: 'still open' } })).toBe('bad: still open');
  });

  it('is bad where one frame of the healthy destination is missing', () => {
    expect(words({ lostFrames: 1 })).toMatch(/^bad: loses 1 frame at the healthy destination; /);
    expect(words({ lostFrames: 2 })).toContain('loses 2 frames at');
  });

  it('says of a process that died nothing else', () => {
    expect(words({ hasDied: true, lostFrames: 9, isEncoderCut: true })).toBe(
      'bad: its process died',
    );
  });

  it('says what it died of, where that is known', () => {
    const text = words({ hasDied: true, diedOf: 'RangeError: too far' });
    expect(text).toBe('bad: its process died of RangeError: too far');
  });

  it('names memory at the limit, and not below', () => {
    expect(words({ grewBytes: GREW_BYTES_MIN - 1 })).toMatch(/^good/);
    expect(words({ grewBytes: GREW_BYTES_MIN })).toBe('bad: grows by 64 MB; closed after 5.0 s');
  });

  it('names one of the other faults, and an encoder that was cut', () => {
    const text = words({ faults: ['session 2', 'session 3'] });
    expect(text).toBe('bad: the healthy destination gets session 2; closed after 5.0 s');
    expect(words({ isEncoderCut: true })).toContain('cuts the encoder that did nothing');
  });

  it('is bad without an answer', () => {
    const { answer: _, ...rest } = WELL;
    const { isGood, words: said } = judged(1, 'Forkcast', rest);
    expect([isGood, said]).toEqual([false, 'gives no answer']);
  });

  it.each([
    [3, '100 ms'],
    [449, '400 ms'],
    [949, '900 ms'],
    [950, '0.9 s'],
    [4_321, '4.3 s'],
  ])('%i ms are %s', (ms, text) => {
    expect(seconds(ms)).toBe(text);
  });
});
