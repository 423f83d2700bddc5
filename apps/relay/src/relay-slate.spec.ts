import { beforeEach, describe, expect, it } from 'vitest';
import { RingWriter } from '#ring';
import { CODED_SLATE, SLATE_HEADERS, SLATE_SHA256 } from './fake-slates.fixture.ts';
import type { FakeIngest } from './fake-lanes.fixture.ts';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

/** An encoder of a stream with a slate has sent its first frame. */
async function goLive(headers: Parameters<RingWriter['setHeaders']>[0]): Promise<FakeIngest> {
  const desired = scene.addStream('key');
  scene.postgres.streams.set(desired.streamId, { ...desired, slate: SLATE_SHA256 });
  const ingest = scene.lanes.publish('key');
  await scene.world.pass(10);
  if (ingest.ring === undefined) throw new Error('it was not let in');
  new RingWriter(ingest.ring).setHeaders(headers);
  scene.lanes.media(ingest);
  await scene.world.pass(100);
  return ingest;
}

describe('the slate of a stream', () => {
  it('is given to the hold', async () => {
    const ingest = await goLive(SLATE_HEADERS);
    scene.lanes.hangUp(ingest, 'closed');
    await scene.world.pass(100);
    expect(scene.lanes.holds.map(({ slate }) => slate)).toEqual([CODED_SLATE]);
    expect(scene.incidents).not.toContain('SLATE_UNUSABLE');
  });

  it('that cannot be shown is told, and the hold starts without', async () => {
    const ingest = await goLive([]);
    expect(scene.incidents).toContain('SLATE_UNUSABLE');
    scene.lanes.hangUp(ingest, 'closed');
    await scene.world.pass(100);
    expect(scene.lanes.holds.map(({ slate }) => slate)).toEqual([null]);
  });

  it('is taken away while the stream is live', async () => {
    const ingest = await goLive(SLATE_HEADERS);
    const [stream] = scene.relay.streams;
    await scene.change(stream?.streamId ?? '', { slate: null });
    await scene.world.pass(100);
    scene.lanes.hangUp(ingest, 'closed');
    await scene.world.pass(100);
    expect(scene.lanes.holds.map(({ slate }) => slate)).toEqual([null]);
  });
});
