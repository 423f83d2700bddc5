import { beforeEach, describe, expect, it } from 'vitest';
import { createRingMemory } from '#ring';
import { ATTEMPT_MS_MAX, failureOf, type FailureCode, type PushMemory } from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import { GateKeeper } from './gate-keeper.ts';
import type { Permit } from './push-guard.ts';
import type { AttemptEnd, DialOrder, PushMedia, PushNews, PushPorts } from './push-ports.ts';
import { PushRunner } from './push-runner.ts';
import { destination } from './relay-under-test.fixture.ts';
import { World } from './world.fixture.ts';

const broadcast: Broadcast = {
  id: 'b',
  streamId: 's',
  workspaceId: 'workspace',
  streamName: 'a stream',
  startedAtMs: 0,
  ring: createRingMemory(),
};

interface Now {
  media: PushMedia | undefined;
  permit: Promise<Permit>;
  refused: FailureCode | undefined;
  hasRoom: boolean;
}

function scene() {
  const world = new World();
  const wanted = destination('twitch');
  const dialled: DialOrder[] = [];
  const started: string[] = [];
  const ended: AttemptEnd[] = [];
  const modes: string[] = [];
  const faults: unknown[] = [];
  const news: PushNews[] = [];
  const delays: number[] = [];
  const remembered: (PushMemory | null)[] = [];
  const now: Now = {
    media: { broadcast },
    permit: Promise.resolve({ granted: true }),
    refused: undefined,
    hasRoom: true,
  };
  const ports: PushPorts = {
    clock: world,
    timers: world,
    random: world.random,
    gate: new GateKeeper(world, world),
    media: () => now.media,
    hasRoom: () => now.hasRoom,
    sentence: (code) => failureOf(code).sentence,
    permit: () => now.permit,
    remember: (_id, memory) => remembered.push(memory),
    dial: (order) => {
      dialled.push(order);
      return now.refused;
    },
    changeDelay: (_attemptId, delayMs) => delays.push(delayMs),
    endAttempt: (_attemptId, mode) => modes.push(mode),
    onOwnedElsewhere: () => undefined,
    onChanged: () => undefined,
    onAttemptPublished: () => undefined,
    onAttemptStarted: (_destination, { attemptId }) => started.push(attemptId),
    onAttemptEnded: (_destination, _attempt, end) => ended.push(end),
    onPhase: () => undefined,
    onNews: (_destination, _attempt, told) => news.push(told),
    onFault: (error) => faults.push(error),
  };
  const push = new PushRunner(wanted, null, ports);
  push.want(wanted);
  const told = { dialled, started, ended, modes, faults, news, delays, remembered };
  return { world, wanted, ports, push, now, ...told };
}

let here: ReturnType<typeof scene>;

beforeEach(() => {
  here = scene();
});

describe('a push that is switched off', () => {
  it('while it waits for media: nothing was begun, nothing is told', async () => {
    const { push, world, now, wanted, started, ended } = here;
    now.media = undefined;
    push.step({ kind: 'broadcast-available' });
    await world.settle();
    expect(push.phase).toBe('connecting');
    push.want({ ...wanted, enabled: false });
    expect(push.isQuiet).toBe(true);
    expect([started, ended]).toEqual([[], []]);
  });

  it('while it waits at the gate: it leaves its place', async () => {
    const { push, ports, world, wanted, dialled } = here;
    const url = 'rtmp://other.example/live';
    for (let n = 0; n < 20; n += 1) ports.gate.ask(`other ${n}`, url, () => undefined);
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
    push.onEnded(null, '', null);
    push.onEnded(null, '', null);
    expect(push.isQuiet).toBe(true);
    expect(ended).toMatchObject([{ failure: null }]);
  });
});

describe('what a push tells of an end', () => {
  it('is what its machine made of it: a lane that never answers is a timeout', async () => {
    const { push, world, modes, ended } = here;
    push.onMedia();
    await world.pass(ATTEMPT_MS_MAX + 1_000);
    expect(modes).toContain('abort');
    push.onEnded(null, '', null);
    expect(ended).toMatchObject([{ failure: 'PUBLISH_TIMEOUT' }]);
  });

  it('is what its machine made of it: nobody else of ours can hold the key', async () => {
    const { push, world, ended } = here;
    push.onMedia();
    await world.pass(10);
    push.onEnded('KEY_BUSY', 'busy', null);
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
      isWaitingForKeyframe: false,
      lastProgressAtMs: 0,
    };
    for (const bytesWritten of [100, 20]) {
      push.onMedia();
      await world.pass(10_000);
      push.onFigures({ ...figures, attemptId: dialled.at(-1)?.attemptId ?? '', bytesWritten });
      push.onEnded('RESET_BY_PEER', '', null);
    }
    expect(ended.map(({ bytesWritten }) => bytesWritten)).toEqual([100, 20]);
    expect(push.bytesTotal).toBe(120);
    expect(push.status().evidence.bytesWritten).toBe(0);
  });
});

const FIGURES = {
  attemptId: '',
  bytesWritten: 0,
  bytesAcknowledged: 0,
  lagMs: 0,
  delayMs: 0,
  droppedFrames: 0,
  isWaitingForKeyframe: false,
  lastProgressAtMs: 0,
};

describe('a delayed push', () => {
  it('dials when there is media that is old enough, and says when that is', async () => {
    const { push, world, wanted, now, dialled } = here;
    const late = { ...wanted, delaySeconds: 5 };
    const startMs = world.monotonicMs();
    now.media = { readyAtMs: startMs + 5_000 };
    push.want(late);
    push.onMedia();
    await world.pass(4_999);
    expect(dialled).toEqual([]);
    expect(push.status().startsAt).toBe(new Date(world.wallMs() + 1).toISOString());
    now.media = { broadcast };
    await world.pass(1);
    expect(dialled).toMatchObject([{ destination: { delaySeconds: 5 } }]);
    expect(push.status()).toMatchObject({ startsAt: null, delayWantedMs: 5_000 });
  });

  it('looks again when the media was not as old by then, and waits with nothing left', async () => {
    const { push, world, now, dialled } = here;
    now.media = { readyAtMs: world.monotonicMs() + 1_000 };
    push.onMedia();
    await world.pass(2_000);
    expect(dialled).toEqual([]);
    now.media = undefined;
    await world.pass(500);
    expect(push.status().startsAt).toBeNull();
    now.media = { broadcast };
    push.onMedia();
    await world.pass(10);
    expect(dialled).toHaveLength(1);
  });

  it('that is not wanted any more dials no more', async () => {
    const { push, world, wanted, now, dialled } = here;
    now.media = { readyAtMs: world.monotonicMs() + 1_000 };
    push.onMedia();
    push.want({ ...wanted, enabled: false });
    now.media = { broadcast };
    await world.pass(5_000);
    expect(dialled).toEqual([]);
    expect(push.status().startsAt).toBeNull();
  });

  it('has its delay changed without a new connection', async () => {
    const { push, world, wanted, dialled, delays, news } = here;
    push.onMedia();
    await world.pass(10);
    push.want({ ...wanted, delaySeconds: 3 });
    push.want({ ...wanted, delaySeconds: 3, name: 'another' });
    expect(delays).toEqual([3_000]);
    expect(dialled).toHaveLength(1);
    expect(news).toEqual([{ kind: 'delayed', delayMs: 3_000 }]);
  });

  it('says once when it had to be shortened, and not while it grows', async () => {
    const { push, world, wanted, news } = here;
    push.want({ ...wanted, delaySeconds: 10 });
    push.onMedia();
    await world.pass(10);
    for (const delayMs of [0, 4_000, 9_900, 9_000, 8_000, 7_000]) {
      push.onFigures({ ...FIGURES, delayMs });
    }
    expect(news).toEqual([{ kind: 'delay-shortened', delayMs: 8_000, wantedMs: 10_000 }]);
  });

  it('is played out when it is stopped, and says until when', async () => {
    const { push, world, wanted, modes } = here;
    push.onMedia();
    await world.pass(10);
    push.onReached('live');
    push.onFigures({ ...FIGURES, delayMs: 20_000, lagMs: 500 });
    push.want({ ...wanted, enabled: false });
    expect(modes).toEqual(['drain']);
    expect(push.phase).toBe('draining');
    const untilMs = world.wallMs() + 20_500 + 5_000;
    expect(push.status()).toMatchObject({
      state: 'draining',
      drainingUntil: new Date(untilMs).toISOString(),
    });
    push.step({ kind: 'cut' });
    expect(modes).toEqual(['drain', 'deliberate']);
    push.onEnded('STALLED', '', 7);
    expect(push.status()).toMatchObject({ state: 'stopped', drainingUntil: null, lastError: null });
  });
});

describe('a push that lost its destination', () => {
  async function lose(resume: 'live' | 'rewind'): Promise<void> {
    const { push, world, wanted } = here;
    push.want({ ...wanted, resume });
    push.onMedia();
    await world.pass(10);
    push.onReached('live');
    push.onEnded('RESET_BY_PEER', '', 7_000);
  }

  it('goes on at the live edge, unless it is to go on where it stopped', async () => {
    await lose('live');
    await here.world.pass(1_000);
    expect(here.dialled.at(-1)?.start).toEqual({ kind: 'live' });
  });

  it('goes on where it stopped, and says how far behind that is', async () => {
    const { push, world, dialled, news } = here;
    await lose('rewind');
    await world.pass(1_000);
    const start = { kind: 'rewind', timelineMs: 7_000 };
    expect(dialled.at(-1)?.start).toEqual(start);
    push.onEnded('TCP_REFUSED', '', null);
    await world.pass(10_000);
    expect(dialled.at(-1)?.start).toEqual(start);
    for (const delayMs of [4_000, 3_900]) push.onFigures({ ...FIGURES, delayMs });
    expect(news).toEqual([{ kind: 'resumed', behindMs: 4_000 }]);
  });

  it('has nothing to go on with in another broadcast, nor after it was stopped', async () => {
    const { push, world, wanted, dialled, now } = here;
    await lose('rewind');
    now.media = { broadcast: { ...broadcast, id: 'another' } };
    await world.pass(1_000);
    expect(dialled.at(-1)?.start).toEqual({ kind: 'live' });
    push.onEnded('RESET_BY_PEER', '', 9_000);
    const again = { ...wanted, resume: 'rewind' } as const;
    push.want({ ...again, enabled: false });
    push.want(again);
    await world.pass(10_000);
    expect(dialled.at(-1)?.start).toEqual({ kind: 'live' });
  });

  it('is tried at its backup URL, and says so', async () => {
    const { push, world, wanted, dialled, news } = here;
    push.want({ ...wanted, backupUrl: 'rtmp://192.0.2.9/other', backupAfter: 1 });
    push.onMedia();
    await world.pass(10);
    push.onEnded('TCP_REFUSED', '', null);
    await world.pass(600);
    expect(dialled.map(({ target }) => target)).toEqual(['main', 'backup']);
    expect(push.status().target).toBe('backup');
    push.onEnded('TCP_REFUSED', '', null);
    await world.pass(3_000);
    expect(dialled.at(-1)?.target).toBe('main');
    expect(news).toEqual([
      { kind: 'target', target: 'backup' },
      { kind: 'target', target: 'main' },
    ]);
  });

  it('counts as having a session from when it is dialled, not before', async () => {
    const { push, world, now, remembered } = here;
    now.media = undefined;
    push.onMedia();
    expect(remembered.at(-1)).toBeNull();
    now.media = { broadcast };
    push.onMedia();
    await world.pass(10);
    expect(remembered.at(-1)).toMatchObject({ attempt: 1, failureClass: null });
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
    push.onEnded('RESET_BY_PEER', '', null);
    await world.pass(5_000);
    expect(dialled).toHaveLength(2);
  });
});
