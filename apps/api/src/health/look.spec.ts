import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { lookAt, PART_MS_MAX } from './look.ts';

const failed = { ok: false, ms: null, value: null };

describe('a look at a part', () => {
  it('tells what it says, and how long it took', async () => {
    const time = new FakeTime();
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = lookAt(() => promise, { clock: time, timers: time });
    time.advance(PART_MS_MAX - 1);
    resolve('well');
    expect(await look).toEqual({ ok: true, ms: PART_MS_MAX - 1, detail: null, value: 'well' });
    expect(time.waiting).toBe(0);
  });

  it('does not wait for one that says nothing', async () => {
    const time = new FakeTime();
    const look = lookAt(() => new Promise(() => undefined), { clock: time, timers: time });
    time.advance(PART_MS_MAX);
    expect(await look).toEqual({ ...failed, detail: 'It did not answer within 1000 ms.' });
  });

  it('says why it cannot be asked, also where asking throws', async () => {
    const time = new FakeTime();
    const around = { clock: time, timers: time };
    const away = new Error('It is away.');
    const asks: (() => Promise<never>)[] = [
      () => Promise.reject(away),
      () => {
        throw away;
      },
    ];
    for (const ask of asks) {
      expect(await lookAt(ask, around)).toEqual({ ...failed, detail: 'It is away.' });
    }
    expect(time.waiting).toBe(0);
  });
});
