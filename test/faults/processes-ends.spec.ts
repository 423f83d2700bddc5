import { describe, expect } from 'vitest';
import type { PushStatus } from '#contracts';
import { row } from './layer/row.ts';
import type { FaultScene } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';

/** On a busy machine a process takes its time to start. */
const BACK_WITHIN_MS = 90_000;
/** Two seconds of them: what is killed is in the middle of a broadcast. */
const FRAMES_BEFORE = 60;
/** By so much a timer's clock and the wall's may differ. */
const CLOCK_SLACK_MS = 50;
const GOODBYE = ['FCUnpublish', 'deleteStream'] as const;

describe('ends of processes', () => {
  const stage = useStage();

  /** The scene's encoder comes back by itself, as often as it must. Gives when it was let in. */
  async function comeBack(scene: FaultScene): Promise<number> {
    await scene.until('the encoder has lost its connection', () => scene.encoder.broken);
    const isLetIn = () => scene.encode();
    await scene.until('the encoder is let in again', isLetIn, BACK_WITHIN_MS);
    return performance.now();
  }

  /** A destination that refuses each publish, and remembers when. */
  async function refusing(scene: FaultScene) {
    const refusedAtMs: number[] = [];
    const push = await scene.destination({
      script: {
        answers: {
          publish: (link) => {
            refusedAtMs.push(Date.now());
            link.status('error', 'NetStream.Publish.Denied', 'not you');
          },
        },
      },
    });
    const isWaiting = ({ nextRetryAt }: PushStatus) => nextRetryAt !== null;
    const look = async () => {
      const status = await scene.pushNow(push);
      return isWaiting(status) ? status.nextRetryAt : null;
    };
    const retryAt = await scene.until('the refused push waits', look);
    return { refusedAtMs, retryAtMs: Date.parse(retryAt) };
  }

  async function killRelay(scene: FaultScene, isFrozen: boolean): Promise<void> {
    const { forkcast, witness } = scene;
    const others = [await scene.destination(), await scene.destination()];
    const refused = await refusing(scene);
    for (const other of others) await scene.push(other, 'live');
    const isUnderWay = () => witness.judge.agesMs.length > FRAMES_BEFORE;
    await scene.until('a while of it was sent', isUnderWay);
    if (isFrozen) scene.afterwards(await forkcast.freezeStores());
    const { sentFrames } = scene.encoder;
    const isHeard = () => (witness.judge.lastFrame ?? 0) >= sentFrames - 1;
    await scene.until('all that was sent is there', isHeard);
    const killedAtMs = performance.now();
    process.kill(await forkcast.appPid('relay'), 'SIGKILL');
    const backAtMs = await comeBack(scene);
    scene.figure('its encoder was let in after', backAtMs - killedAtMs, 'ms');
    const isFed = () => witness.judge.sessions === 2 && witness.judge.lastFrame;
    await scene.until('frames come again', isFed, BACK_WITHIN_MS);
    for (const other of others) {
      const link = await other.link(1);
      await link.until(() => link.media.length > 1);
    }
    scene.figure('live again after', performance.now() - backAtMs, 'ms');
    await scene.until('the refused one is tried again', () => refused.refusedAtMs[1]);
    expect(refused.refusedAtMs[1]).toBeGreaterThanOrEqual(refused.retryAtMs - CLOCK_SLACK_MS);
    expect([witness, ...others].map(({ sessions }) => sessions.publishes)).toEqual([2, 2, 2]);
  }

  row(
    stage,
    47,
    { case: 'with its stores', isAlone: true, withinMs: 180_000, stream: { graceSeconds: 180 } },
    (scene) => killRelay(scene, false),
  );

  row(
    stage,
    47,
    {
      case: 'though its stores hang',
      isAlone: true,
      withinMs: 180_000,
      stream: { graceSeconds: 180 },
    },
    (scene) => killRelay(scene, true),
  );

  async function endProduct(scene: FaultScene, isFrozen: boolean): Promise<void> {
    const { forkcast, witness } = scene;
    const faulty = await scene.destination();
    await scene.push(faulty, 'live');
    const links = [await faulty.link(), witness.server.links[0]];
    if (isFrozen) scene.afterwards(await forkcast.freezeStores());
    const { code, tookMs } = await forkcast.stop({ storesAreDead: isFrozen });
    scene.figure('ended after', tookMs, 'ms');
    expect(code).toBe(0);
    for (const link of links) {
      expect(link?.commandNames.slice(-GOODBYE.length)).toEqual(GOODBYE);
      expect(await link?.ended).toBe('closed');
    }
    const { sentFrames } = scene.encoder;
    scene.figure('frames not heard any more', sentFrames - 1 - (witness.judge.lastFrame ?? 0), '');
    expect([witness, faulty].map(({ sessions }) => sessions.publishes)).toEqual([1, 1]);
  }

  row(stage, 48, { case: 'with its stores', isAlone: true, withinMs: 180_000 }, async (scene) => {
    await endProduct(scene, false);
    await stage.forkcast.start();
  });

  // The last: stores that stand still are killed, and there is nothing to go on with.
  row(stage, 48, { case: 'though its stores hang', isAlone: true, withinMs: 180_000 }, (scene) =>
    endProduct(scene, true),
  );
});
