import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination } from '#contracts';
import type { RunningProgram } from '#testing';
import { mediaSource, NginxRtmp, publishWithFfmpeg, RtmpSink, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';
import { checkRecording } from './recordings.ts';

describe('a destination that fails', () => {
  let forkcast: Forkcast;
  let source: string;
  let steady: NginxRtmp;
  let fragile: NginxRtmp;

  beforeAll(async () => {
    [forkcast, source] = await Promise.all([Forkcast.start(), mediaSource()]);
    steady = await NginxRtmp.start(join(forkcast.directory, 'steady'));
    fragile = await NginxRtmp.start(join(forkcast.directory, 'fragile'));
  });

  afterAll(async () => {
    await Promise.all([steady.stop(), fragile.stop()]);
    await forkcast.close();
  });

  /** A live stream with one destination that stays well, on `steady`. */
  async function liveStream(name: string) {
    const stream = await forkcast.api.createStream({ name, graceSeconds: 0 });
    const wish = { name: 'well', url: steady.url, streamKey: name };
    const well = await forkcast.api.addDestination(stream.id, wish);
    const url = forkcast.publishUrl(stream);
    const publisher = publishWithFfmpeg({ url, file: source });
    await forkcast.push(well, 'live');
    return { stream, publisher, well };
  }

  /** Waits until that much was pushed in the attempt under way. */
  async function pushedBytes(destination: Destination, count: number): Promise<void> {
    const pushed = async () => (await forkcast.push(destination, 'live')).evidence.bytesWritten;
    await waitFor(`${count} bytes pushed`, async () => (await pushed()) >= count, 20_000);
  }

  /**
   * Ends the stream, once the destination that stayed well has some GOPs, and checks its recording.
   */
  async function endAndCheckWell(well: Destination, publisher: RunningProgram): Promise<void> {
    await pushedBytes(well, 1_000_000);
    await publisher.stop();
    await forkcast.stream(well.streamId, 'offline');
    const recordings = await steady.recordings();
    await checkRecording(recordings.at(-1) ?? 'none', source);
  }

  it('is live again after it was killed and came back, and the others lose nothing', async () => {
    const { stream, publisher, well } = await liveStream('killed');
    const destination = await forkcast.api.addDestination(stream.id, {
      name: 'fragile',
      url: fragile.url,
      streamKey: 'killed',
    });
    await pushedBytes(destination, 800_000);
    await fragile.kill();
    const retrying = await forkcast.push(destination, 'retrying');
    expect(retrying.lastError).not.toBeNull();
    const before = (await fragile.recordings()).length;
    await fragile.start();
    const again = await forkcast.push(destination, 'live');
    expect(again.attempt).toBeGreaterThan(1);
    await pushedBytes(destination, 800_000);
    await endAndCheckWell(well, publisher);
    const recordings = (await fragile.recordings()).slice(before);
    expect(recordings).toHaveLength(1);
    const match = await checkRecording(recordings[0] ?? 'none', source);
    expect(match.firstFrame, 'joined later').toBeGreaterThan(0);
  });

  it('says so when the key is rejected, and tries again when told to', async () => {
    let isKnown = false;
    const sink = await RtmpSink.open({
      decide: () => (isKnown ? 'accept' : 'NetStream.Publish.Denied'),
    });
    const { stream, publisher, well } = await liveStream('rejected');
    const destination = await forkcast.api.addDestination(stream.id, {
      name: 'rejecting',
      url: sink.url,
      streamKey: 'wrong-destination-key',
    });
    const rejected = await waitFor(
      'the push was rejected',
      async () => {
        const { pushes } = await forkcast.api.status(stream.id);
        const push = pushes.find((each) => each.destinationId === destination.id);
        return push?.lastError?.class === 'rejected' && push;
      },
      20_000,
    );
    expect(['retrying', 'needs_attention']).toContain(rejected.state);
    expect(rejected.evidence.publishAccepted).toBeNull();
    isKnown = true;
    await forkcast.api.switchDestination(destination.id, 'retry');
    await forkcast.push(destination, 'live');
    await waitFor('the sink has video', () => sink.counts.videoFrames > 0, 10_000);
    await endAndCheckWell(well, publisher);
    expect(forkcast.output).not.toContain('wrong-destination-key');
    await sink.close();
  });
});
