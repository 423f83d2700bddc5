import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import { SteadyEncoder } from './steady-encoder.ts';
import { Witness } from './witness.ts';

const WITHIN_MS = 10_000;
const RATE = { kbps: 300, framesPerSecond: 30 };

describe('a witness and a steady encoder, without a relay between them', () => {
  const ends: (() => unknown)[] = [];

  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function witness(demand: 'whole' | 'rejoins'): Promise<Witness> {
    const opened = await Witness.open(demand);
    ends.push(() => opened.close());
    return opened;
  }

  async function publish(to: Witness, rate = RATE): Promise<SteadyEncoder> {
    const localAddress = '127.0.0.1';
    const address = { port: to.server.port, streamKey: 'one', localAddress };
    const encoder = await SteadyEncoder.publish(address, rate);
    ends.push(() => encoder.stop());
    return encoder;
  }

  const frames = (of: Witness, count: number) =>
    waitFor('frames are there', () => (of.judge.lastFrame ?? 0) >= count, WITHIN_MS);

  it('have no fault to find', async () => {
    const healthy = await witness('whole');
    const encoder = await publish(healthy);
    await frames(healthy, 20);
    expect(healthy.faults).toEqual([]);
    expect(healthy.ageMs).toBeGreaterThan(0);
    expect(encoder.sentFrames).toBeGreaterThan(20);
    expect(encoder.broken).toBeUndefined();
  });

  it('see a connection that broke, and the session after it', async () => {
    const healthy = await witness('whole');
    const encoder = await publish(healthy);
    await frames(healthy, 3);
    (await healthy.server.link()).socket.resetAndDestroy();
    await waitFor('the break is seen', () => encoder.broken, WITHIN_MS);
    await publish(healthy);
    await frames(healthy, 3);
    expect(healthy.faults).toEqual(['session 2 where one was to last']);
  });

  it('see two sessions at a time, also where one may rejoin', async () => {
    const healthy = await witness('rejoins');
    await publish(healthy);
    await publish(healthy);
    await frames(healthy, 3);
    expect(healthy.faults).toEqual(['publish 2, of the same key, beside 1 that stood']);
  });

  it('see that the encoder was held up', async () => {
    const healthy = await witness('whole');
    const encoder = await publish(healthy, { kbps: 400_000, framesPerSecond: 30 });
    (await healthy.server.link()).socket.pause();
    await waitFor('bytes wait', () => encoder.unsentBytesMax > 64 * 1024, WITHIN_MS);
    encoder.reset();
  });

  it('are refused in words', async () => {
    const healthy = await witness('whole');
    await healthy.close();
    await expect(publish(healthy)).rejects.toThrow('ECONNREFUSED');
    ends.length = 0;
  });
});
