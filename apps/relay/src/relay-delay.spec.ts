import { beforeEach, describe, expect, it } from 'vitest';
import type { DesiredDestination, DesiredStream } from '#contracts';
import { RingGauge } from '#ring';
import type { FakeAttempt } from './fake-lanes.fixture.ts';
import { destination, RelayUnderTest } from './relay-under-test.fixture.ts';

const FIGURES = {
  bytesWritten: 1,
  bytesAcknowledged: 0,
  lagMs: 0,
  droppedFrames: 0,
  isWaitingForKeyframe: false,
  lastProgressAtMs: 0,
};

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

/** A stream with a destination that lags behind, and one that does not. */
function delayedStream(late: Partial<DesiredDestination>): DesiredStream {
  const desired = scene.addStream('key', 0);
  const destinations = [destination('late', late), destination('live')];
  scene.postgres.streams.set(desired.streamId, { ...desired, destinations });
  return { ...desired, destinations };
}

function attemptTo(name: string, { destinations }: DesiredStream): FakeAttempt | undefined {
  const id = destinations.find((one) => one.name === name)?.id;
  return scene.lanes.liveAttempts.find(({ order }) => order.destinationId === id);
}

/** Its lane says how far behind it plays. */
function playsBehind({ lane, order }: FakeAttempt, delayMs: number): void {
  const figures = [{ ...FIGURES, attemptId: order.attemptId, delayMs }];
  scene.relay.onReport(lane, { kind: 'attempt-figures', figures });
}

/** Both destinations are live, one with a delay of 5 s; their lanes end nothing by themselves. */
async function bothLive(): Promise<DesiredStream> {
  const desired = delayedStream({ delaySeconds: 5 });
  scene.lanes.obedient = false;
  await scene.goLive('key');
  await scene.world.pass(5_000);
  await scene.acceptAll();
  return desired;
}

describe('a destination with a delay', () => {
  it('is dialled when the stream is that old, with a ring that holds as much', async () => {
    const desired = delayedStream({ delaySeconds: 30 });
    const ingest = await scene.goLive('key');
    await scene.acceptAll();
    expect(attemptTo('live', desired)?.order).toMatchObject({ delayMs: 0 });
    expect(ingest.ring === undefined ? 0 : new RingGauge(ingest.ring).windowMs).toBe(52_000);
    await scene.world.pass(29_000);
    expect(attemptTo('late', desired)).toBeUndefined();
    const [late] = scene.status(desired.streamId)?.pushes ?? [];
    expect(late).toMatchObject({ delayWantedMs: 30_000, startsAt: expect.any(String) as string });
    await scene.world.pass(1_000);
    await scene.acceptAll();
    expect(attemptTo('late', desired)?.order).toMatchObject({ delayMs: 30_000 });
    expect(scene.status(desired.streamId)?.pushes).toMatchObject([
      { state: 'live', startsAt: null },
      { state: 'live' },
    ]);
  });

  it('is told of another delay, and its ring holds as much, without a new connection', async () => {
    const desired = delayedStream({});
    const ingest = await scene.goLive('key');
    await scene.acceptAll();
    const [late, live] = desired.destinations;
    if (late === undefined || live === undefined) throw new Error('two destinations');
    await scene.change(desired.streamId, { destinations: [{ ...late, delaySeconds: 9 }, live] });
    await scene.world.pass(10);
    expect(scene.lanes.attempts).toHaveLength(2);
    const told = scene.lanes.commands.filter(({ kind }) => kind === 'change-attempt');
    expect(told).toMatchObject([{ delayMs: 9_000 }]);
    expect(ingest.ring === undefined ? 0 : new RingGauge(ingest.ring).windowMs).toBe(24_000);
    expect(scene.incidents).toContain('PUSH_DELAYED');
  });

  it('is given room to stall also where it is behind without being meant to', async () => {
    const desired = delayedStream({});
    const ingest = await scene.goLive('key');
    await scene.acceptAll();
    const late = attemptTo('late', desired);
    if (late === undefined || ingest.ring === undefined) throw new Error('it was dialled');
    const gauge = new RingGauge(ingest.ring);
    playsBehind(late, 9_000);
    await scene.world.pass(1_000);
    expect(gauge.windowMs).toBe(24_000);
    playsBehind(late, 0);
    await scene.world.pass(1_000);
    expect(gauge.windowMs).toBe(12_000);
  });

  it('is played out to when the broadcast ends, unless that is cut', async () => {
    const desired = await bothLive();
    const late = attemptTo('late', desired);
    if (late === undefined) throw new Error('it was dialled');
    playsBehind(late, 5_000);
    const { streamId } = desired;
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await scene.world.pass(1_000);
    expect(late.ending).toBe('drain');
    expect(scene.status(streamId)?.pushes[0]).toMatchObject({
      state: 'draining',
      drainingUntil: expect.any(String) as string,
    });
    expect(scene.incidents).toContain('PUSH_DRAINING');
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId, cut: true });
    await scene.world.pass(10);
    expect(late.ending).toBe('deliberate');
  });

  it('is not played out to after a cut, nor when the time to drain is over', async () => {
    const desired = await bothLive();
    const [late, live] = [attemptTo('late', desired), attemptTo('live', desired)];
    if (late === undefined || live === undefined) throw new Error('both were dialled');
    playsBehind(late, 5_000);
    const { streamId } = desired;
    await scene.relay.onCommand({
      kind: 'cutPush',
      streamId,
      destinationId: late.order.destinationId,
    });
    await scene.world.pass(10);
    expect(late.ending).toBe('deliberate');
    playsBehind(live, 3_000);
    scene.relay.endAll();
    await scene.world.pass(10);
    expect(live.ending).toBe('drain');
    scene.relay.cutAll();
    await scene.world.pass(10);
    expect(live.ending).toBe('deliberate');
  });

  it('is not played out to once another node has the stream', async () => {
    const desired = await bothLive();
    const late = attemptTo('late', desired);
    if (late === undefined) throw new Error('it was dialled');
    playsBehind(late, 5_000);
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId: desired.streamId, cut: false });
    await scene.world.pass(10);
    expect(late.ending).toBe('drain');
    scene.redis.owners.set(desired.streamId, 'there');
    await scene.world.pass(1_100);
    expect(late.ending).toBe('abort');
  });
});
