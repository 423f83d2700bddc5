import { beforeEach, describe, expect, it } from 'vitest';
import { createRingMemory } from '#ring';
import type { FailureCode } from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import { GateKeeper } from './gate-keeper.ts';
import type { Permit } from './push-guard.ts';
import type { AttemptEnd, DialOrder, PushPorts } from './push-ports.ts';
import { PushRunner } from './push-runner.ts';
import { destination } from './relay-under-test.fixture.ts';
import { World } from './world.fixture.ts';

const broadcast: Broadcast = {
  id: 'b',
  streamId: 's',
  streamName: 'a stream',
  startedAtMs: 0,
  ring: createRingMemory(),
};

function scene() {
  const world = new World();
  const wanted = destination('twitch');
  const dialled: DialOrder[] = [];
  const started: string[] = [];
  const ended: AttemptEnd[] = [];
  const modes: string[] = [];
  const faults: unknown[] = [];
  const now: { media: boolean; permit: Promise<Permit>; refused: FailureCode | undefined } = {
    media: true,
    permit: Promise.resolve({ granted: true }),
    refused: undefined,
  };
  const ports: PushPorts = {
    clock: world,
    timers: world,
    random: world.random,
    gate: new GateKeeper(world, world),
    media: () => (now.media ? broadcast : undefined),
    permit: () => now.permit,
    remember: () => undefined,
    dial: (order) => {
      dialled.push(order);
      return now.refused;
    },
    endAttempt: (_attemptId, mode) => modes.push(mode),
    onOwnedElsewhere: () => undefined,
    onChanged: () => undefined,
    onAttemptStarted: (_destination, { attemptId }) => started.push(attemptId),
    onAttemptEnded: (_destination, _attempt, end) => ended.push(end),
    onPhase: () => undefined,
    onFault: (error) => faults.push(error),
  };
  const push = new PushRunner(wanted, null, ports);
  push.want(wanted);
  return { world, wanted, ports, push, dialled, started, ended, modes, faults, now };
}

let here: ReturnType<typeof scene>;

beforeEach(() => {
  here = scene();
});

describe('a push that is switched off', () => {
  it('while it waits for media: nothing was begun, nothing is told', async () => {
    const { push, world, now, wanted, started, ended } = here;
    now.media = false;
    push.step({ kind: 'broadcast-available' });
    await world.settle();
    expect(push.phase).toBe('connecting');
    push.want({ ...wanted, enabled: false });
    expect(push.isQuiet).toBe(true);
    expect([started, ended]).toEqual([[], []]);
  });

  it('while it waits at the gate: it leaves its place', async () => {
    const { push, ports, world, wanted, dialled } = here;
    for (let n = 0; n < 20; n += 1) ports.gate.ask(`other ${n}`, () => undefined);
    push.onMedia();
    push.want({ ...wanted, enabled: false });
    expect(push.isQuiet).toBe(true);
    for (let n = 0; n < 20; n += 1) ports.gate.leave(`other ${n}`);
    await world.pass(5_000);
    expect(dialled).toEqual([]);
  });

  it('while the store is asked: the late answer changes nothing', async () => {
    const { push, world, wanted, now, dialled, started, ended } = here;
    const { promise, resolve } = Promise.withResolvers<Permit>();
    now.permit = promise;
    push.onMedia();
    push.want({ ...wanted, enabled: false });
    expect(push.isQuiet).toBe(true);
    resolve({ granted: true });
    await world.pass(100);
    expect([dialled, started, ended]).toEqual([[], [], []]);
  });

  it('and on again while the store is asked: one attempt, not two', async () => {
    const { push, world, wanted, now, dialled } = here;
    const { promise, resolve } = Promise.withResolvers<Permit>();
    now.permit = promise;
    push.onMedia();
    push.want({ ...wanted, enabled: false });
    push.want(wanted);
    resolve({ granted: true });
    await world.pass(1_000);
    expect(dialled).toHaveLength(1);
  });

  it('while a lane has it: quiet only when the lane says so, and told once', async () => {
    const { push, world, wanted, modes, ended } = here;
    push.onMedia();
    await world.pass(10);
    push.want({ ...wanted, enabled: false });
    expect(modes).toEqual(['deliberate']);
    expect(push.isQuiet).toBe(false);
    push.onEnded(null, '');
    push.onEnded(null, '');
    expect(push.isQuiet).toBe(true);
    expect(ended).toMatchObject([{ failure: null }]);
  });
});

describe('what a push tells of an end', () => {
  it('is what its machine made of it: a lane that never answers is a timeout', async () => {
    const { push, world, modes, ended } = here;
    push.onMedia();
    await world.pass(31_000);
    expect(modes).toContain('abort');
    push.onEnded(null, '');
    expect(ended).toMatchObject([{ failure: 'PUBLISH_TIMEOUT' }]);
  });

  it('is what its machine made of it: nobody else of ours can hold the key', async () => {
    const { push, world, ended } = here;
    push.onMedia();
    await world.pass(10);
    push.onEnded('KEY_BUSY', 'busy');
    expect(ended).toMatchObject([{ failure: 'KEY_REJECTED', detail: 'busy' }]);
    expect(push.status().lastError).toMatchObject({ code: 'KEY_REJECTED' });
  });

  it('holds the bytes of that attempt, and the sum of all is kept', async () => {
    const { push, world, dialled, ended } = here;
    const figures = {
      bytesAcknowledged: 0,
      lagMs: 0.4,
      delayMs: 0,
      droppedFrames: 0,
      lastProgressAtMs: 0,
    };
    for (const bytesWritten of [100, 20]) {
      push.onMedia();
      await world.pass(10_000);
      push.onFigures({ ...figures, attemptId: dialled.at(-1)?.attemptId ?? '', bytesWritten });
      push.onEnded('RESET_BY_PEER', '');
    }
    expect(ended.map(({ bytesWritten }) => bytesWritten)).toEqual([100, 20]);
    expect(push.bytesTotal).toBe(120);
    expect(push.status().evidence.bytesWritten).toBe(0);
  });
});

describe('a push whose order cannot be given', () => {
  it('has begun and ended, and tries again', async () => {
    const { push, world, now, started, ended, dialled } = here;
    now.refused = 'LANE_LOST';
    push.onMedia();
    await world.pass(100);
    expect(started).toHaveLength(1);
    expect(ended).toMatchObject([{ failure: 'LANE_LOST' }]);
    now.refused = undefined;
    await world.pass(2_000);
    expect(dialled).toHaveLength(2);
  });
});

describe('a fault of ours in a port', () => {
  it('is told, and the push goes on', async () => {
    const { push, ports, world, faults, ended } = here;
    let calls = 0;
    ports.dial = () => {
      calls += 1;
      if (calls === 1) throw new Error('ours');
      return undefined;
    };
    push.onMedia();
    await world.pass(100);
    expect(faults).toMatchObject([{ message: 'ours' }]);
    expect(ended).toMatchObject([{ failure: 'INTERNAL' }]);
    await world.pass(2_000);
    expect(calls).toBe(2);
  });

  it('in the middle of its effects does not lose the others', async () => {
    const { push, ports, world, faults, dialled } = here;
    ports.onChanged = () => {
      throw new Error('ours');
    };
    push.onMedia();
    await world.pass(100);
    expect(faults.length).toBeGreaterThan(0);
    expect(dialled).toHaveLength(1);
    push.onEnded('RESET_BY_PEER', '');
    await world.pass(5_000);
    expect(dialled).toHaveLength(2);
  });
});
