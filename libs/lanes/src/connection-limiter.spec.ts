import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { ConnectionLimiter } from './connection-limiter.ts';
import { LANE_LIMITS } from './settings.ts';

describe('ConnectionLimiter', () => {
  it('admits one address up to its limit, and again once one has been released', () => {
    const limiter = new ConnectionLimiter(new FakeTime());
    const releases = Array.from({ length: LANE_LIMITS.pendingPerAddress }, () =>
      limiter.admit('192.0.2.1'),
    );
    expect(releases).not.toContain(undefined);
    expect(limiter.admit('192.0.2.1')).toBeUndefined();
    expect(limiter.admit('192.0.2.2')).toBeDefined();
    releases[0]?.();
    expect(limiter.admit('192.0.2.1')).toBeDefined();
    expect(limiter.admit('192.0.2.1')).toBeUndefined();
  });

  it('admits all addresses together up to the limit of the lane', () => {
    const limiter = new ConnectionLimiter(new FakeTime());
    const releases = Array.from({ length: LANE_LIMITS.pendingConnections }, (_, n) =>
      limiter.admit(`198.51.100.${n}`),
    );
    expect(releases).not.toContain(undefined);
    expect(limiter.admit('203.0.113.1')).toBeUndefined();
    releases[0]?.();
    expect(limiter.admit('203.0.113.1')).toBeDefined();
  });

  it('keeps a blocked address out until its time is over, and no other', () => {
    const time = new FakeTime();
    const limiter = new ConnectionLimiter(time);
    limiter.block('192.0.2.1', 60_000);
    time.advance(59_999);
    expect(limiter.admit('192.0.2.1')).toBeUndefined();
    // As it is called where it comes over a socket of IPv6.
    expect(limiter.admit('::ffff:192.0.2.1')).toBeUndefined();
    expect(limiter.admit('192.0.2.2')).toBeDefined();
    time.advance(1);
    expect(limiter.admit('192.0.2.1')).toBeDefined();
  });

  it('counts a connection that is released twice as one', () => {
    const limiter = new ConnectionLimiter(new FakeTime());
    const release = limiter.admit('192.0.2.1');
    for (let n = 1; n < LANE_LIMITS.pendingPerAddress; n += 1) limiter.admit('192.0.2.1');
    release?.();
    release?.();
    expect(limiter.admit('192.0.2.1')).toBeDefined();
    expect(limiter.admit('192.0.2.1')).toBeUndefined();
  });
});
