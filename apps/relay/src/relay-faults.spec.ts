import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALL_DEADLINE_MS } from '#live';
import { CANARY_KEY, NODE, RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

const LONG_MS = 30_000;

describe('a lane that dies', () => {
  it('takes its encoders and its attempts with it, and nothing of another lane', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key', 1);
    const other = scene.addStream('other', 1);
    const ingest = await scene.goLive('key', 0);
    await scene.acceptAll();
    const untouched = await scene.goLive('other', 1);
    const [, stays] = await scene.acceptAll();
    lanes.kill(0);
    await world.pass(10);
    expect(scene.status(streamId)).toMatchObject({
      state: 'grace',
      pushes: [{ lastError: { code: 'LANE_LOST' } }],
    });
    expect(stays).toMatchObject({ lane: 1, phase: 'live' });
    expect(untouched.phase).toBe('accepted');
    expect(scene.status(other.streamId)).toMatchObject({
      state: 'live',
      pushes: [{ state: 'live' }],
    });
    expect(lanes.attempts).toHaveLength(2);
    const again = await scene.goLive('key', 1);
    expect(again.ring).toBe(ingest.ring);
    await world.pass(500);
    await scene.acceptAll();
    expect(scene.status(streamId)?.pushes).toMatchObject([{ state: 'live' }]);
    expect(lanes.attempts.map(({ lane }) => lane)).toEqual([0, 1, 1]);
  });

  it('leaves a stream without media from that moment on', async () => {
    scene.addStream('key');
    await scene.goLive('key');
    const [stream] = scene.relay.streams;
    expect(stream?.media).toBeDefined();
    scene.relay.onLaneLost(0, 'killed');
    expect(stream?.media).toBeUndefined();
  });

  it('fails what dials while no lane is up, and it is tried again', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const ingest = lanes.publish('key', 0);
    await world.pass(500);
    lanes.isUp = () => false;
    lanes.media(ingest);
    await world.pass(1_000);
    expect(lanes.attempts).toEqual([]);
    expect(scene.recordsOf('attempt-ended')[0]).toMatchObject({ code: 'LANE_LOST' });
    lanes.isUp = (lane) => lane === 0;
    await world.pass(LONG_MS);
    expect(lanes.attempts).toHaveLength(1);
  });
});

describe('another node that owns the stream', () => {
  it('is found out by whoever stood still, before its lanes write another byte', async () => {
    const { lanes, redis, world } = scene;
    const { streamId } = scene.addStream('key');
    const mine = scene.addStream('mine');
    await scene.goLive('key', 0);
    await scene.goLive('mine', 0);
    await scene.acceptAll();
    redis.owners.set(streamId, 'there');
    const before = lanes.commands.length;
    lanes.standStill(0, 20_000);
    await world.pass(30);
    const said = lanes.commands.slice(before);
    const [first, ...rest] = said.filter(({ kind }) => kind === 'end-attempt' || kind === 'go-on');
    expect(first).toMatchObject({ kind: 'end-attempt', mode: 'abort' });
    expect(rest).toEqual([{ kind: 'go-on' }]);
    expect(scene.status(mine.streamId)).toMatchObject({
      state: 'live',
      pushes: [{ state: 'live' }],
    });
  });

  it('is not asked for in vain: with Redis away, who stood still goes on', async () => {
    const { lanes, redis, world } = scene;
    const { streamId } = scene.addStream('key');
    await scene.goLive('key', 0);
    await scene.acceptAll();
    redis.mood = 'frozen';
    lanes.standStill(0, 20_000);
    await world.pass(CALL_DEADLINE_MS + 100);
    expect(lanes.commands.at(-1)).toEqual({ kind: 'go-on' });
    expect(scene.status(streamId)).toMatchObject({ state: 'live', pushes: [{ state: 'live' }] });
  });

  it('makes this one step back by reset, and leaves Redis to that node', async () => {
    const { redis, world } = scene;
    const { streamId, destinations } = scene.addStream('key', 2);
    const ingest = await scene.goLive('key');
    const attempts = await scene.acceptAll();
    await world.pass(100);
    redis.empty();
    redis.owners.set(streamId, 'there');
    const theirs = {
      attempt: 4,
      failureClass: null,
      nextRetryAtWallMs: null,
      ghostUntilWallMs: null,
      target: 'main' as const,
      token: 9,
      savedAtWallMs: 0,
    };
    redis.pushes.set(destinations[0]?.id ?? '', theirs);
    const linesBefore = scene.lines.length;
    const toldBefore = redis.told.length;
    await world.pass(5_000);
    expect(ingest.phase).toBe('ended');
    expect(attempts.map(({ ending }) => ending)).toEqual(['abort', 'abort']);
    expect(scene.lines.slice(linesBefore)).toMatchObject([
      { message: 'Node there has taken this stream over.' },
    ]);
    expect(scene.incidents.at(-1)).toBe('BROADCAST_MOVED');
    expect(scene.recordsOf('broadcast-ended')).toMatchObject([{ reason: 'moved' }]);
    expect(scene.relay.streams).toEqual([]);
    expect(redis.told).toHaveLength(toldBefore);
    expect(redis.owners.get(streamId)).toBe('there');
    expect([...redis.pushes.values()]).toEqual([theirs]);
  });

  it('is seen by a push before it dials', async () => {
    const { lanes, redis, world } = scene;
    const { streamId } = scene.addStream('key');
    const ingest = lanes.publish('key');
    await world.pass(10);
    redis.owners.set(streamId, 'there');
    lanes.media(ingest);
    await world.pass(800);
    expect(lanes.attempts).toEqual([]);
    expect(scene.recordsOf('attempt-started')).toEqual([]);
    expect(ingest.phase).toBe('ended');
  });

  it('does not keep this one from taking the stream back later', async () => {
    const { redis, world } = scene;
    const { streamId } = scene.addStream('key');
    await scene.goLive('key');
    redis.owners.set(streamId, 'there');
    await world.pass(1_100);
    redis.owners.delete(streamId);
    await scene.goLive('key');
    await scene.acceptAll();
    await world.pass(1_500);
    expect(redis.statuses.get(streamId)).toMatchObject({
      state: 'live',
      pushes: [{ state: 'live' }],
    });
  });
});

describe('Redis', () => {
  it.each(['away', 'frozen'] as const)('that is %s holds up no push', async (mood) => {
    const { streamId } = scene.addStream('key', 3);
    scene.redis.mood = mood;
    const ingest = scene.lanes.publish('key');
    await scene.world.pass(1_200);
    scene.lanes.media(ingest);
    await scene.world.pass(1_500);
    await scene.acceptAll();
    expect(scene.status(streamId)?.pushes.map(({ state }) => state)).toEqual([
      'live',
      'live',
      'live',
    ]);
  });

  it('that was emptied is right again within two seconds, ownership included', async () => {
    const { redis, world } = scene;
    const { streamId, destinations } = scene.addStream('key');
    await scene.goLive('key');
    await scene.acceptAll();
    redis.empty();
    await world.pass(2_000);
    expect(redis.owners.get(streamId)).toBe(NODE);
    expect(redis.statuses.get(streamId)).toMatchObject({
      state: 'live',
      pushes: [{ state: 'live' }],
    });
    expect(redis.pushes.get(destinations[0]?.id ?? '')).toMatchObject({ attempt: 1 });
  });

  it('that comes back hears at once what is so', async () => {
    const { redis, world } = scene;
    const { streamId } = scene.addStream('key');
    redis.mood = 'frozen';
    scene.lanes.publish('key');
    await world.pass(10_000);
    redis.mood = 'there';
    await world.pass(1_600);
    expect(redis.statuses.get(streamId)?.state).toBe('live');
    expect(redis.owners.get(streamId)).toBe(NODE);
  });

  it('tells a new process of the wait that the old one was in', async () => {
    const { redis, lanes, world } = scene;
    const { destinations } = scene.addStream('key');
    redis.pushes.set(destinations[0]?.id ?? '', {
      attempt: 2,
      failureClass: 'rejected',
      nextRetryAtWallMs: world.wallMs() + 60_000,
      ghostUntilWallMs: null,
      target: 'main' as const,
      token: 7,
      savedAtWallMs: 0,
    });
    await scene.goLive('key');
    await world.pass(50_000);
    expect(lanes.attempts).toEqual([]);
    await world.pass(15_000);
    expect(lanes.attempts).toHaveLength(1);
  });
});

describe.each(['away', 'frozen'] as const)('a new process, while both stores are %s', (mood) => {
  const SOON_MS = 5_000;

  async function restartWithoutStores(): Promise<void> {
    // Whatever changed a moment ago is on the disk.
    await scene.world.pass(1_000);
    scene.postgres.mood = mood;
    scene.redis.mood = mood;
    await scene.restart();
  }

  it('lets the encoder in, and its destinations are live within seconds', async () => {
    const { streamId } = scene.addStream('key', 3);
    await scene.goLive('key');
    await scene.acceptAll();
    const broadcastId = scene.status(streamId)?.broadcast?.id;
    await restartWithoutStores();
    const { world } = scene;
    const ingest = scene.lanes.publish('key');
    await world.pass(SOON_MS / 2);
    scene.lanes.media(ingest);
    await world.pass(SOON_MS / 2);
    await scene.acceptAll();
    expect(scene.lanes.attempts).toHaveLength(3);
    expect(scene.status(streamId)).toMatchObject({
      state: 'live',
      broadcast: { id: broadcastId },
      pushes: [{ state: 'live' }, { state: 'live' }, { state: 'live' }],
    });
    expect(scene.incidents).toContain('RELAY_RESTARTED');
    expect(scene.recordsOf('broadcast-ended')).toEqual([]);
  });

  it('asks Postgres in vain once: the second encoder waits for Redis alone', async () => {
    scene.addStream('key');
    scene.addStream('other');
    await scene.goLive('key');
    await scene.goLive('other');
    await restartWithoutStores();
    scene.lanes.publish('key');
    await scene.world.pass(2_600);
    const second = scene.lanes.publish('other');
    await scene.world.pass(CALL_DEADLINE_MS + 10);
    expect(second.phase).toBe('accepted');
  });

  it('waits out the back-off that was under way', async () => {
    const { streamId } = scene.addStream('key', 2);
    await scene.goLive('key');
    const [first] = await scene.acceptAll();
    if (first !== undefined) scene.lanes.end(first, 'TLS_CERTIFICATE');
    await scene.world.pass(10);
    const waiting = scene.status(streamId)?.pushes.find(({ nextRetryAt }) => nextRetryAt !== null);
    const retryAtMs = Date.parse(waiting?.nextRetryAt ?? '');
    await restartWithoutStores();
    const { world } = scene;
    const dialled = () => scene.lanes.attempts.map(({ order }) => order.destinationId);
    const ingest = scene.lanes.publish('key');
    await world.pass(SOON_MS);
    scene.lanes.media(ingest);
    await world.pass(CALL_DEADLINE_MS);
    await scene.acceptAll();
    await world.pass(retryAtMs - world.wallMs() - 10);
    expect(dialled()).toHaveLength(1);
    expect(dialled()).not.toContain(waiting?.destinationId);
    await world.pass(1_000);
    expect(dialled()).toContain(waiting?.destinationId);
  });

  it('begins a new broadcast when the encoder was away for longer than its grace', async () => {
    const { streamId } = scene.addStream('key', 1, 30);
    await scene.goLive('key');
    const broadcastId = scene.status(streamId)?.broadcast?.id;
    await restartWithoutStores();
    await scene.world.pass(30_000);
    await scene.goLive('key');
    await scene.world.pass(SOON_MS);
    expect(scene.status(streamId)?.state).toBe('live');
    expect(scene.status(streamId)?.broadcast?.id).not.toBe(broadcastId);
  });

  it('lets nobody in with a key that was taken back, or that is not known', async () => {
    const { streamId } = scene.addStream('key');
    await scene.goLive('key');
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    scene.postgres.keys.delete('key');
    await scene.world.pass(2_001);
    scene.lanes.publish('key');
    await restartWithoutStores();
    for (const key of ['key', 'never-seen']) {
      const ingest = scene.lanes.publish(key);
      await scene.world.pass(SOON_MS);
      expect(ingest.rejection).toBe('NetStream.Publish.Denied');
    }
  });
});

describe('the stream key of a destination', () => {
  it('is in no status, log line, record or event', async () => {
    const { streamId } = scene.addStream('key', 1);
    await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    expect(attempt?.order.streamKey).toBe(CANARY_KEY);
    if (attempt !== undefined) scene.lanes.end(attempt, 'KEY_REJECTED');
    await scene.world.pass(LONG_MS);
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await scene.world.pass(5_000);
    const { records, lines, redis } = scene;
    const all = JSON.stringify([records, lines, redis.told, redis.events, [...redis.pushes]]);
    const kept = Buffer.concat([...scene.files.files.values()]).toString('utf8');
    expect(kept).not.toContain(CANARY_KEY);
    expect(all).toContain('KEY_REJECTED');
    expect(all).not.toContain(CANARY_KEY);
    expect(all).not.toContain('sealed');
  });
});

describe('memory that is short', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('refuses the encoder whose ring cannot be made, and not the next one', async () => {
    const { streamId } = scene.addStream('key');
    vi.stubGlobal('SharedArrayBuffer', function short(): never {
      throw new RangeError('Array buffer allocation failed');
    });
    const refused = scene.lanes.publish('key');
    await scene.world.pass(100);
    expect(refused.rejection).toBe('NetStream.Publish.BadName');
    vi.unstubAllGlobals();
    await scene.goLive('key');
    await scene.acceptAll();
    expect(scene.status(streamId)).toMatchObject({ state: 'live', pushes: [{ state: 'live' }] });
  });
});
