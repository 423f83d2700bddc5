import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  assert,
  AssertionError,
  CodedError,
  Secret,
  sentenceOf,
  systemClock,
  systemTimers,
  unreachable,
} from './index.ts';

describe('assert', () => {
  it('passes what is true and throws the belief that is not', () => {
    expect(() => assert('a'.length === 1, 'one letter is one long')).not.toThrow();
    expect(() => assert(''.length === 1, 'no letter is one long')).toThrow(
      new AssertionError('no letter is one long'),
    );
  });

  it('names the case that no switch foresaw', () => {
    expect(() => unreachable('surprise' as never)).toThrow('"surprise"');
  });
});

describe('Secret', () => {
  const secret = new Secret('live_1234567890_abcd');

  it('prints a mask however it is printed', () => {
    expect(String(secret)).toBe('***');
    expect(secret.toString()).toBe('***');
    expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
    expect(inspect({ secret }, { depth: 5 })).not.toContain('live_');
    expect(Object.keys(secret)).toEqual([]);
  });

  it('gives its value only when asked', () => {
    expect(secret.reveal()).toBe('live_1234567890_abcd');
  });

  it('hints at its end, unless that were half of it', () => {
    expect(secret.hint()).toBe('abcd');
    expect(new Secret('12345678').hint()).toBe('5678');
    expect(new Secret('1234567').hint()).toBe('');
  });
});

describe('CodedError', () => {
  it('carries a stable code, a sentence and its cause', () => {
    const cause = new Error('below');
    const error = new CodedError('DISK_FULL', 'The disk is full.', { cause });
    expect(error).toMatchObject({ code: 'DISK_FULL', message: 'The disk is full.', cause });
  });

  it('finds the sentence of whatever was thrown', () => {
    expect(sentenceOf(new Error('why'))).toBe('why');
    expect(sentenceOf('text')).toBe('text');
  });
});

describe('the system’s ports', () => {
  it('never go back in time', () => {
    let last = systemClock.monotonicMs();
    for (let look = 0; look < 1_000; look += 1) {
      const now = systemClock.monotonicMs();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });

  it('call a task once, and not at all once it is cancelled', async () => {
    const called: string[] = [];
    const cancel = systemTimers.after(0, () => called.push('cancelled'));
    cancel();
    await new Promise<void>((resolve) => {
      systemTimers.after(1, () => {
        called.push('kept');
        resolve();
      });
    });
    cancel();
    expect(called).toEqual(['kept']);
  });
});
