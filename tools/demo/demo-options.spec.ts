import { describe, expect, it } from 'vitest';
import { readDemoSeconds } from './demo-options.ts';

describe('how long the demo runs', () => {
  it('is 30 s without a terminal, and until Ctrl-C in one', () => {
    expect(readDemoSeconds([], false)).toBe(30);
    expect(readDemoSeconds([], true)).toBeUndefined();
  });

  it('is what --seconds says, from 1 to 86400', () => {
    expect(readDemoSeconds(['--seconds', '1'], true)).toBe(1);
    expect(readDemoSeconds(['--seconds=86400'], false)).toBe(86_400);
    for (const wrong of ['0', '86401', '1.5', 'long', '']) {
      expect(() => readDemoSeconds([`--seconds=${wrong}`], false)).toThrow('--seconds');
    }
  });

  it('is refused with an unknown option', () => {
    expect(() => readDemoSeconds(['--minutes', '1'], false)).toThrow('--minutes');
  });
});
