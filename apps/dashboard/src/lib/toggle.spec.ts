import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import { initialState } from './live-state.ts';
import { createStore } from './store.ts';
import { toasts } from './toasts.ts';
import { toggle } from './toggle.ts';
import { wishMs } from './wishes.ts';

const twitch = { id: 'd1', name: 'Twitch' };
const refused = new ApiProblem({ status: 409, code: 'QUOTA', detail: 'There is no room left.' });

/** A call that is answered when one says so. */
function slowCall() {
  const answers: Array<() => void> = [];
  const call = vi.fn<() => Promise<void>>(() => new Promise((done) => answers.push(done)));
  return { call, answer: () => answers.shift()?.() };
}

describe('a destination that is switched', () => {
  const said: string[] = [];
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    said.length = 0;
    stop = toasts.subscribe(({ text }) => said.push(text));
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  const world = () => {
    const store = createStore(initialState);
    const refresh = vi.fn<() => Promise<void>>(() => Promise.resolve());
    return { store, refresh, wished: () => store.get().wishes['d1']?.enabled };
  };

  it('is shown as asked for, until the lists were loaded again', async () => {
    const { call, answer } = slowCall();
    const { wished, ...live } = world();
    const done = toggle(live, twitch, true, call);
    expect(wished()).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    answer();
    await done;
    expect(live.refresh).toHaveBeenCalledOnce();
    expect(wished()).toBeUndefined();
    expect(said).toEqual([]);
  });

  it('falls back when that was refused, and says why', async () => {
    const { wished, ...live } = world();
    // It does not wait for the lists.
    live.refresh.mockImplementation(async () => expect(wished()).toBeUndefined());
    await toggle(live, twitch, true, () => Promise.reject(refused));
    expect(wished()).toBeUndefined();
    expect(said).toEqual(['Starting Twitch failed. There is no room left.']);
    expect(live.refresh).toHaveBeenCalledOnce();
  });

  it('falls back when nobody answers for too long', async () => {
    const { call, answer } = slowCall();
    const { wished, ...live } = world();
    const done = toggle(live, twitch, false, call);
    await vi.advanceTimersByTimeAsync(wishMs - 1);
    expect(wished()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(wished()).toBeUndefined();
    answer();
    await done;
  });

  it('is not said to have failed where only the loading did', async () => {
    const { wished, ...live } = world();
    live.refresh.mockRejectedValue(refused);
    await toggle(live, twitch, true, () => Promise.resolve());
    expect(wished()).toBeUndefined();
    expect(said).toEqual([]);
  });

  it('is asked one thing at a time, and of several the last', async () => {
    const [first, second, third] = [slowCall(), slowCall(), slowCall()];
    const { wished, ...live } = world();
    const all = [
      toggle(live, twitch, true, first.call),
      toggle(live, twitch, false, second.call),
      toggle(live, twitch, true, third.call),
    ];
    await vi.advanceTimersByTimeAsync(0);
    expect(second.call).not.toHaveBeenCalled();
    first.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(second.call).not.toHaveBeenCalled();
    expect(third.call).toHaveBeenCalledOnce();
    expect(wished()).toBe(true);
    third.answer();
    await Promise.all(all);
    expect(wished()).toBeUndefined();
  });
});
