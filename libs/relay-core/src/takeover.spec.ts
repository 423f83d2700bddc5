import { describe, expect, it } from 'vitest';
import { isSameNetwork } from './takeover.ts';

describe('the same network', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:DB8:1:2::1', '2001:0db8:1:2:1:2:3:4', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:0:5::', true],
    ['::1', '::2', true],
    ['::1', '1::', false],
    ['', '', false],
  ])('of %s and %s: %s', (one, other, same) => {
    expect(isSameNetwork(one, other)).toBe(same);
  });
});
