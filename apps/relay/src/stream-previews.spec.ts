import { beforeEach, describe, expect, it } from 'vitest';
import type { DesiredStream } from '#contracts';
import type { FakeAttempt, FakeIngest } from './fake-lanes.fixture.ts';
import { MEMORY_SUM } from './memory-budget.ts';
import { RelayUnderTest } from './relay-under-test.fixture.ts';
import {
  PREVIEW_UNSEEN_MS,
  STREAM_PREVIEW_VIEWERS_MAX,
  STREAM_PREVIEWS_MAX,
} from './stream-previews.ts';

const MIB = 1024 * 1024;

/** Somebody who looks, and what he was shown. */
function viewer() {
  const seen: string[] = [];
  return {
    seen,
    write: (bytes: Uint8Array) => seen.push(Buffer.from(bytes).toString()),
    end: () => seen.push('end'),
  };
}

describe('the preview of a stream', () => {
  let scene: RelayUnderTest;
  let stream: DesiredStream;
  let encoder: FakeIngest;

  beforeEach(async () => {
    scene = new RelayUnderTest();
    stream = scene.addStream('key', 2);
    encoder = await scene.goLive('key');
    await scene.acceptAll();
  });

  const open = (who = viewer(), { streamId } = stream) => scene.previews.open(streamId, who);

  function opened(who = viewer()): () => void {
    const leave = open(who);
    if (typeof leave === 'string') throw new Error(leave);
    return leave;
  }

  /** Attempts for who looks, and not for destinations. */
  const attempts = (): readonly FakeAttempt[] =>
    scene.lanes.liveAttempts.filter(({ order }) => order.sink);

  function media(attempt: FakeAttempt | undefined, isStart: boolean, text: string): void {
    const attemptId = attempt?.order.attemptId ?? '';
    const bytes = Buffer.from(text);
    scene.relay.onReport(attempt?.lane ?? 0, { kind: 'sink-media', attemptId, isStart, bytes });
  }

  it('costs nothing while nobody looks', async () => {
    await scene.world.pass(60_000);
    expect(attempts()).toEqual([]);
    expect(scene.lanes.commands).not.toContainEqual(
      expect.objectContaining({ kind: 'watch-sink' }),
    );
    expect(scene.relay.memoryClaims).toMatchObject([{ tests: 0 }]);
  });

  it('is one attempt of its own, however many look, fed from the stream’s ring', async () => {
    const [first, second] = [viewer(), viewer()];
    open(first);
    await scene.world.pass(10);
    media(attempts()[0], true, 'start');
    open(second);
    await scene.world.pass(10);
    expect(attempts()).toHaveLength(1);
    const [attempt] = attempts();
    const destinations = scene.lanes.liveAttempts.filter(({ order }) => !order.sink);
    expect(attempt?.order.ring).toBe(destinations[0]?.order.ring);
    expect(attempt?.order).toMatchObject({ delayMs: 0, start: { kind: 'live' } });
    media(attempt, false, 'more');
    media(attempt, true, 'start again');
    expect([first.seen, second.seen]).toEqual([['start', 'more'], ['start again']]);
  });

  it('is no push: it is in no status and no history, and its memory is counted', async () => {
    const [status, records] = [scene.status(stream.streamId), scene.records.length];
    open();
    await scene.acceptAll();
    expect(attempts()).toMatchObject([{ phase: 'live' }]);
    expect(scene.status(stream.streamId)?.pushes).toEqual(status?.pushes);
    expect(scene.records).toHaveLength(records);
    expect(scene.relay.memoryClaims).toMatchObject([{ destinations: 2, tests: 1 }]);
    expect(scene.relay.bytesOut).toBe(0);
  });

  it('ends when nobody has looked for a while, and not before', async () => {
    const [leave, other] = [opened(), opened()];
    leave();
    await scene.world.pass(PREVIEW_UNSEEN_MS + 10);
    expect(attempts(), 'one still looks').toHaveLength(1);
    other();
    await scene.world.pass(PREVIEW_UNSEEN_MS - 10);
    const [attempt] = attempts();
    const again = opened();
    await scene.world.pass(PREVIEW_UNSEEN_MS + 10);
    expect(attempts(), 'a page that opens anew finds it').toEqual([attempt]);
    again();
    await scene.world.pass(PREVIEW_UNSEEN_MS + 10);
    expect(attempts()).toEqual([]);
    expect(attempt).toMatchObject({ ending: 'deliberate' });
    expect(scene.relay.memoryClaims).toMatchObject([{ tests: 0 }]);
  });

  it('ends with the broadcast, also for who goes afterwards', async () => {
    const who = viewer();
    const leave = opened(who);
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId: stream.streamId });
    await scene.world.pass(1_100);
    expect(who.seen).toEqual(['end']);
    expect(attempts()).toEqual([]);
    leave();
    expect(open()).toBe('not-live');
  });

  it('shows the next broadcast to who asks anew, though the beat has not come', async () => {
    const who = viewer();
    open(who);
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId: stream.streamId });
    await scene.world.pass(5);
    await scene.goLive('key');
    opened();
    await scene.world.pass(10);
    expect(who.seen).toEqual(['end']);
    expect(attempts()).toHaveLength(1);
  });

  it('goes on while the encoder is away', async () => {
    const who = viewer();
    open(who);
    scene.lanes.hangUp(encoder);
    await scene.world.pass(5_000);
    expect(scene.status(stream.streamId)).toMatchObject({ state: 'grace' });
    expect(who.seen).toEqual([]);
    expect(attempts()).toHaveLength(1);
    expect(open()).toBeTypeOf('function');
  });

  it('goes on where nobody writes at the moment, for who comes then, too', async () => {
    const who = viewer();
    open(who);
    scene.lanes.picture = 'none';
    scene.lanes.sound = 'none';
    scene.lanes.hangUp(encoder);
    await scene.world.pass(5_000);
    expect(scene.relay.mediaOf(stream.streamId)).toBeUndefined();
    expect(who.seen).toEqual([]);
    expect(open()).toBeTypeOf('function');
    expect(attempts()).toHaveLength(1);
  });

  it('ends when its lane dies, and is there again in another one', async () => {
    const who = viewer();
    open(who);
    await scene.world.pass(10);
    const lane = attempts()[0]?.lane ?? 0;
    scene.lanes.kill(lane);
    await scene.world.pass(10);
    expect(who.seen).toEqual(['end']);
    await scene.goLive('key', 1 - lane);
    expect(open()).toBeTypeOf('function');
    await scene.world.pass(10);
    expect(attempts()).toMatchObject([{ lane: 1 - lane }]);
  });

  it('is nothing to see of what is off, or where no lane can be given the order', () => {
    expect(open(viewer(), scene.addStream('other'))).toBe('not-live');
    for (const lane of [0, 1]) scene.lanes.kill(lane);
    expect(open()).toBe('not-live');
  });

  it('has so many seats and no more', () => {
    for (let seat = 0; seat < STREAM_PREVIEW_VIEWERS_MAX; seat += 1) opened();
    expect(open()).toBe('too-many');
  });

  it('is there for so many streams at a time and no more', async () => {
    for (let count = 1; count < STREAM_PREVIEWS_MAX; count += 1) {
      const other = scene.addStream(`key ${count}`, 0);
      await scene.goLive(`key ${count}`);
      expect(open(viewer(), other)).toBeTypeOf('function');
    }
    const leave = opened();
    const last = scene.addStream('one too many', 0);
    await scene.goLive('one too many');
    expect(open(viewer(), last)).toBe('too-many');
    leave();
    await scene.world.pass(PREVIEW_UNSEEN_MS + 10);
    expect(open(viewer(), last)).toBeTypeOf('function');
  });

  it('takes no memory that is not there', async () => {
    const { baseBytes, laneBytes, streamBytes, ringExpectedBytes, testBytes } = MEMORY_SUM;
    const needed = baseBytes + 2 * laneBytes + streamBytes + ringExpectedBytes;
    for (const [bytes, answer] of [
      [needed + testBytes, 'function'],
      [needed + testBytes - 1, 'string'],
    ] as const) {
      scene = new RelayUnderTest(1, bytes / MIB);
      stream = scene.addStream('key', 0);
      await scene.goLive('key');
      expect(open()).toBeTypeOf(answer);
    }
  });
});
