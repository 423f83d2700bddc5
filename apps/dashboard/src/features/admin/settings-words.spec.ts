import { describe, expect, it } from 'vitest';
import { settingWords } from './settings-words.ts';

describe('a setting', () => {
  it('is said as it is, and of a secret only that there is one', () => {
    expect(settingWords({ value: '9000', isHidden: false })).toBe('9000');
    expect(settingWords({ value: 'set', isHidden: true })).toBe('Set, and shown to nobody');
    expect(settingWords({ value: null, isHidden: true })).toBe('Not set');
    expect(settingWords({ value: null, isHidden: false })).toBe('Not set');
  });
});
