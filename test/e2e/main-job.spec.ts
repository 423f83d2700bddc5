import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaSource, NginxRtmp, openTlsFront, publishWithFfmpeg, waitFor } from '#testing';
import type { TlsFront } from '#testing';
import { Forkcast } from './forkcast.ts';
import { checkRecording } from './recordings.ts';

const FRAMES_PER_SECOND = 30;

describe('publish once, be live everywhere', () => {
  let forkcast: Forkcast;
  let source: string;
  let plain: NginxRtmp;
  let secure: NginxRtmp;
  let front: TlsFront;

  beforeAll(async () => {
    [forkcast, source] = await Promise.all([Forkcast.start(), mediaSource()]);
    plain = await NginxRtmp.start(join(forkcast.directory, 'plain'));
    secure = await NginxRtmp.start(join(forkcast.directory, 'secure'));
    front = await openTlsFront(secure.port, forkcast.certificates);
  });

  afterAll(async () => {
    await front.close();
    await Promise.all([plain.stop(), secure.stop()]);
    await forkcast.close();
  });

  const secureUrl = () => `rtmps://localhost:${front.port}/live`;

  /** Frames of the last recording of a server. */
  async function lastRecording(nginx: NginxRtmp) {
    const recordings = await nginx.recordings();
    return checkRecording(recordings.at(-1) ?? 'none', source);
  }

  it('gives two destinations, one over TLS, every frame from the first keyframe on', async () => {
    const stream = await forkcast.api.createStream({ name: 'main job', graceSeconds: 0 });
    const destinations = await Promise.all([
      forkcast.api.addDestination(stream.id, {
        name: 'plain',
        url: plain.url,
        streamKey: 'a?b&c=d:e',
      }),
      forkcast.api.addDestination(stream.id, { name: 'tls', url: secureUrl(), streamKey: 'main' }),
    ]);
    const publisher = publishWithFfmpeg({
      url: forkcast.publishUrl(stream),
      file: source,
      seconds: 20,
    });
    const pushes = await Promise.all(destinations.map((each) => forkcast.push(each, 'live')));
    expect(pushes[1]?.evidence.tls).not.toBeNull();
    const ingest = async () => (await forkcast.api.status(stream.id)).ingest;
    await expect.poll(ingest, { timeout: 10_000 }).toMatchObject({
      protocol: 'rtmps',
      video: { codec: expect.stringMatching(/avc|h264/i), width: 640, height: 360 },
    });
    expect(await publisher.ended).toEqual({ code: 0, signal: null });
    await forkcast.stream(stream.id, 'offline');
    for (const nginx of [plain, secure]) {
      const match = await lastRecording(nginx);
      expect(match.firstFrame, 'joined at the beginning').toBeLessThanOrEqual(120);
      // ffmpeg cuts by decoding time: a reordered frame or two beyond that second come too.
      const lastFrame = match.firstFrame + match.frames;
      expect(lastFrame, 'up to the last frame').toBeGreaterThanOrEqual(20 * FRAMES_PER_SECOND);
    }
  });

  it('starts and stops a destination mid-stream without the other noticing', async () => {
    const stream = await forkcast.api.createStream({ name: 'switching', graceSeconds: 0 });
    const steady = await forkcast.api.addDestination(stream.id, {
      name: 'steady',
      url: plain.url,
      streamKey: 'steady',
    });
    const switched = await forkcast.api.addDestination(stream.id, {
      name: 'switched',
      url: secureUrl(),
      streamKey: 'switched',
      enabled: false,
    });
    const recordedBefore = (await secure.recordings()).length;
    const publisher = publishWithFfmpeg({ url: forkcast.publishUrl(stream), file: source });
    await forkcast.push(steady, 'live');
    expect((await forkcast.push(switched, 'stopped')).enabled).toBe(false);
    for (let round = 1; round <= 2; round += 1) {
      await forkcast.api.switchDestination(switched.id, 'start');
      const { evidence } = await forkcast.push(switched, 'live');
      const written = evidence.bytesWritten;
      await waitFor(
        'half a megabyte more has been pushed',
        async () =>
          (await forkcast.push(switched, 'live')).evidence.bytesWritten > written + 500_000,
        15_000,
      );
      await forkcast.api.switchDestination(switched.id, 'stop');
      await forkcast.push(switched, 'stopped');
    }
    await publisher.stop();
    await forkcast.stream(stream.id, 'offline');
    await lastRecording(plain);
    const recordings = (await secure.recordings()).slice(recordedBefore);
    expect(recordings).toHaveLength(2);
    for (const recording of recordings) await checkRecording(recording, source);
  });
});
