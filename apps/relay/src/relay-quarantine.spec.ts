import { beforeEach, describe, expect, it } from 'vitest';
import { QUARANTINE_MS } from '#relay-core';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

describe('a stream whose bytes kill its lane', () => {
  /** Its encoder comes back, and its lane dies of it. */
  async function die(key: string): Promise<void> {
    const { lanes, world } = scene;
    const ingest = await scene.goLive(key, 0);
    lanes.kill(0, ingest);
    await world.pass(10);
    lanes.restart(0);
  }

  it('is refused at the third time within a minute, and let in five minutes later', async () => {
    const { lanes, world } = scene;
    const { streamId } = scene.addStream('key', 1, 600);
    for (let time = 1; time <= 2; time += 1) await die('key');
    expect(scene.incidents).not.toContain('ENCODER_QUARANTINED');
    await die('key');
    expect(scene.incidents.slice(-3)).toEqual([
      'ENCODER_LOST',
      'ENCODER_QUARANTINED',
      'HOLD_STARTED',
    ]);
    const refused = lanes.publish('key', 1);
    await world.pass(100);
    expect(refused.rejection).toBe('NetStream.Publish.Denied');
    expect(scene.lines.at(-1)?.fields).toMatchObject({ cause: 'its stream has ended lanes' });
    await world.pass(QUARANTINE_MS - 1_000);
    expect(lanes.publish('key', 1).phase).toBe('asking');
    await world.pass(1_000);
    await scene.goLive('key', 1);
    await world.pass(100);
    expect(scene.status(streamId)).toMatchObject({ state: 'live' });
  });

  it('is it alone: another of the same lane is let in as often as it comes', async () => {
    const { lanes, world } = scene;
    const other = scene.addStream('other', 1, 600);
    scene.addStream('key', 1, 600);
    for (let time = 1; time <= 4; time += 1) {
      await scene.goLive('other', 0);
      await die('key');
    }
    await scene.goLive('other', 0);
    await world.pass(100);
    expect(scene.status(other.streamId)).toMatchObject({ state: 'live' });
    expect(lanes.publish('key', 0).rejection).toBeUndefined();
    await world.pass(100);
    expect(lanes.ingests.at(-1)?.rejection).toBe('NetStream.Publish.Denied');
    expect(scene.incidents.filter((code) => code === 'ENCODER_QUARANTINED')).toHaveLength(1);
  });
});
