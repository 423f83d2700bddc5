import { describe, expect, it } from 'vitest';
import { BATCH_RECORDS_MAX, Outbox, OUTBOX_RECORDS_MAX, REFUSALS_MAX } from './outbox.ts';

class Away extends Error {}

function scene() {
  const tasks: (() => void)[] = [];
  const written: number[] = [];
  const troubles: number[] = [];
  let away = false;
  let refused: number | undefined;
  const outbox = new Outbox<number>({
    timers: {
      after(_delayMs, task) {
        tasks.push(task);
        return () => undefined;
      },
    },
    write(batch) {
      if (away) return Promise.reject(new Away());
      if (refused !== undefined && batch.includes(refused)) {
        return Promise.reject(new Error('not this one'));
      }
      written.push(...batch);
      return Promise.resolve();
    },
    isAway: (error) => error instanceof Away,
    onTrouble: ({ waiting }) => troubles.push(waiting),
  });
  return {
    outbox,
    written,
    tasks,
    troubles,
    setAway: (now: boolean) => {
      away = now;
    },
    refuse: (item: number) => {
      refused = item;
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

  it('drops the one record that the store refuses three times, and no other', async () => {
    const { outbox, written, refuse } = scene();
    const poison = 7;
    refuse(poison);
    const count = 2 * BATCH_RECORDS_MAX;
    for (let n = 0; n < count; n += 1) outbox.add(n);
    for (let tries = 1; tries < REFUSALS_MAX; tries += 1) {
      await outbox.flush();
      expect(written).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
    await outbox.flush();
    expect(written).toEqual(Array.from({ length: count }, (_, n) => n).filter((n) => n !== poison));
    expect(outbox.dropped).toBe(1);
    expect(outbox.waiting).toBe(0);
  });

  it('never drops a record because the store is away', async () => {
    const { outbox, written, setAway } = scene();
    setAway(true);
    outbox.add(1);
    for (let tries = 0; tries < 2 * REFUSALS_MAX; tries += 1) await outbox.flush();
    setAway(false);
    await outbox.flush();
    expect(written).toEqual([1]);
    expect(outbox.dropped).toBe(0);
  });
});
