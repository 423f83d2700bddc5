import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { FAILED_KEY_LIMITS, FailedKeys } from './failed-keys.ts';

const { keys, windowMs, blockMs, delayMs, trustMs, addresses } = FAILED_KEY_LIMITS;
const THERE = '192.0.2.7';

function scene(chance = () => 0) {
  const time = new FakeTime();
  const failed = new FailedKeys(time, chance);
  const guess = (times: number, address = THERE, name = 'key') =>
    Array.from({ length: times }, (_, n) => failed.failed(address, `${name}${n}`)).at(-1);
  return { time, failed, guess };
}

describe('whoever guesses at keys', () => {
  it('is blocked with one key more than allowed, not before', () => {
    const { failed, guess } = scene();
    expect(guess(keys)).toMatchObject({ blockMs: 0 });
    expect(failed.isBlocked(THERE)).toBe(false);
    expect(failed.failed(THERE, 'one more')).toMatchObject({ blockMs });
    expect(failed.isBlocked(THERE)).toBe(true);
    expect(failed.isBlocked('192.0.2.8')).toBe(false);
  });

  it('is heard again when its time is over', () => {
    const { time, failed, guess } = scene();
    guess(keys + 1);
    time.advance(blockMs - 1);
    expect(failed.isBlocked(THERE)).toBe(true);
    time.advance(1);
    expect(failed.isBlocked(THERE)).toBe(false);
    expect(failed.failed(THERE, 'again')).toMatchObject({ blockMs: 0 });
  });

  it('may guess slowly', () => {
    const { time, guess } = scene();
    guess(keys);
    time.advance(windowMs - 1);
    expect(guess(1, THERE, 'in the window')).toMatchObject({ blockMs });
    const other = scene();
    other.guess(keys);
    other.time.advance(windowMs);
    expect(other.guess(1, THERE, 'in the next')).toMatchObject({ blockMs: 0 });
  });

  it('is one, wherever in its network of IPv6 it speaks from', () => {
    const { failed } = scene();
    for (let n = 0; n <= keys; n += 1) failed.failed(`2001:db8:0:1::${n.toString(16)}`, `key${n}`);
    expect(failed.isBlocked('2001:db8:0:1:ffff::')).toBe(true);
    expect(failed.isBlocked('2001:db8:0:2::')).toBe(false);
  });

  it('waits for its answer, each time for another while', () => {
    expect(scene(() => 0).guess(1)).toMatchObject({ delayMs: 0 });
    expect(scene(() => 0.999_999).guess(1)).toMatchObject({ delayMs });
  });
});

describe('an address with an encoder', () => {
  it('that tries one wrong key for ever is not blocked', () => {
    const { failed } = scene();
    for (let times = 0; times < 1_000; times += 1) failed.failed(THERE, 'an old key');
    expect(failed.isBlocked(THERE)).toBe(false);
  });

  it('that was let in is not blocked, for ten minutes', () => {
    const { time, failed, guess } = scene();
    failed.succeeded(THERE);
    expect(guess(keys * 3)).toMatchObject({ blockMs: 0 });
    time.advance(trustMs - 1);
    expect(guess(keys * 3)).toMatchObject({ blockMs: 0 });
    time.advance(1);
    expect(guess(1, THERE, 'later')).toMatchObject({ blockMs });
  });
});

describe('many addresses', () => {
  it('are remembered up to a limit', () => {
    const { failed, guess } = scene();
    guess(keys);
    for (let n = 1; n < addresses; n += 1) failed.failed(`10.${n >> 16}.${n >> 8}.${n & 255}`, 'k');
    expect(failed.failed(THERE, 'one more')).toMatchObject({ blockMs });
    const other = scene();
    other.guess(keys);
    for (let n = 0; n < addresses; n += 1) {
      other.failed.failed(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 'k');
    }
    expect(other.failed.failed(THERE, 'one more')).toMatchObject({ blockMs: 0 });
  });
});
