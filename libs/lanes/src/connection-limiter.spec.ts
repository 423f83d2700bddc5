import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { ConnectionLimiter } from './connection-limiter.ts';
import { LANE_LIMITS } from './settings.ts';

/** Let in: what it is answered releases it. */
const RELEASE = expect.any(Function) as unknown;

function release(answer: ReturnType<ConnectionLimiter['admit']> | undefined): void {
  if (typeof answer === 'function') answer();
}

describe('ConnectionLimiter', () => {
  it('admits one address up to its limit, and again once one has been released', () => {
    const limiter = new ConnectionLimiter(new FakeTime());
    const releases = Array.from({ length: LANE_LIMITS.pendingPerAddress }, () =>
      limiter.admit('192.0.2.1'),
    );
    expect(releases).toEqual(releases.map(() => RELEASE));
    expect(limiter.admit('192.0.2.1')).toBe('pending');
    expect(limiter.admit('192.0.2.2')).toEqual(RELEASE);
    release(releases[0]);
    expect(limiter.admit('192.0.2.1')).toEqual(RELEASE);
    expect(limiter.admit('192.0.2.1')).toBe('pending');
  });

  it('admits all addresses together up to the limit of the lane', () => {
    const limiter = new ConnectionLimiter(new FakeTime());
    const releases = Array.from({ length: LANE_LIMITS.pendingConnections }, (_, n) =>
      limiter.admit(`198.51.100.${n}`),
    );
    expect(releases).toEqual(releases.map(() => RELEASE));
    expect(limiter.admit('203.0.113.1')).toBe('pending');
    release(releases[0]);
    expect(limiter.admit('203.0.113.1')).toEqual(RELEASE);
  });

  it('admits fewer where it is told so, of which one address has half', () => {
    const limiter = new ConnectionLimiter(new FakeTime(), 5);
    const answers = (address: string) =>
      Array.from({ length: 4 }, () => typeof limiter.admit(address));
    expect(answers('192.0.2.1')).toEqual(['function', 'function', 'function', 'string']);
    expect(answers('192.0.2.2')).toEqual(['function', 'function', 'string', 'string']);
  });

  it('keeps a blocked address out until its time is over, and no other', () => {
    const time = new FakeTime();
    const limiter = new ConnectionLimiter(time);
    limiter.block('192.0.2.1', 60_000);
    time.advance(59_999);
    expect(limiter.admit('192.0.2.1')).toBe('blocked');
    // As it is called where it comes over a socket of IPv6.
    expect(limiter.admit('::ffff:192.0.2.1')).toBe('blocked');
    expect(limiter.admit('192.0.2.2')).toEqual(RELEASE);
    time.advance(1);
    expect(limiter.admit('192.0.2.1')).toEqual(RELEASE);
  });

  it('counts a connection that is released twice as one', () => {
    const limiter = new ConnectionLimiter(new FakeTime());
    const first = limiter.admit('192.0.2.1');
    for (let n = 1; n < LANE_LIMITS.pendingPerAddress; n += 1) limiter.admit('192.0.2.1');
    release(first);
    release(first);
    expect(limiter.admit('192.0.2.1')).toEqual(RELEASE);
    expect(limiter.admit('192.0.2.1')).toBe('pending');
  });

  it('counts all addresses of one network of IPv6 as one', () => {
    const limiter = new ConnectionLimiter(new FakeTime());
    const { pendingPerAddress } = LANE_LIMITS;
    const releases = Array.from({ length: pendingPerAddress }, (_, n) =>
      limiter.admit(`2001:db8:1:2::${(n + 1).toString(16)}`),
    );
    expect(releases).toEqual(releases.map(() => RELEASE));
    expect(limiter.admit('2001:db8:1:2:ffff::1')).toBe('pending');
    expect(limiter.admit('2001:db8:1:3::1')).toEqual(RELEASE);
    release(releases[0]);
    expect(limiter.admit('2001:db8:1:2:ffff::1')).toEqual(RELEASE);
  });

  describe('of connections that come and go', () => {
    const { connectionsAtOncePerAddress: burst, connectionsPerMinutePerAddress } = LANE_LIMITS;
    const admitted = (limiter: ConnectionLimiter, address: string, tries: number): number => {
      const answers = Array.from({ length: tries }, () => {
        const answer = limiter.admit(address);
        release(answer);
        return answer;
      });
      return answers.filter((answer) => typeof answer === 'function').length;
    };

    it('admits all encoders of a large studio at once, and not one more', () => {
      const limiter = new ConnectionLimiter(new FakeTime());
      expect(admitted(limiter, '192.0.2.1', burst)).toBe(burst);
      expect(limiter.admit('192.0.2.1')).toBe('frequent');
      expect(limiter.admit('192.0.2.2')).toEqual(RELEASE);
    });

    it('admits one address for ever at its rate, however often it tries', () => {
      const time = new FakeTime();
      const limiter = new ConnectionLimiter(time);
      admitted(limiter, '192.0.2.1', burst);
      for (let second = 1; second <= 60; second += 1) {
        time.advance(1_000);
        const perSecond = connectionsPerMinutePerAddress / 60;
        expect(admitted(limiter, '192.0.2.1', 100)).toBe(perSecond);
      }
    });
  });
});
