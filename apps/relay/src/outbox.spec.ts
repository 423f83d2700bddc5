import { describe, expect, it } from 'vitest';
import { Outbox, OUTBOX_RECORDS_MAX } from './outbox.ts';

function scene() {
  const tasks: (() => void)[] = [];
  const written: number[] = [];
  let away = false;
  const outbox = new Outbox<number>(
    (batch) => {
      if (away) return Promise.reject(new Error('away'));
      written.push(...batch);
      return Promise.resolve();
    },
    {
      after(_delayMs, task) {
        tasks.push(task);
        return () => undefined;
      },
    },
    () => undefined,
  );
  return {
    outbox,
    written,
    tasks,
    setAway: (now: boolean) => {
      away = now;
    },
  };
}

describe('Outbox', () => {
  it('writes what was added in order, in one go', async () => {
    const { outbox, written, tasks } = scene();
    for (let n = 0; n < 1_200; n += 1) outbox.add(n);
    expect(tasks).toHaveLength(1);
    tasks[0]?.();
    await outbox.flush();
    expect(written).toEqual(Array.from({ length: 1_200 }, (_, n) => n));
    expect(outbox.waiting).toBe(0);
  });

  it('keeps records while the store is away and writes them when it is back', async () => {
    const { outbox, written, setAway } = scene();
    setAway(true);
    outbox.add(1);
    outbox.add(2);
    await outbox.flush();
    expect(written).toEqual([]);
    setAway(false);
    await outbox.flush();
    expect(written).toEqual([1, 2]);
  });

  it('keeps exactly its limit, dropping and counting the oldest', async () => {
    const { outbox, written, setAway } = scene();
    setAway(true);
    for (let n = 0; n < OUTBOX_RECORDS_MAX; n += 1) outbox.add(n);
    expect(outbox.dropped).toBe(0);
    outbox.add(OUTBOX_RECORDS_MAX);
    expect(outbox.dropped).toBe(1);
    expect(outbox.waiting).toBe(OUTBOX_RECORDS_MAX);
    setAway(false);
    await outbox.flush();
    expect(written[0]).toBe(1);
    expect(written.at(-1)).toBe(OUTBOX_RECORDS_MAX);
  });
});
