import { describe, expect, it } from 'vitest';
import { RateWindow } from './rate-window.ts';

describe('a rate window', () => {
  it('says nothing before its first second is over', () => {
    const window = new RateWindow(10_000);
    window.add(10_500, 700);
    expect(window.perSecond(10_999)).toBe(0);
    expect(window.perSecond(11_000)).toBe(700);
  });

  it('averages the last five whole seconds', () => {
    const window = new RateWindow(0);
    for (let second = 0; second < 20; second += 1) window.add(second * 1000, second);
    expect(window.perSecond(20_000)).toBe((15 + 16 + 17 + 18 + 19) / 5);
  });

  it('falls to 0 when nothing comes, for however long', () => {
    const window = new RateWindow(0);
    window.add(500, 100);
    expect(window.perSecond(5999)).toBe(20);
    expect(window.perSecond(6000)).toBe(0);
    window.add(6500, 100);
    expect(window.perSecond(86_400_000)).toBe(0);
  });
});
