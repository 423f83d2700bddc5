import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { RATE_LIMITS, rateClassOf, RateLimits } from './rate-limits.ts';

describe('what a call costs', () => {
  it.each([
    ['GET', '/api/v1/streams', 'read'],
    ['HEAD', '/api/v1/streams/:id/slate', 'read'],
    ['POST', '/api/v1/streams', 'write'],
    ['DELETE', '/api/v1/streams/:id', 'write'],
    ['POST', '/api/v1/destinations/:id/test', 'dear'],
    ['PUT', '/api/v1/streams/:id/slate', 'dear'],
    ['GET', '/api/v1/broadcasts/:id/report', 'dear'],
    ['POST', '/api/v1/invitations', 'dear'],
    ['POST', '/api/v1/password-resets/use', 'dear'],
  ])('%s %s is %s', (method, route, name) => {
    expect(rateClassOf(method, route)).toBe(name);
  });
});

describe('the limits', () => {
  it('let the burst through, and not one more', () => {
    const limits = new RateLimits(new FakeTime(), 100);
    const { burst } = RATE_LIMITS.dear;
    const taken = Array.from({ length: burst + 1 }, () => limits.take('dear', 'a')?.granted);
    expect(taken.indexOf(false)).toBe(burst);
    expect(limits.take('dear', 'b')?.granted).toBe(true);
    expect(limits.take('read', 'a')?.granted).toBe(true);
  });

  it('are none at 0 percent, and never less than one', () => {
    const time = new FakeTime();
    expect(new RateLimits(time, 0).take('read', 'a')).toBeUndefined();
    const least = new RateLimits(time, 1);
    const dear = [1, 2].map(() => least.take('dear', 'a')?.granted);
    expect(dear).toEqual([true, false]);
  });
});
