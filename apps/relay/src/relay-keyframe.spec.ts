import { describe, expect, it } from 'vitest';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

describe('a destination that took the publish before there was a keyframe to begin with', () => {
  it('is said to wait for one, at once, and until it is sent something', async () => {
    const scene = new RelayUnderTest();
    const { streamId } = scene.addStream('key', 1);
    await scene.goLive('key');
    await scene.acceptAll();
    const [attempt] = scene.lanes.liveAttempts;
    if (attempt === undefined) throw new Error('it was dialled');
    const told = async (isWaitingForKeyframe: boolean): Promise<unknown> => {
      const before = scene.redis.events.length;
      const { attemptId } = attempt.order;
      const figures = {
        attemptId,
        bytesWritten: isWaitingForKeyframe ? 0 : 1_000,
        bytesAcknowledged: 0,
        lagMs: 0,
        delayMs: 0,
        droppedFrames: 0,
        isWaitingForKeyframe,
        lastProgressAtMs: 0,
      };
      scene.relay.onReport(attempt.lane, { kind: 'attempt-figures', figures: [figures] });
      await scene.world.pass(60);
      const { state, waitingForKeyframe } = scene.status(streamId)?.pushes[0] ?? {};
      const isTold = scene.redis.events.slice(before).some(({ type }) => type === 'stream.status');
      return { state, waitingForKeyframe, isTold };
    };
    await scene.world.pass(200);
    const live = { state: 'live', waitingForKeyframe: false };
    expect(await told(true)).toEqual({ ...live, waitingForKeyframe: true, isTold: true });
    expect(await told(true)).toMatchObject({ isTold: false });
    expect(await told(false)).toEqual({ ...live, isTold: true });
    expect(await told(false)).toMatchObject({ isTold: false });
  });
});
