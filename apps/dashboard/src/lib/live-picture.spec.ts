import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlayerEnd, PlayerFault } from './flv-player.ts';
import { LivePicture } from './live-picture.ts';
import type { PictureFault } from './live-picture.ts';

/** A player for each time that one was opened. */
function open() {
  const players: { fail: PlayerFault; stopped: number }[] = [];
  const faults: (PictureFault | undefined)[] = [];
  const picture = new LivePicture(
    (fail) => {
      const player = { fail, stopped: 0 };
      players.push(player);
      return Promise.resolve(() => void (player.stopped += 1));
    },
    (fault) => faults.push(fault),
  );
  picture.open();
  return { picture, players, faults };
}

describe('a live picture', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is opened again at once when its ten minutes are up, and nothing is said of it', async () => {
    const { players, faults } = open();
    await vi.advanceTimersByTimeAsync(600_000);
    players[0]!.fail('Over.', 'over');
    await vi.advanceTimersByTimeAsync(499);
    expect(players).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(players.map(({ stopped }) => stopped)).toEqual([1, 0]);
    expect(faults).toEqual([]);
  });

  it.each<[PlayerEnd, number]>([
    ['over', 3_000],
    ['lost', 3_000],
    ['refused', 8_000],
  ])('that is %s as soon as it was opened is tried again after %i ms', async (end, waitMs) => {
    const { players, faults } = open();
    await vi.advanceTimersByTimeAsync(4_999);
    players[0]!.fail('Why.', end);
    expect(faults).toEqual([{ end: end === 'over' ? 'lost' : end, message: 'Why.' }]);
    await vi.advanceTimersByTimeAsync(waitMs - 1);
    expect(players).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(players).toHaveLength(2);
  });

  it.each<PlayerEnd>(['unplayable', 'unsupported'])(
    'that is %s is given up, also when it ends then',
    async (end) => {
      const { players, faults } = open();
      await vi.advanceTimersByTimeAsync(0);
      players[0]!.fail('Not here.', end);
      players[0]!.fail('Over.', 'over');
      await vi.advanceTimersByTimeAsync(60_000);
      expect(players).toMatchObject([{ stopped: 1 }]);
      expect(faults).toEqual([{ end, message: 'Not here.' }]);
    },
  );

  it('takes back what it said as soon as there is one', () => {
    const { picture, players, faults } = open();
    players[0]!.fail('Why.', 'lost');
    picture.seen();
    expect(faults.at(-1)).toBeUndefined();
  });

  it('that was closed is not opened again, and what it says is not heard', async () => {
    const { picture, players, faults } = open();
    await vi.advanceTimersByTimeAsync(0);
    players[0]!.fail('Why.', 'lost');
    picture.close();
    players[0]!.fail('Why.', 'lost');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(players).toMatchObject([{ stopped: 1 }]);
    expect(faults).toHaveLength(1);
  });

  it('that was closed while its player was loaded is stopped as soon as it is', async () => {
    const { picture, players } = open();
    picture.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(players).toMatchObject([{ stopped: 1 }]);
  });

  it('whose player cannot be loaded is tried again', async () => {
    const faults: unknown[] = [];
    let tries = 0;
    const picture = new LivePicture(
      () => {
        tries += 1;
        return Promise.reject(new Error('offline'));
      },
      (fault) => faults.push(fault),
    );
    picture.open();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(tries).toBe(2);
    expect(faults[0]).toMatchObject({ end: 'lost', message: 'The player cannot be loaded.' });
    picture.close();
  });
});
