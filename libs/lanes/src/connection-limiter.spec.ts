import { describe, expect, it } from 'vitest';
import { ConnectionLimiter } from './connection-limiter.ts';
import { LANE_LIMITS } from './settings.ts';

describe('ConnectionLimiter', () => {
  it('admits one address up to its limit, and again once one has been released', () => {
    const limiter = new ConnectionLimiter();
    for (let n = 0; n < LANE_LIMITS.pendingPerAddress; n += 1) {
      expect(limiter.admit('192.0.2.1')).toBe(true);
    }
    expect(limiter.admit('192.0.2.1')).toBe(false);
    expect(limiter.admit('192.0.2.2')).toBe(true);
    limiter.release('192.0.2.1');
    expect(limiter.admit('192.0.2.1')).toBe(true);
    expect(limiter.admit('192.0.2.1')).toBe(false);
  });

  it('admits all addresses together up to the limit of the lane', () => {
    const limiter = new ConnectionLimiter();
    for (let n = 0; n < LANE_LIMITS.pendingConnections; n += 1) {
      expect(limiter.admit(`198.51.100.${n}`)).toBe(true);
    }
    expect(limiter.admit('203.0.113.1')).toBe(false);
    limiter.release('198.51.100.0');
    expect(limiter.admit('203.0.113.1')).toBe(true);
  });

  it('counts a release of something unknown as nothing', () => {
    const limiter = new ConnectionLimiter();
    limiter.release('192.0.2.1');
    for (let n = 0; n < LANE_LIMITS.pendingPerAddress; n += 1) limiter.admit('192.0.2.1');
    expect(limiter.admit('192.0.2.1')).toBe(false);
  });
});
