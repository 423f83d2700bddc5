import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '#kernel';
import { createRingMemory } from '#ring';
import { Dialler } from './dialler.ts';
import { FakeLanes } from './fake-lanes.fixture.ts';
import type { AttemptListener, DialOrder } from './push-ports.ts';
import { destination } from './relay-under-test.fixture.ts';
import { World } from './world.fixture.ts';

const broadcast = {
  id: 'b',
  streamId: 's',
  workspaceId: 'workspace',
  streamName: 'a stream',
  startedAtMs: 0,
  ring: createRingMemory(),
};

describe('Dialler', () => {
  let lanes: FakeLanes;
  let dialler: Dialler;
  let unreadable: string[];
  let ended: string[];
  let orders = 0;

  beforeEach(() => {
    lanes = new FakeLanes(new World(), 3);
    unreadable = [];
    ended = [];
    dialler = new Dialler(
      lanes,
      ({ sealedKey }) => {
        if (sealedKey === 'damaged') throw new Error('cannot be opened');
        return new Secret('key');
      },
      (destinationId) => unreadable.push(destinationId),
    );
  });

  function listenerOf(name: string): AttemptListener {
    return {
      onReached: () => undefined,
      onDegraded: () => undefined,
      onFigures: () => undefined,
      onEnded: (failure) => ended.push(`${name} ${failure}`),
    };
  }

  function orderOf(change: Partial<DialOrder> = {}): DialOrder {
    orders += 1;
    const attemptId = `a${orders}`;
    const how = { target: 'main', start: { kind: 'live' } } as const;
    return { attemptId, broadcast, destination: destination('d'), ...how, ...change };
  }

  const urls = () =>
    lanes.commands.map((command) => (command.kind === 'start-attempt' ? command.order.url : ''));

  it('goes to the URL that is asked for, where there is one', () => {
    const both = destination('d', { url: 'rtmp://main', backupUrl: 'rtmp://backup' });
    const one = destination('d', { url: 'rtmp://main' });
    for (const target of ['main', 'backup'] as const) {
      dialler.dial(orderOf({ destination: both, target }), listenerOf('x'), null);
      dialler.dial(orderOf({ destination: one, target }), listenerOf('x'), null);
    }
    expect(urls()).toEqual(['rtmp://main', 'rtmp://main', 'rtmp://backup', 'rtmp://main']);
  });

  it('gives lanes the delay and the beginning, and tells them of another delay', () => {
    const late = destination('d', { delaySeconds: 5 });
    const start = { kind: 'rewind', timelineMs: 70 } as const;
    dialler.dial(orderOf({ attemptId: 'late', destination: late, start }), listenerOf('x'), null);
    dialler.changeDelay('late', 2_000);
    dialler.changeDelay('unknown', 2_000);
    expect(lanes.commands).toMatchObject([
      { kind: 'start-attempt', order: { delayMs: 5_000, start } },
      { kind: 'change-attempt', attemptId: 'late', delayMs: 2_000 },
    ]);
  });

  it('places by load in lanes that are up, and ends those of a lost lane', () => {
    const send = vi.spyOn(lanes, 'send');
    const lanesTold = () => send.mock.calls.map(([lane]) => lane);
    lanes.kill(0);
    const other = { ...broadcast, id: 'other' };
    dialler.dial(orderOf({ attemptId: 'first' }), listenerOf('first'), 80_000);
    dialler.dial(orderOf({ broadcast: other }), listenerOf('second'), 1_000);
    dialler.dial(orderOf({ broadcast: { ...other, id: 'third' } }), listenerOf('third'), null);
    dialler.dial(orderOf(), listenerOf('fourth'), 80_000);
    expect(lanesTold()).toEqual([1, 2, 2, 1]);
    dialler.ended('first', null, null);
    dialler.laneLost(1);
    expect(ended).toEqual(['first null', 'fourth LANE_LOST']);
    expect(dialler.listenerOf('first')).toBeUndefined();
    lanes.restart(0);
    dialler.dial(orderOf(), listenerOf('fourth'), 80_000);
    expect(lanesTold().at(-1)).toBe(0);
  });

  it('says so when a key cannot be read any more, and gives no lane the order', () => {
    const damaged = destination('d', { sealedKey: 'damaged' });
    expect(dialler.dial(orderOf({ destination: damaged }), listenerOf('x'), null)).toBe(
      'KEY_UNREADABLE',
    );
    expect(unreadable).toEqual([damaged.id]);
    expect(lanes.commands).toEqual([]);
  });

  it('places what is looked at with the stream’s pushes, and forgets it as them', () => {
    const send = vi.spyOn(lanes, 'send');
    dialler.dial(orderOf(), listenerOf('push'), 6_000);
    expect(dialler.dialPreview('look', broadcast, listenerOf('look'), 1)).toBe(true);
    expect(dialler.previewsOf('s')).toBe(1);
    expect(dialler.previewsOf('other')).toBe(0);
    expect([dialler.pushesIn(0), dialler.pushesIn(1)]).toEqual([1, 0]);
    expect(send.mock.calls).toMatchObject([
      [0, { order: { sink: false } }],
      [0, { order: { sink: true, certificateSha256: null } }],
    ]);
    dialler.laneLost(0);
    expect(ended).toContain('look LANE_LOST');
    expect(dialler.previewsOf('s')).toBe(0);
  });

  it('has no lane to give while all are being started again', () => {
    for (const lane of [0, 1, 2]) lanes.kill(lane);
    expect(dialler.dial(orderOf(), listenerOf('x'), null)).toBe('LANE_LOST');
    expect(dialler.dialPreview('look', broadcast, listenerOf('look'), 1)).toBe(false);
    expect(dialler.previewsOf('s')).toBe(0);
  });
});
