import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import { SoakEncoder } from './encoder.ts';
import { Receiver } from './receiver.ts';

const WITHIN_MS = 10_000;

/** An encoder that sends straight to a receiver: nobody stands between who could mend anything. */
describe('a receiver', () => {
  let receiver: Receiver;
  let encoder: SoakEncoder;

  beforeEach(async () => {
    receiver = await Receiver.open({ name: 'one' });
    encoder = new SoakEncoder({
      ...{ port: receiver.port, streamKey: 'key', isSecure: false, localAddress: '127.0.0.1' },
    });
    encoder.start();
    await frames(10);
  });

  afterEach(async () => {
    encoder.stop();
    await receiver.close();
  });

  /** Until so many more have come. */
  function frames(count: number): Promise<boolean> {
    const wanted = receiver.frames + count;
    return waitFor('frames come', () => receiver.frames >= wanted, WITHIN_MS);
  }

  const kinds = () => receiver.heard.map(({ kind }) => kind);

  it('finds nothing unusual in what is well', async () => {
    await frames(70);
    expect(receiver.heard).toEqual([]);
    expect(receiver).toMatchObject({ sessions: 1, isPublishing: true });
    expect(receiver.agesMs).toHaveLength(receiver.frames);
  });

  it('hears that timestamps fall', async () => {
    encoder.jump(-200);
    await waitFor('it is noted', () => receiver.heard.length > 0, WITHIN_MS);
    expect(kinds()).toEqual(['wrong']);
  });

  it('hears of another session, and of the pause before it', async () => {
    encoder.kill(1_800);
    await waitFor('it is back', () => receiver.sessions === 2, WITHIN_MS);
    await frames(1);
    expect(kinds()).toEqual(['rejoined', 'paused']);
  });

  it('refuses the next one when it is told to, and the encoder goes on trying', async () => {
    receiver.mood = 'refuses';
    encoder.kill(0);
    await waitFor('the session is over', () => !receiver.isPublishing, WITHIN_MS);
    expect(receiver.sessions).toBe(1);
    receiver.mood = 'obedient';
    await waitFor('it is back', () => receiver.sessions === 2, WITHIN_MS);
  });

  it('throws out, which the encoder notes', async () => {
    receiver.hangUp();
    await waitFor('it is back', () => receiver.sessions === 2, WITHIN_MS);
    expect(encoder.breaks).toHaveLength(1);
    expect(encoder.isPublishing).toBe(true);
  });
});
