import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { REFUSED_PUBLISHES_MAX, RefusedPublishes } from './refused-publishes.ts';

function scene() {
  const time = new FakeTime();
  const refused = new RefusedPublishes(time);
  const addresses = () => refused.newest.map(({ address }) => address);
  return { time, refused, addresses };
}

describe('encoders that were sent away', () => {
  it('are told of with time, address and reason, the newest first', () => {
    const { time, refused } = scene();
    refused.note('192.168.1.5', 'wrong-key');
    time.advance(1_000);
    refused.note('192.168.1.6', 'refused');
    expect(refused.newest).toEqual([
      { at: '2026-01-01T00:00:01.000Z', address: '192.168.1.6', reason: 'refused' },
      { at: '2026-01-01T00:00:00.000Z', address: '192.168.1.5', reason: 'wrong-key' },
    ]);
  });

  it('that try again and again are one', () => {
    const { time, refused } = scene();
    refused.note('192.168.1.5', 'wrong-key');
    refused.note('192.168.1.6', 'wrong-key');
    refused.note('192.168.1.5', 'blocked');
    time.advance(1_000);
    refused.note('192.168.1.5', 'wrong-key');
    expect(refused.newest.map(({ address, reason }) => `${address} ${reason}`)).toEqual([
      '192.168.1.5 wrong-key',
      '192.168.1.5 blocked',
      '192.168.1.6 wrong-key',
    ]);
    expect(refused.newest[0]?.at).toBe('2026-01-01T00:00:01.000Z');
  });

  it('are so many at most', () => {
    const { refused, addresses } = scene();
    const all = Array.from({ length: REFUSED_PUBLISHES_MAX }, (_, host) => `10.0.0.${host}`);
    for (const address of all) refused.note(address, 'wrong-key');
    expect(addresses()).toEqual(all.toReversed());
    refused.note('10.0.0.9', 'wrong-key');
    expect(addresses()).toEqual(['10.0.0.9', ...all.slice(1).toReversed()]);
  });
});
