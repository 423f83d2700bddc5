import { beforeEach, describe, expect, it } from 'vitest';
import type { DesiredStream } from '#contracts';
import { destination, RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

describe('an end that was asked for', () => {
  it('cuts the encoder and says goodbye to every destination', async () => {
    const { streamId } = scene.addStream('key', 2);
    const ingest = await scene.goLive('key');
    const attempts = await scene.acceptAll();
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await scene.world.pass(100);
    expect(ingest.endReason).toBe('broadcast-ended');
    expect(attempts.map(({ ending }) => ending)).toEqual(['drain', 'drain']);
    expect(scene.recordsOf('broadcast-ended')).toMatchObject([{ reason: 'end-now' }]);
    expect(scene.redis.statuses.get(streamId)?.state).toBe('offline');
  });

  it('lets the next broadcast dial only when the old connections have closed', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key');
    await scene.goLive('key');
    const [old] = await scene.acceptAll();
    lanes.obedient = false;
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await scene.goLive('key', 1);
    await world.pass(1_000);
    expect(lanes.attempts).toHaveLength(1);
    if (old !== undefined) lanes.end(old, null);
    await world.pass(200);
    expect(lanes.attempts).toHaveLength(2);
    const [first, second] = scene.recordsOf('broadcast-started');
    expect(scene.recordsOf('attempt-started').map((record) => record.broadcastId)).toEqual([
      first?.id,
      second?.id,
    ]);
  });

  it('is recorded before the stream is forgotten, even when no push holds it', async () => {
    const { streamId } = scene.addStream('key', 0);
    await scene.goLive('key');
    scene.lanes.setBusy(0, true);
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    scene.relay.tidy();
    expect(scene.relay.isQuiet).toBe(false);
    await scene.world.pass(600);
    expect(scene.relay.isQuiet).toBe(true);
    expect(scene.recordsOf('broadcast-ended')).toHaveLength(1);
  });

  it('comes with the deletion of the stream, also when the command was lost', async () => {
    const { streamId } = scene.addStream('key');
    const ingest = await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    const before = scene.postgres.streams.get(streamId) as DesiredStream;
    scene.postgres.streams.set(streamId, { ...before, deleted: true });
    scene.postgres.keys.delete('key');
    await scene.world.pass(11_000);
    expect(ingest.phase).toBe('ended');
    expect(attempt?.ending).toBe('drain');
    expect(scene.recordsOf('broadcast-ended')).toMatchObject([{ reason: 'stream-deleted' }]);
  });

  it('comes with the end of the process: nobody new is let in, and all is told', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key');
    scene.addStream('late');
    await scene.goLive('key');
    await scene.acceptAll();
    const late = lanes.publish('late');
    scene.relay.endAll();
    await world.pass(500);
    expect(late.rejection).toBe('NetStream.Publish.BadName');
    expect(lanes.commands).toContainEqual({ kind: 'stop-listening' });
    expect(scene.relay.isQuiet).toBe(true);
    scene.relay.tidy();
    await world.settle();
    expect(scene.recordsOf('broadcast-ended')).toMatchObject([{ reason: 'draining' }]);
    expect(scene.redis.statuses.get(streamId)?.state).toBe('offline');
  });

  it('needs neither store', async () => {
    scene.addStream('key');
    await scene.goLive('key');
    await scene.acceptAll();
    scene.redis.mood = 'frozen';
    scene.postgres.mood = 'frozen';
    scene.relay.endAll();
    await scene.world.pass(600);
    expect(scene.relay.isQuiet).toBe(true);
  });
});

describe('the owner’s wishes', () => {
  it('switch a push off and on while the stream is live', async () => {
    const { lanes, world } = scene;
    const { streamId, destinations } = scene.addStream('key');
    await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    await scene.change(streamId, {
      destinations: destinations.map((one) => ({ ...one, enabled: false })),
    });
    await world.pass(100);
    expect(attempt?.ending).toBe('drain');
    expect(scene.status(streamId)?.pushes).toMatchObject([{ state: 'stopped' }]);
    expect(scene.incidents.at(-1)).toBe('PUSH_STOPPED');
    await scene.change(streamId, { destinations });
    await world.pass(200);
    expect(lanes.liveAttempts).toHaveLength(1);
  });

  it('with another URL end the attempt that was under way, and dial there', async () => {
    const { lanes, world } = scene;
    const { streamId, destinations } = scene.addStream('key');
    await scene.goLive('key');
    await world.pass(200);
    const url = 'rtmp://192.0.2.10/app';
    await scene.change(streamId, {
      destinations: destinations.map((one) => ({ ...one, url, restartToken: 1 })),
    });
    await world.pass(500);
    expect(lanes.attempts.map(({ phase }) => phase)).toEqual(['ended', 'dialling']);
    expect(lanes.liveAttempts[0]?.order.url).toBe(url);
  });

  it('with another name change nothing that is under way', async () => {
    const { streamId, destinations } = scene.addStream('key');
    await scene.goLive('key');
    await scene.acceptAll();
    await scene.change(streamId, {
      destinations: destinations.map((one) => ({ ...one, name: 'renamed' })),
    });
    await scene.world.pass(500);
    expect(scene.lanes.attempts).toHaveLength(1);
  });

  it('without a destination close it first, and keep its bytes in the sum', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key');
    await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    if (attempt !== undefined) lanes.figures(attempt, 5_000);
    await world.pass(100);
    lanes.obedient = false;
    await scene.change(streamId, { destinations: [] });
    await world.pass(2_000);
    expect(scene.status(streamId)?.pushes).toMatchObject([{ enabled: false }]);
    if (attempt !== undefined) lanes.end(attempt, null);
    await world.pass(2_000);
    expect(scene.status(streamId)?.pushes).toEqual([]);
    expect(scene.relay.bytesOut).toBe(5_000);
  });

  it('with a new destination dial it, and where nothing is held not before media is', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key', 0);
    lanes.picture = 'none';
    lanes.sound = 'none';
    const ingest = await scene.goLive('key');
    lanes.hangUp(ingest);
    await world.pass(100);
    await scene.change(streamId, { destinations: [destination('new')] });
    await world.pass(5_000);
    expect(lanes.attempts).toEqual([]);
    await scene.goLive('key');
    await world.pass(200);
    expect(lanes.attempts).toHaveLength(1);
  });

  it('that arrive late do not take the place of newer ones', async () => {
    const { streamId, destinations } = scene.addStream('key');
    await scene.goLive('key');
    await scene.acceptAll();
    // The look of the reconcile is on its way when the owner switches the destination off.
    const { postgres } = scene;
    const old = postgres.streams.get(streamId) as DesiredStream;
    let answer: (all: DesiredStream[]) => void = () => undefined;
    postgres.loadMany = () => new Promise((resolve) => (answer = resolve));
    const late = scene.relay.reconcile();
    const off = destinations.map((one) => ({ ...one, enabled: false }));
    await scene.change(streamId, { destinations: off });
    answer([old]);
    await late;
    await scene.world.pass(500);
    expect(scene.status(streamId)?.pushes).toMatchObject([{ enabled: false, state: 'stopped' }]);
  });

  it('to try again now end a wait', async () => {
    const { lanes, world } = scene;
    const { streamId, destinations } = scene.addStream('key');
    await scene.goLive('key');
    await world.pass(200);
    const [attempt] = lanes.attempts;
    if (attempt !== undefined) lanes.end(attempt, 'TLS_CERTIFICATE');
    await world.pass(1_000);
    expect(scene.status(streamId)?.pushes).toMatchObject([{ state: 'needs_attention' }]);
    const destinationId = destinations[0]?.id ?? '';
    await scene.relay.onCommand({ kind: 'retryPush', streamId, destinationId });
    await world.pass(200);
    expect(lanes.attempts).toHaveLength(2);
  });
});
