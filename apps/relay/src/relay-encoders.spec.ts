import { beforeEach, describe, expect, it } from 'vitest';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

const LONG_MS = 30_000;

describe('a publish', () => {
  it('begins a broadcast; its pushes dial once there is a frame to begin with', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key', 2);
    const ingest = lanes.publish('key');
    await world.pass(500);
    expect(ingest.phase).toBe('accepted');
    expect(scene.status(streamId)).toMatchObject({
      state: 'live',
      ingest: { protocol: 'rtmps', encoder: 'OBS' },
      pushes: [{ state: 'awaiting_stream' }, { state: 'awaiting_stream' }],
    });
    expect(lanes.attempts).toHaveLength(0);
    lanes.media(ingest);
    await scene.acceptAll();
    expect(lanes.attempts.map(({ lane }) => lane)).toEqual([0, 0]);
    expect(scene.status(streamId)?.pushes).toMatchObject([{ state: 'live' }, { state: 'live' }]);
    expect(scene.redis.statuses.get(streamId)?.state).toBe('live');
    expect(scene.incidents).toEqual(['BROADCAST_STARTED', 'PUSH_LIVE', 'PUSH_LIVE']);
  });

  it('feeds more destinations than may dial at once: each that is live makes room', async () => {
    const { streamId } = scene.addStream('key', 40);
    await scene.goLive('key');
    for (let second = 0; second < 6; second += 1) {
      await scene.world.pass(1_000);
      await scene.acceptAll();
    }
    expect(scene.status(streamId)?.pushes.filter(({ state }) => state === 'live')).toHaveLength(40);
  });

  it('is denied with a wrong key, and the claim of nothing is left behind', async () => {
    const ingest = scene.lanes.publish('wrong');
    await scene.world.pass(100);
    expect(ingest.rejection).toBe('NetStream.Publish.Denied');
    expect(scene.redis.owners.size).toBe(0);
  });

  it('is refused while another node has the stream live', async () => {
    const { streamId } = scene.addStream('key');
    scene.redis.owners.set(streamId, 'there');
    const ingest = scene.lanes.publish('key');
    await scene.world.pass(100);
    expect(ingest.rejection).toBe('NetStream.Publish.BadName');
    expect(scene.relay.streams).toEqual([]);
  });

  it('of an encoder that hangs up while it is let in leaves nothing that is live', async () => {
    const { streamId } = scene.addStream('key', 1, 0);
    scene.redis.mood = 'frozen';
    const ingest = scene.lanes.publish('key');
    await scene.world.pass(100);
    scene.lanes.hangUp(ingest);
    scene.redis.mood = 'there';
    await scene.world.pass(3_000);
    expect(scene.relay.streams).toEqual([]);
    expect(scene.records).toEqual([]);
    expect(scene.redis.owners.get(streamId)).toBeUndefined();
  });

  it('is let in while Postgres is away, ten minutes from when it last said yes', async () => {
    scene.addStream('key');
    const first = await scene.goLive('key');
    // An hour live: what counts is the reconcile of the last seconds, not the publish.
    await scene.world.pass(3_600_000);
    scene.postgres.mood = 'frozen';
    scene.lanes.hangUp(first);
    await scene.world.pass(1_000);
    const second = scene.lanes.publish('key');
    await scene.world.pass(5_000);
    expect(second.phase).toBe('accepted');
  });

  it('is denied while Postgres is away when nothing is known of its key', async () => {
    scene.addStream('key');
    scene.postgres.mood = 'away';
    const ingest = scene.lanes.publish('key');
    await scene.world.pass(100);
    expect(ingest.rejection).toBe('NetStream.Publish.Denied');
  });

  it('while Postgres is away does not bring back older wishes', async () => {
    const { streamId, destinations } = scene.addStream('key');
    const first = await scene.goLive('key');
    await scene.acceptAll();
    const off = destinations.map((one) => ({ ...one, enabled: false }));
    await scene.change(streamId, { destinations: off });
    await scene.world.pass(100);
    scene.postgres.mood = 'away';
    scene.lanes.hangUp(first);
    await scene.world.pass(100);
    await scene.goLive('key');
    await scene.world.pass(1_000);
    expect(scene.status(streamId)?.pushes).toMatchObject([{ enabled: false, state: 'stopped' }]);
    expect(scene.lanes.liveAttempts).toEqual([]);
  });
});

describe('an encoder that goes away', () => {
  it('leaves destinations connected, and finds them when it returns', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key');
    const first = await scene.goLive('key');
    await scene.acceptAll();
    lanes.hangUp(first);
    const lostAtMs = world.wallMs() + 1;
    await world.pass(5_000);
    expect(scene.status(streamId)).toMatchObject({
      state: 'grace',
      ingest: null,
      inputs: { primary: null, backup: null },
      graceEndsAt: new Date(lostAtMs + 60_000).toISOString(),
      hold: { picture: 'last-picture', sound: 'silence', reason: '' },
    });
    const second = await scene.goLive('key', 1);
    expect(scene.status(streamId)).toMatchObject({
      state: 'live',
      graceEndsAt: null,
      hold: null,
      activeInput: 'primary',
    });
    expect(second.ring).toBe(first.ring);
    expect(lanes.attempts).toHaveLength(1);
    expect(scene.recordsOf('broadcast-started')).toHaveLength(1);
    expect(scene.incidents.slice(-3)).toEqual(['ENCODER_LOST', 'HOLD_STARTED', 'ENCODER_RETURNED']);
    expect(lanes.writers).toEqual([second]);
  });

  it('ends the broadcast with a goodbye when the grace period is over', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const ingest = await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    lanes.hangUp(ingest);
    await world.pass(59_000);
    expect(attempt?.ending).toBeUndefined();
    await world.pass(2_500);
    expect(attempt?.ending).toBe('drain');
    expect(scene.recordsOf('broadcast-ended')).toMatchObject([{ reason: 'grace-expired' }]);
    expect(scene.recordsOf('attempt-ended')).toMatchObject([{ code: 'ENDED' }]);
    expect(scene.relay.streams).toEqual([]);
    expect(scene.redis.owners.size).toBe(0);
  });

  it('does not keep a destination that drops from dialling again meanwhile', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const ingest = await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    lanes.hangUp(ingest);
    await world.pass(1_000);
    if (attempt !== undefined) lanes.end(attempt, 'RESET_BY_PEER');
    await world.pass(LONG_MS);
    expect(lanes.attempts).toHaveLength(2);
  });

  it('parks a push whose retry comes due where nothing can be held, until it is back', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    lanes.picture = 'none';
    lanes.sound = 'none';
    const ingest = await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    lanes.hangUp(ingest);
    await world.pass(1_000);
    expect(scene.incidents.at(-1)).toBe('HOLD_REDUCED');
    if (attempt !== undefined) lanes.end(attempt, 'RESET_BY_PEER');
    await world.pass(LONG_MS);
    expect(lanes.attempts).toHaveLength(1);
    const again = lanes.publish('key');
    await world.pass(100);
    expect(lanes.attempts).toHaveLength(1);
    lanes.media(again);
    await world.pass(200);
    expect(lanes.attempts).toHaveLength(2);
  });

  it('parks a push that waited for the store when it went, until the hold stands', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const ingest = lanes.publish('key');
    await world.pass(100);
    scene.redis.mood = 'frozen';
    lanes.media(ingest);
    await world.pass(100);
    lanes.setBusy(0, true);
    lanes.hangUp(ingest);
    await world.pass(5_000);
    expect(lanes.attempts).toEqual([]);
    lanes.setBusy(0, false);
    scene.redis.mood = 'there';
    await world.pass(1_000);
    expect(lanes.attempts).toHaveLength(1);
  });
});

describe('a stream key', () => {
  it('that was revoked ends its encoder, and the broadcast waits for another', async () => {
    const { streamId } = scene.addStream('key');
    const ingest = await scene.goLive('key');
    await scene.acceptAll();
    scene.postgres.keys.delete('key');
    await scene.world.pass(13_000);
    expect(ingest.endReason).toBe('key-revoked');
    expect(scene.status(streamId)?.state).toBe('grace');
    expect(scene.lanes.liveAttempts).toHaveLength(1);
    const refused = scene.lanes.publish('key');
    await scene.world.pass(100);
    expect(refused.rejection).toBe('NetStream.Publish.Denied');
    scene.postgres.keys.set('new', { streamId, keyId: 'k', role: 'primary' });
    await scene.goLive('new');
    expect(scene.status(streamId)?.state).toBe('live');
  });

  it('counts as valid while Postgres cannot be asked', async () => {
    scene.addStream('key');
    const ingest = await scene.goLive('key');
    scene.postgres.keys.delete('key');
    scene.postgres.mood = 'away';
    await scene.world.pass(60_000);
    expect(ingest.phase).toBe('accepted');
  });
});
