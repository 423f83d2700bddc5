import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_PIECE_CHARACTERS, withoutKey } from './hidden-key.ts';

const KEY = 'live_4711_AbCdEf?bandwidthtest=true&sign=ä/+';

describe('withoutKey', () => {
  it.each([
    ['whole', `no ${KEY} here`, 'no *** here'],
    ['without its query', 'no live_4711_AbCdEf here', 'no *** here'],
    ['percent encoded', `no ${encodeURIComponent(KEY)} here`, 'no *** here'],
    ['as part of a URL', `no ${encodeURI(KEY)} here`, 'no *** here'],
    ['cut at its end', 'no live_4711_A here', 'no *** here'],
    ['cut at its beginning', 'no 711_AbCdEf here', 'no *** here'],
    ['twice', `${KEY}${KEY}`, '***'],
  ])('hides a key that is repeated %s', (_how, text, shown) => {
    expect(withoutKey(text, KEY).replace(/(?:\*\*\*)+/g, '***')).toBe(shown);
  });

  it('hides a piece at its edge, and none that is shorter', () => {
    const piece = KEY.slice(3, 3 + KEY_PIECE_CHARACTERS);
    expect(withoutKey(`x ${piece} y`, KEY)).toBe('x *** y');
    expect(withoutKey(`x ${piece.slice(1)} y`, KEY)).toBe(`x ${piece.slice(1)} y`);
  });

  it('hides a short key where it stands, and leaves other words', () => {
    expect(withoutKey('no such stream: abc', 'abc')).toBe('no such stream: ***');
    expect(withoutKey('no such stream', '')).toBe('no such stream');
  });

  it('shows no piece of any key in any words', () => {
    const key = fc.string({ minLength: KEY_PIECE_CHARACTERS, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(key, fc.array(fc.string()), fc.nat(), (secret, words, cut) => {
        fc.pre(!secret.includes('*'));
        const text = [...words, secret.slice(cut % secret.length), secret].join(secret);
        const shown = withoutKey(text, secret);
        for (let at = 0; at + KEY_PIECE_CHARACTERS <= secret.length; at += 1) {
          expect(shown).not.toContain(secret.slice(at, at + KEY_PIECE_CHARACTERS));
        }
      }),
    );
  });
});
