import { beforeEach, describe, expect, it } from 'vitest';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

/** Neither the address nor the name of the encoder that is there. */
const ANOTHER = { remoteAddress: '198.51.100.7', encoder: 'another' };

describe('a second encoder with the same key', () => {
  it('is refused while the first sends, and makes no push anew', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const first = await scene.goLive('key');
    await scene.acceptAll();
    await world.pass(3_000);
    lanes.media(first);
    const second = lanes.publish('key', 1, ANOTHER);
    await world.pass(100);
    expect(second.rejection).toBe('NetStream.Publish.BadName');
    expect(first.phase).toBe('accepted');
    expect(lanes.attempts).toHaveLength(1);
    expect(scene.incidents.at(-1)).toBe('ENCODER_REFUSED');
  });

  it('is refused by a stream that is set to, however silent the first is', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key');
    await scene.change(streamId, { takeover: 'reject' });
    await scene.goLive('key');
    await world.pass(9_000);
    const second = lanes.publish('key', 1);
    await world.pass(100);
    expect(second.rejection).toBe('NetStream.Publish.BadName');
  });

  it('takes over at once from the same address, without another push', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const first = await scene.goLive('key');
    await scene.acceptAll();
    lanes.media(first);
    const second = await scene.goLive('key', 1);
    expect(first.endReason).toBe('taken-over');
    await world.pass(100);
    expect(lanes.writers).toEqual([second]);
    expect(lanes.attempts).toHaveLength(1);
    expect(lanes.liveAttempts).toHaveLength(1);
  });

  it('takes over from a silent one, and gets the ring when that writes no more', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const first = await scene.goLive('key');
    await scene.acceptAll();
    await world.pass(2_000);
    const second = lanes.publish('key', 1, ANOTHER);
    await world.pass(100);
    expect(first.endReason).toBe('taken-over');
    expect(second).toMatchObject({ phase: 'accepted', ring: first.ring, input: 'armed' });
    expect(lanes.writers).toMatchObject([{ phase: 'standing', ring: first.ring }]);
    lanes.media(second);
    await world.pass(100);
    expect(lanes.writers).toEqual([second]);
    const order = lanes.commands.map(({ kind }) => kind);
    expect(order.slice(order.indexOf('cut-ingest'))).toEqual([
      'cut-ingest',
      'yield-ring',
      'accept-publish',
      'arm-ingest',
      'start-hold',
      'end-hold',
      'take-ring',
    ]);
    expect(lanes.attempts).toHaveLength(1);
    expect(lanes.liveAttempts).toHaveLength(1);
    expect(scene.incidents).toContain('ENCODER_TAKEN_OVER');
  });

  it('waits half a second for each answer of a lane that is busy', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const first = await scene.goLive('key');
    await world.pass(3_000);
    lanes.setBusy(0, true);
    const second = lanes.publish('key', 1);
    await world.pass(490);
    expect(second.phase).toBe('asking');
    await world.pass(20);
    expect(second.phase).toBe('accepted');
    lanes.media(second);
    await world.pass(480);
    expect(lanes.writers, 'it may still be writing').toEqual([first]);
    await world.pass(30);
    expect(lanes.writers).toEqual([first, second]);
    lanes.setBusy(0, false);
    await world.pass(100);
    expect(lanes.writers).toEqual([second]);
    expect(scene.relay.streams[0]?.ingest?.request.ingestId).toBe(second.ingestId);
  });

  it('that hangs up while the first is cut leaves a stream that waits for an encoder', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key');
    await scene.goLive('key');
    await world.pass(3_000);
    lanes.setBusy(0, true);
    const second = lanes.publish('key', 1);
    await world.pass(800);
    lanes.hangUp(second);
    await world.pass(400);
    expect(scene.status(streamId)).toMatchObject({ state: 'grace', ingest: null });
  });

  it('cannot throw the first out again at once', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    await scene.goLive('key');
    await world.pass(2_000);
    const second = lanes.publish('key', 1);
    await world.pass(100);
    lanes.media(second);
    const third = lanes.publish('key', 0);
    await world.pass(100);
    expect(third.rejection).toBe('NetStream.Publish.BadName');
    expect(second.phase).toBe('accepted');
  });

  it('lives in a stream that is known, even if the first left meanwhile', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key', 0, 0);
    const first = await scene.goLive('key');
    await world.pass(3_800);
    // The lane cannot answer for the first, which goes while the newcomer waits, and is forgotten.
    lanes.setBusy(0, true);
    const probed = lanes.publish('key', 1);
    await world.pass(2);
    lanes.hangUp(first);
    await world.pass(1_200);
    expect(probed.phase).toBe('accepted');
    expect(scene.relay.streams).toHaveLength(1);
    expect(scene.status(streamId)?.state).toBe('live');
  });
});

/** What creators have complained of, by the issue where they did. */
describe('as in nginx-rtmp', () => {
  it('#1152: the ghost of a connection keeps nobody out, nor drops a destination', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key');
    await scene.goLive('key');
    await scene.acceptAll();
    // Its address has changed with its network, and nothing was heard of its old connection.
    await world.pass(2_000);
    const back = lanes.publish('key', 1, ANOTHER);
    await world.pass(20);
    lanes.media(back);
    await world.pass(20);
    expect(lanes.writers).toEqual([back]);
    expect(scene.status(streamId)?.pushes).toMatchObject([{ state: 'live', attempt: 1 }]);
    expect(lanes.attempts).toHaveLength(1);
  });

  it('#1591: a second publisher that was refused leaves every push as it is', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key', 3);
    const first = await scene.goLive('key');
    await scene.acceptAll();
    for (let second = 0; second < 30; second += 1) {
      lanes.media(first);
      const refused = lanes.publish('key', 1, ANOTHER);
      await world.pass(1_000);
      expect(refused.rejection).toBe('NetStream.Publish.BadName');
    }
    expect(lanes.attempts).toHaveLength(3);
    expect(lanes.liveAttempts).toHaveLength(3);
    expect(scene.status(streamId)?.state).toBe('live');
    expect(scene.incidents.filter((code) => code === 'ENCODER_REFUSED')).toHaveLength(1);
  });

  it('#1642: the first of two publishers goes on writing, and only it', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    const first = await scene.goLive('key');
    await scene.acceptAll();
    lanes.publish('key', 1, ANOTHER);
    await world.pass(500);
    lanes.media(first);
    await world.pass(500);
    expect(lanes.writers).toEqual([first]);
    expect(lanes.commands.map(({ kind }) => kind)).not.toContain('yield-ring');
  });
});

describe('two encoders that fight for one key', () => {
  it('are told of once, and destinations are connected all the while', async () => {
    const { lanes, world } = scene;
    scene.addStream('key');
    await scene.goLive('key');
    await scene.acceptAll();
    for (let turn = 0; turn < 60; turn += 1) {
      lanes.publish('key', turn % 2);
      for (let look = 0; look < 3; look += 1) {
        await world.pass(1_000);
        for (const ingest of lanes.ingests) lanes.media(ingest);
        expect(lanes.writers.length).toBeLessThanOrEqual(1);
      }
    }
    const won = lanes.ingests.filter(({ rejection }) => rejection === undefined);
    expect(won).toHaveLength(6);
    expect(scene.incidents.filter((code) => code === 'ENCODERS_FIGHT')).toHaveLength(1);
    expect(lanes.attempts).toHaveLength(1);
    expect(lanes.liveAttempts).toHaveLength(1);
  });
});
