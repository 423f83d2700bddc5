import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaSource, publishWithFfmpeg, RtmpSink, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';

describe('when a part of the product fails', () => {
  let forkcast: Forkcast;
  let source: string;
  let sink: RtmpSink;

  beforeAll(async () => {
    [forkcast, source, sink] = await Promise.all([
      Forkcast.start(),
      mediaSource(),
      RtmpSink.open(),
    ]);
  });

  afterAll(async () => {
    await sink.close();
    await forkcast.close();
  });

  async function streamToSink(name: string) {
    const stream = await forkcast.api.createStream({ name, graceSeconds: 30 });
    const wish = { name: 'sink', url: sink.url, streamKey: name };
    const destination = await forkcast.api.addDestination(stream.id, wish);
    return { stream, destination, url: forkcast.publishUrl(stream) };
  }

  it('goes on pushing while Redis is emptied, and is in charge again afterwards', async () => {
    const { stream, destination, url } = await streamToSink('redis-emptied');
    const publisher = publishWithFfmpeg({ url, file: source });
    await forkcast.push(destination, 'live');
    const { publishes, unpublishes } = sink.counts;
    const redis = new Redis(await forkcast.redisUrl());
    await redis.flushall();
    redis.disconnect();
    await forkcast.push(destination, 'live');
    const frames = sink.counts.videoFrames;
    await waitFor('frames still arrive', () => sink.counts.videoFrames > frames + 30, 10_000);
    expect(sink.counts).toMatchObject({ publishes, unpublishes });
    await forkcast.api.switchDestination(destination.id, 'stop');
    await forkcast.push(destination, 'stopped');
    await waitFor('the sink was left politely', () => sink.counts.unpublishes > unpublishes, 5000);
    await publisher.stop();
    await forkcast.api.endBroadcast(stream.id);
  });

  it('ends within 15 s, and has everything after a second start', async () => {
    const { stream } = await streamToSink('restarted');
    const { code, tookMs } = await forkcast.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(15_000);
    await forkcast.start();
    expect((await forkcast.api.status(stream.id)).state).toBe('offline');
  });
});
