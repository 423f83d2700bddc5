import { describe, expect, it } from 'vitest';
import { KeyCache, type KeyHolder } from './key-cache.ts';

const holder: KeyHolder = { streamId: 'stream', keyId: 'key', role: 'primary' };

function scene(answer: () => Promise<KeyHolder | undefined>) {
  let nowMs = 0;
  let asked = 0;
  const cache = new KeyCache(
    () => {
      asked += 1;
      return answer();
    },
    { monotonicMs: () => nowMs, wallMs: () => 0 },
  );
  return {
    cache,
    pass: (ms: number) => {
      nowMs += ms;
    },
    asked: () => asked,
  };
}

describe('KeyCache', () => {
  it('asks once for a key that is used again within two seconds', async () => {
    const { cache, pass, asked } = scene(() => Promise.resolve(holder));
    await cache.holderOf('a');
    pass(2_000);
    expect(await cache.holderOf('a')).toEqual(holder);
    expect(asked()).toBe(1);
    pass(1);
    await cache.holderOf('a');
    expect(asked()).toBe(2);
  });

  it('does not remember a wrong key', async () => {
    const { cache, asked } = scene(() => Promise.resolve(undefined));
    expect(await cache.holderOf('wrong')).toBeUndefined();
    expect(await cache.holderOf('wrong')).toBeUndefined();
    expect(asked()).toBe(2);
  });

  it('forgets a key as soon as the database says it is no longer valid', async () => {
    let valid = true;
    let away = false;
    const { cache, pass } = scene(() => {
      if (away) return Promise.reject(new Error('away'));
      return Promise.resolve(valid ? holder : undefined);
    });
    await cache.holderOf('a');
    pass(2_001);
    valid = false;
    expect(await cache.holderOf('a')).toBeUndefined();
    away = true;
    await expect(cache.holderOf('a')).rejects.toThrow('away');
  });

  it('lets a known key in for ten minutes while the database is away, not longer', async () => {
    let away = false;
    const { cache, pass } = scene(() =>
      away ? Promise.reject(new Error('away')) : Promise.resolve(holder),
    );
    await cache.holderOf('a');
    away = true;
    pass(600_000);
    expect(await cache.holderOf('a')).toEqual(holder);
    pass(1);
    await expect(cache.holderOf('a')).rejects.toThrow('away');
    await expect(cache.holderOf('unknown')).rejects.toThrow('away');
  });
});
