import { beforeEach, describe, expect, it } from 'vitest';
import { RingWriter } from '#ring';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

/** A stream with two keys, `key` and `spare`, and one destination. */
function addStream(graceSeconds = 60): string {
  const { streamId } = scene.addStream('key', 1, graceSeconds);
  scene.postgres.keys.set('spare', { streamId, keyId: 'spare', role: 'backup' });
  return streamId;
}

describe('an encoder that freezes', () => {
  it('is away, and goes on in its connection where it thaws; nobody dials anew', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    const ingest = await scene.goLive('key');
    await scene.acceptAll();
    lanes.freeze(ingest);
    await world.pass(2_000);
    expect(scene.status(streamId)).toMatchObject({
      state: 'grace',
      inputs: { primary: { health: 'frozen' } },
      hold: { picture: 'last-picture' },
    });
    expect(lanes.writers).toMatchObject([{ phase: 'standing' }]);
    lanes.media(ingest);
    await world.pass(100);
    expect(scene.status(streamId)).toMatchObject({
      state: 'live',
      activeInput: 'primary',
      inputs: { primary: { health: 'well' } },
      hold: null,
    });
    expect(lanes.writers).toEqual([ingest]);
    expect(lanes.attempts).toHaveLength(1);
    expect(scene.incidents.slice(-3)).toEqual([
      'ENCODER_FROZEN',
      'HOLD_STARTED',
      'ENCODER_RETURNED',
    ]);
  });
});

describe('an encoder that says goodbye', () => {
  it('ends the broadcast at once where its stream says so', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    await scene.change(streamId, { endOnUnpublish: true });
    lanes.hangUp(await scene.goLive('key'), 'unpublished');
    await world.pass(100);
    expect(scene.status(streamId)?.state).not.toBe('grace');
    expect(scene.recordsOf('broadcast-ended')).toMatchObject([{ reason: 'unpublished' }]);
    expect(scene.incidents.at(-1)).toBe('BROADCAST_ENDED');
  });

  it('waits for the next one where it does not', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    lanes.hangUp(await scene.goLive('key'), 'unpublished');
    await world.pass(100);
    expect(scene.status(streamId)?.state).toBe('grace');
  });
});

describe('the backup input', () => {
  it('stands by, and writes nothing', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    const first = await scene.goLive('key');
    const spare = await scene.goLive('spare', 1);
    await world.pass(1_000);
    expect(spare).toMatchObject({ phase: 'accepted', input: 'standby' });
    expect(lanes.writers).toEqual([first]);
    expect(scene.status(streamId)).toMatchObject({
      state: 'live',
      activeInput: 'primary',
      inputs: { primary: { health: 'well' }, backup: { health: 'well' } },
    });
    expect(scene.incidents.at(-1)).toBe('INPUT_STANDBY');
  });

  it.each(['goes', 'freezes', 'dies with its lane'] as const)(
    'takes over when the other %s, and keeps the pen when that is back',
    async (how) => {
      const { lanes, world } = scene;
      const streamId = addStream();
      const first = await scene.goLive('key', 1);
      await scene.acceptAll();
      const spare = await scene.goLive('spare', 0);
      if (how === 'goes') lanes.hangUp(first);
      else if (how === 'freezes') lanes.freeze(first);
      else lanes.kill(1);
      await world.pass(100);
      expect(lanes.writers).toMatchObject([{ phase: 'standing' }]);
      lanes.media(spare);
      await world.pass(100);
      expect(lanes.writers).toEqual([spare]);
      expect(scene.status(streamId)).toMatchObject({ state: 'live', activeInput: 'backup' });
      expect(scene.incidents.at(-1)).toBe('INPUT_SWITCHED');
      lanes.restart(1);
      const back = how === 'freezes' ? first : await scene.goLive('key', 1);
      lanes.media(back);
      await world.pass(1_000);
      expect(lanes.writers).toEqual([spare]);
      expect(scene.recordsOf('broadcast-started')).toHaveLength(1);
    },
  );

  it('goes on without a hold when the other sends no picture for a second', async () => {
    const { lanes, world } = scene;
    addStream();
    const first = await scene.goLive('key');
    const spare = await scene.goLive('spare', 1);
    if (first.ring === undefined) throw new Error('it was let in');
    new RingWriter(first.ring).markVideo(world.monotonicMs());
    await world.pass(1_300);
    expect(spare.input).toBe('armed');
    lanes.media(spare);
    await world.pass(10);
    expect(lanes.writers).toEqual([spare]);
    expect(lanes.holds).toEqual([]);
    expect(scene.incidents.at(-1)).toBe('INPUT_SWITCHED');
  });

  it('is switched to when that is asked for, without a hold', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    const first = await scene.goLive('key');
    await scene.acceptAll();
    const spare = await scene.goLive('spare', 1);
    await scene.relay.onCommand({ kind: 'switchInput', streamId, to: 'backup' });
    await world.pass(1_000);
    expect(lanes.writers).toEqual([first]);
    lanes.media(spare);
    await world.pass(10);
    expect(lanes.writers).toEqual([spare]);
    expect(first).toMatchObject({ phase: 'accepted', input: 'standby' });
    expect(lanes.holds).toEqual([]);
    await scene.relay.onCommand({ kind: 'switchInput', streamId });
    await world.pass(10);
    lanes.media(first);
    await world.pass(10);
    expect(lanes.writers).toEqual([first]);
    expect(lanes.attempts).toHaveLength(1);
  });

  it('may begin a broadcast, and both are cut when that ends', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    const spare = await scene.goLive('spare');
    const first = await scene.goLive('key', 1);
    expect(lanes.writers).toEqual([spare]);
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await world.pass(1_000);
    expect([spare.endReason, first.endReason]).toEqual(['broadcast-ended', 'broadcast-ended']);
    expect(scene.relay.streams).toEqual([]);
  });

  it('is where the second encoder with the primary key goes, if the stream says so', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    await scene.change(streamId, { takeover: 'backup' });
    const first = await scene.goLive('key');
    const second = await scene.goLive('key', 1);
    expect(lanes.writers).toEqual([first]);
    lanes.hangUp(first);
    await world.pass(100);
    lanes.media(second);
    await world.pass(100);
    expect(lanes.writers).toEqual([second]);
    expect(scene.status(streamId)?.activeInput).toBe('backup');
  });

  it('whose key was revoked is cut, and the other writes on', async () => {
    const { lanes, world } = scene;
    addStream();
    const first = await scene.goLive('key');
    const spare = await scene.goLive('spare', 1);
    scene.postgres.keys.delete('spare');
    await world.pass(13_000);
    expect(spare.endReason).toBe('key-revoked');
    expect(lanes.writers).toEqual([first]);
    expect(scene.incidents.at(-1)).toBe('INPUT_LOST');
  });
});

describe('an encoder that goes on in another way', () => {
  it.each([
    ['parameters', 1],
    ['codec', 2],
  ] as const)(
    'with other %s is told of; destinations were dialled %s times',
    async (how, times) => {
      const { lanes, world } = scene;
      addStream();
      lanes.hangUp(await scene.goLive('key'));
      await scene.acceptAll();
      lanes.continuity = how;
      await scene.goLive('key');
      await world.pass(2_000);
      expect(scene.incidents).toContain('INPUT_PARAMETERS_CHANGED');
      expect(lanes.attempts).toHaveLength(times);
    },
  );
});

describe('a hold', () => {
  it('that dies with its lane is made anew in another', async () => {
    const { lanes, world } = scene;
    const streamId = addStream();
    lanes.hangUp(await scene.goLive('key', 0));
    await world.pass(100);
    lanes.kill(0);
    await world.pass(100);
    expect(lanes.writers).toMatchObject([{ phase: 'standing', lane: 1 }]);
    expect(scene.status(streamId)?.hold).not.toBeNull();
  });

  it('ends with the broadcast, also where no encoder came back', async () => {
    const { lanes, world } = scene;
    addStream(5);
    lanes.hangUp(await scene.goLive('key'));
    await world.pass(4_900);
    expect(lanes.writers).toHaveLength(1);
    await world.pass(2_000);
    expect(lanes.writers).toEqual([]);
    expect(scene.relay.streams).toEqual([]);
  });
});
