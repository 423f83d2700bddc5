import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from './store.ts';
import { whenSo } from './when-so.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether it has come, after all that follows from what just happened. */
function waiting(count: number) {
  const store = createStore(count);
  let isOver = false;
  void whenSo(store, (held) => held > 1, 3_000).then(() => (isOver = true));
  const after = async (ms: number): Promise<boolean> => {
    await vi.advanceTimersByTimeAsync(ms);
    return isOver;
  };
  return { store, after };
}

it('waits until it is so', async () => {
  const { store, after } = waiting(0);
  store.update(() => 1);
  expect(await after(0)).toBe(false);
  store.update(() => 2);
  expect(await after(0)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('does not wait for what is so already', async () => {
  expect(await waiting(2).after(0)).toBe(true);
});

it('waits no longer than it is told', async () => {
  const { after } = waiting(0);
  expect(await after(2_999)).toBe(false);
  expect(await after(1)).toBe(true);
});
