import { beforeEach, describe, expect, it } from 'vitest';
import type { DesiredStream, PushStatus } from '#contracts';
import type { FakeAttempt } from './fake-lanes.fixture.ts';
import { destination, RelayUnderTest } from './relay-under-test.fixture.ts';

/** What each encoder of these scenes sends. */
const INGEST_KBPS = 6_000;
/** Longer than a push waits before it looks for room again. */
const BEAT_MS = 20_000;

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

function streamOf(key: string, pushes: number, outKbpsMax: number | null): DesiredStream {
  const stream = scene.addStream(key, pushes);
  const quota = { ...stream.quota, outKbpsMax };
  scene.postgres.streams.set(stream.streamId, { ...stream, quota });
  return { ...stream, quota };
}

async function live(key: string): Promise<readonly FakeAttempt[]> {
  await scene.goLive(key);
  await scene.world.pass(300);
  return scene.acceptAll();
}

function pushesOf({ streamId }: DesiredStream): readonly PushStatus[] {
  return scene.status(streamId)?.pushes ?? [];
}

function statesOf(stream: DesiredStream): readonly string[] {
  return pushesOf(stream).map(({ state }) => state);
}

describe('a quota of what a workspace sends', () => {
  it('is kept to the last kbit, and one less keeps the last push from being dialled', async () => {
    const exact = streamOf('exact', 2, 2 * INGEST_KBPS);
    expect(await live('exact')).toHaveLength(2);
    expect(statesOf(exact)).toEqual(['live', 'live']);

    scene = new RelayUnderTest();
    const short = streamOf('short', 2, 2 * INGEST_KBPS - 1);
    expect(await live('short')).toHaveLength(1);
    expect(statesOf(short)).toEqual(['live', 'needs_attention']);
    expect(pushesOf(short)[1]?.lastError).toMatchObject({
      code: 'OUT_QUOTA',
      class: 'config',
      message:
        'The workspace sends as much as it may; this begins by itself once there is room for it.' +
        ' Its quota is 11.999 Mbit/s.',
    });
  });

  it('is one for all streams of the workspace, and none of another’s', async () => {
    const first = streamOf('first', 1, INGEST_KBPS);
    const second = streamOf('second', 1, INGEST_KBPS);
    const other = { ...streamOf('other', 1, INGEST_KBPS), workspaceId: 'another' };
    scene.postgres.streams.set(other.streamId, other);
    for (const key of ['first', 'second', 'other']) await live(key);
    expect([first, second, other].map(statesOf)).toEqual([['live'], ['needs_attention'], ['live']]);
  });

  it('says so once, asks again on a calm beat, and lets go on when there is room', async () => {
    const stream = streamOf('key', 2, INGEST_KBPS);
    await live('key');
    await scene.world.pass(10 * BEAT_MS);
    expect(scene.incidents.filter((code) => code === 'OUT_QUOTA')).toHaveLength(1);
    expect(scene.recordsOf('attempt-ended').map(({ code }) => code)).toEqual(['OUT_QUOTA']);
    expect(statesOf(stream)).toEqual(['live', 'needs_attention']);
    const [first, second] = stream.destinations;
    if (first === undefined || second === undefined) throw new Error('there are two');
    await scene.change(stream.streamId, { destinations: [{ ...first, enabled: false }, second] });
    await scene.world.pass(BEAT_MS);
    await scene.acceptAll();
    expect(statesOf(stream)).toEqual(['stopped', 'live']);
  });

  it('lets what waits begin when the quota grows', async () => {
    const stream = streamOf('key', 1, INGEST_KBPS - 1);
    expect(await live('key')).toHaveLength(0);
    const quota = { ...stream.quota, outKbpsMax: INGEST_KBPS };
    await scene.change(stream.streamId, { quota });
    await scene.world.pass(BEAT_MS);
    expect(await scene.acceptAll()).toHaveLength(1);
  });

  it('cuts nothing that is live, nor keeps it from coming back', async () => {
    const stream = streamOf('key', 2, 2 * INGEST_KBPS);
    const [first] = await live('key');
    if (first === undefined) throw new Error('one is live');
    await scene.change(stream.streamId, { quota: { ...stream.quota, outKbpsMax: 1 } });
    await scene.world.pass(BEAT_MS);
    expect(statesOf(stream)).toEqual(['live', 'live']);
    scene.lanes.end(first, 'CLOSED_BY_PEER');
    await scene.world.pass(1_000);
    await scene.acceptAll();
    expect(statesOf(stream)).toEqual(['live', 'live']);
  });

  it('keeps the room of a push that is away for a moment', async () => {
    const stream = streamOf('key', 2, INGEST_KBPS);
    const [first] = await live('key');
    if (first === undefined) throw new Error('one is live');
    scene.lanes.end(first, 'CLOSED_BY_PEER');
    await scene.world.pass(5);
    const [, second] = stream.destinations;
    await scene.relay.onCommand({
      kind: 'retryPush',
      streamId: stream.streamId,
      destinationId: second?.id ?? '',
    });
    await scene.world.pass(1_000);
    await scene.acceptAll();
    expect(statesOf(stream)).toEqual(['live', 'needs_attention']);
  });

  it('counts a push as what it sends, once it has sent something', async () => {
    const stream = streamOf('key', 2, INGEST_KBPS + 1_000);
    const [first] = await live('key');
    if (first === undefined) throw new Error('one is live');
    const measured = async (bytes: number): Promise<void> => {
      scene.lanes.figures(first, bytes);
      await scene.world.pass(1_000);
    };
    for (let second = 1; second <= 10; second += 1) await measured(second * 126_000);
    expect(statesOf(stream)).toEqual(['live', 'needs_attention']);
    for (let second = 1; second <= 20; second += 1) await measured((second + 10.08) * 125_000);
    await scene.acceptAll();
    expect(statesOf(stream)).toEqual(['live', 'live']);
  });

  it('begins anew with the next broadcast', async () => {
    const stream = streamOf('key', 1, INGEST_KBPS);
    await live('key');
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId: stream.streamId });
    await scene.world.pass(10_000);
    await scene.change(stream.streamId, { quota: { ...stream.quota, outKbpsMax: 1 } });
    await live('key');
    expect(statesOf(stream)).toEqual(['needs_attention']);
  });

  it('keeps nothing from coming back when the relay was started anew', async () => {
    const stream = streamOf('key', 1, INGEST_KBPS);
    await live('key');
    await scene.restart();
    await scene.change(stream.streamId, { quota: { ...stream.quota, outKbpsMax: 1 } });
    await live('key');
    expect(statesOf(stream)).toEqual(['live']);
  });

  it('counts no rehearsal, and refuses none', async () => {
    const stream = streamOf('key', 0, INGEST_KBPS);
    const rehearsal = destination('rehearsal', { platform: 'test' });
    const destinations = [rehearsal, destination('real'), { ...rehearsal, id: 'one more' }];
    scene.postgres.streams.set(stream.streamId, { ...stream, destinations });
    await live('key');
    expect(statesOf(stream)).toEqual(['live', 'live', 'live']);
  });
});
