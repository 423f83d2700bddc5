import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PushStatus } from '#contracts';
import { assertDecodes, mediaSource, NginxRtmp, RtmpSink, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';
import { PersistentEncoder } from './persistent-encoder.ts';

const WITHIN_MS = 20_000;
/** From the encoder's return until everything is live that was. */
const LIVE_AGAIN_MS = 5000;
/** Two seconds of them. */
const FRAMES_BEFORE = 60;
/** By so much a timer's clock and the wall's may differ. */
const CLOCK_SLACK_MS = 50;

describe('a relay that is killed in the middle of a broadcast', () => {
  let forkcast: Forkcast;
  let nginx: NginxRtmp;
  let source: string;

  beforeAll(async () => {
    [forkcast, source] = await Promise.all([Forkcast.start(), mediaSource()]);
    nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
  });

  afterAll(async () => {
    await nginx.stop();
    await forkcast.close();
  });

  /** A live stream: a destination that records, two that count, and one that refuses. */
  async function broadcast(name: string) {
    const sinks = [await RtmpSink.open(), await RtmpSink.open()];
    const refusedAtMs: number[] = [];
    const refusing = await RtmpSink.open({
      decide: () => {
        refusedAtMs.push(Date.now());
        return 'NetStream.Publish.Denied';
      },
    });
    const stream = await forkcast.api.createStream({ name, graceSeconds: 60 });
    const add = (to: string, url: string) =>
      forkcast.api.addDestination(stream.id, { name: to, url, streamKey: name });
    const accepting = [{ url: nginx.url }, ...sinks];
    const accepted = await Promise.all(accepting.map(({ url }, index) => add(`to ${index}`, url)));
    const refused = await add('refusing', refusing.url);
    const url = forkcast.publishUrl(stream);
    const encoder = new PersistentEncoder({ url, file: source, endless: true });
    await Promise.all(accepted.map((each) => forkcast.push(each, 'live')));
    const isWaiting = ({ destinationId, nextRetryAt }: PushStatus) =>
      destinationId === refused.id && nextRetryAt !== null;
    const retryAt = await waitFor(
      'the refused push waits',
      async () => (await forkcast.api.status(stream.id)).pushes.find(isWaiting)?.nextRetryAt,
      WITHIN_MS,
    );
    /** How often each destination was published to, but for the one that refuses. */
    const published = async () => [
      await nginx.publishes(name),
      ...sinks.map(({ counts }) => counts.publishes),
    ];
    const end = async () => {
      // Of a new process the stores may hear late.
      await forkcast.stream(stream.id, 'live');
      await forkcast.api.endBroadcast(stream.id);
      await encoder.stop();
      await Promise.all([...sinks, refusing].map((sink) => sink.close()));
      for (const recording of await nginx.recordings(name)) await assertDecodes(recording);
    };
    return { encoder, sinks, refusedAtMs, retryAtMs: Date.parse(retryAt), published, end };
  }

  it.each([
    ['', 'killed', async () => () => undefined],
    [', though its stores hang', 'frozen', () => forkcast.freezeStores()],
  ])('is back%s: each destination once, soon, and not before its time', async (_, name, freeze) => {
    const { encoder, sinks, published, ...scene } = await broadcast(name);
    expect(await published()).toEqual([1, 1, 1]);
    // In the middle of a broadcast: what must be on its disk is there.
    const isUnderWay = () => sinks.every(({ counts }) => counts.videoFrames > FRAMES_BEFORE);
    await waitFor('a while of it was sent', isUnderWay, WITHIN_MS);
    const thaw = await freeze();
    onTestFinished(thaw);
    const frames = sinks.map(({ counts }) => counts.videoFrames);
    process.kill(await forkcast.appPid('relay'), 'SIGKILL');
    const isBack = async () => Math.min(...(await published())) === 2;
    await waitFor('all are published to again', isBack, WITHIN_MS);
    const isFed = () =>
      sinks.every(({ counts }, index) => counts.videoFrames > (frames[index] ?? 0));
    await waitFor('frames arrive', isFed, WITHIN_MS);
    expect(Date.now() - encoder.connectingSinceMs).toBeLessThanOrEqual(LIVE_AGAIN_MS);
    const isTried = () => scene.refusedAtMs.length > 1;
    await waitFor('the refused one is tried again', isTried, WITHIN_MS);
    expect(scene.refusedAtMs[1]).toBeGreaterThanOrEqual(scene.retryAtMs - CLOCK_SLACK_MS);
    thaw();
    expect(await published()).toEqual([2, 2, 2]);
    await scene.end();
  });
});
