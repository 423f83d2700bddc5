import { expect, it, vi } from 'vitest';
import { createStore } from './store.ts';

it('tells its listeners of each change, until they leave', () => {
  const store = createStore(1);
  const listener = vi.fn<() => void>();
  const leave = store.subscribe(listener);
  store.update((value) => value + 1);
  leave();
  store.update((value) => value + 1);
  expect(store.get()).toBe(3);
  expect(listener).toHaveBeenCalledTimes(1);
});

it('says nothing when nothing changed', () => {
  const store = createStore({ same: true });
  const listener = vi.fn<() => void>();
  store.subscribe(listener);
  store.update((value) => value);
  expect(listener).not.toHaveBeenCalled();
});

it('lets a listener leave while it is being told', () => {
  const store = createStore(1);
  const second = vi.fn<() => void>();
  const leave = store.subscribe(() => leave());
  store.subscribe(second);
  store.update((value) => value + 1);
  expect(second).toHaveBeenCalledTimes(1);
});
