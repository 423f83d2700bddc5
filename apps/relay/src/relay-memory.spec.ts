import { describe, expect, it } from 'vitest';
import { RingWriter } from '#ring';
import { DESCRIPTOR_SUM } from './descriptor-budget.ts';
import { MEMORY_SUM } from './memory-budget.ts';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

const MIB = 1024 * 1024;
const { baseBytes, laneBytes, streamBytes, destinationBytes, ringExpectedBytes } = MEMORY_SUM;
const ONE = streamBytes + ringExpectedBytes + destinationBytes;

/** A relay of two lanes with memory for so many streams of one destination each, as expected. */
function relayFor(streams: number): RelayUnderTest {
  return new RelayUnderTest(1, (baseBytes + 2 * laneBytes + streams * ONE) / MIB);
}

describe('a publish that would begin a broadcast', () => {
  it('is refused when the node’s memory is promised, and nobody else is disturbed', async () => {
    const scene = relayFor(2);
    const { lanes, world } = scene;
    const first = scene.addStream('one');
    scene.addStream('two');
    const refused = scene.addStream('three');
    await scene.goLive('one');
    await scene.goLive('two');
    await scene.acceptAll();
    const third = lanes.publish('three');
    await world.pass(100);
    expect(third.rejection).toBe('NetStream.Publish.BadName');
    expect(scene.status(first.streamId)).toMatchObject({
      state: 'live',
      pushes: [{ state: 'live' }],
    });
    expect(scene.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'a publish was refused',
        fields: expect.objectContaining({
          cause: 'needs 11 MB, and 0 MB are left of 342 MB with 2 live (RELAY_MEMORY_MBYTES)',
        }),
      }),
    );
    await world.pass(2_000);
    expect(scene.redis.owners.get(refused.streamId), 'another node may take it').toBeUndefined();
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId: first.streamId });
    await world.pass(100);
    const again = lanes.publish('three');
    await world.pass(100);
    expect(again.phase).toBe('accepted');
  });

  it('is judged with those that were let in at the same moment', async () => {
    const scene = relayFor(2);
    for (const key of ['one', 'two', 'three']) scene.addStream(key);
    const asking = ['one', 'two', 'three'].map((key) => scene.lanes.publish(key));
    await scene.world.pass(100);
    expect(asking.filter(({ phase }) => phase === 'accepted')).toHaveLength(2);
    expect(asking.filter(({ rejection }) => rejection !== undefined)).toHaveLength(1);
  });
});

describe('a publish whose destinations would find no descriptor', () => {
  it('is refused, and no encoder that returns to its broadcast', async () => {
    const { base, lane, inputs } = DESCRIPTOR_SUM;
    // One connection of each lane may wait, and one stream has two destinations.
    const scene = new RelayUnderTest(1, 8192, base + 2 * (lane + 1) + inputs + 2);
    const { lanes, world } = scene;
    scene.addStream('one', 2);
    scene.addStream('two', 0);
    lanes.hangUp(await scene.goLive('one'));
    const refused = lanes.publish('two');
    const returned = lanes.publish('one');
    await world.pass(100);
    expect([refused.rejection, returned.phase]).toEqual(['NetStream.Publish.BadName', 'accepted']);
    const cause = 'needs 2 connections, and 0 are left of 4 with 1 live (102 open files)';
    expect(scene.lines.find(({ message }) => message === 'a publish was refused')).toMatchObject({
      fields: { cause },
    });
  });
});

describe('a publish of an encoder that returns to its broadcast', () => {
  it('is let in however little memory is left', async () => {
    const scene = relayFor(2);
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('one');
    scene.addStream('two');
    const ingest = await scene.goLive('one');
    await scene.goLive('two');
    lanes.hangUp(ingest);
    await world.pass(1_000);
    expect(scene.status(streamId)?.state).toBe('grace');
    const returned = lanes.publish('one');
    await world.pass(100);
    expect(returned.phase).toBe('accepted');
  });
});

describe('a ring', () => {
  it('counts until what it holds was played out', async () => {
    const scene = relayFor(4);
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('one');
    await scene.goLive('one');
    const [attempt] = await scene.acceptAll();
    lanes.obedient = false;
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await world.pass(1_000);
    expect(attempt?.ending).toBe('drain');
    expect(scene.relay.memoryClaims).toHaveLength(1);
    if (attempt !== undefined) lanes.end(attempt, null);
    await world.pass(1);
    expect(scene.relay.memoryClaims).toEqual([]);
  });

  it('may grow on while memory is left, and then has a shorter window', async () => {
    const scene = relayFor(4);
    scene.addStream('one');
    const ingest = await scene.goLive('one');
    const writer = new RingWriter(ingest.ring!);
    const write = (from: number): void => {
      const frame = Buffer.alloc(MIB);
      for (let at = from; at < from + 100; at += 1) writer.append(9, at, 0, frame);
    };
    const claimed = (): number | undefined => scene.relay.memoryClaims[0]?.ring?.dataBytes;
    await scene.world.pass(1_000);
    write(0);
    // What three streams more would have taken is its own.
    const room = ringExpectedBytes + 3 * ONE;
    expect(claimed()).toBeLessThanOrEqual(room);
    expect(claimed()).toBeGreaterThan(room - MIB);
    await scene.world.pass(1_000);
    expect(scene.lines).toContainEqual(
      expect.objectContaining({
        message: 'a ring holds less than its window: the memory is used up',
      }),
    );
    expect(ingest.phase).toBe('accepted');
  });
});
