import { once } from 'node:events';
import { connect } from 'node:net';
import { createRingMemory } from '#ring';
import { FakeTime, makeSelfSignedPair, ScriptedDestination } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { AAC_CONFIG, AVC_CONFIG, TestEncoder, videoFrame } from './encoder.fixture.ts';
import { LaneThread } from './lane-thread.ts';
import { ABROAD, laneSettings, Reports } from './lane.fixture.ts';
import type { AttemptOrder } from './messages.ts';
import { INGEST_LIMITS, type LaneSettings } from './settings.ts';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** One lane's thread. No deadline of the main thread's passes: it ends by itself or not at all. */
class ThreadUnderTest {
  readonly reports = new Reports();
  readonly gone: string[] = [];
  readonly thread: LaneThread;
  readonly settings: LaneSettings;

  constructor(settings: LaneSettings) {
    this.settings = settings;
    const entry = new URL('./lane.worker.ts', import.meta.url);
    this.thread = new LaneThread(
      'lane',
      { entry, heapMbytesMax: 64 },
      { settings, timers: new FakeTime() },
      {
        onReport: (report) => this.reports.add(0, report),
        onGone: (detail) => this.gone.push(detail),
      },
    );
  }

  static async start(): Promise<ThreadUnderTest> {
    const one = new ThreadUnderTest(await laneSettings(await makeSelfSignedPair()));
    await one.reports.next('listening');
    return one;
  }

  /** An encoder that is let in and has sent its first frame. */
  async publish(): Promise<{ encoder: TestEncoder; ring: SharedArrayBuffer }> {
    const encoder = new TestEncoder({ port: this.settings.rtmpsPort, isSecure: true });
    opened.push(encoder);
    const { ingestId } = (await this.reports.next('publish-requested')).request;
    const ring = createRingMemory();
    this.thread.send({
      kind: 'accept-publish',
      ingestId,
      grant: { ring, ringId: 'broadcast', pen: 'now', limits: INGEST_LIMITS },
    });
    await encoder.publishing.promise;
    encoder.video(0, AVC_CONFIG);
    encoder.audio(0, AAC_CONFIG);
    encoder.video(0, videoFrame(0, 'keyframe'));
    await this.reports.next('ingest-joinable');
    return { encoder, ring };
  }

  attempt(attemptId: string, ring: SharedArrayBuffer, url: string): void {
    const ids = { attemptId, destinationId: attemptId, ringId: 'broadcast' };
    const how = { delayMs: 0, start: { kind: 'live' }, ...ABROAD } as const;
    const order: AttemptOrder = { ...ids, ring, url, streamKey: 'key', ...how };
    this.thread.send({ kind: 'start-attempt', order });
  }
}

async function openDestination(isSilent = false): Promise<ScriptedDestination> {
  const destination = await ScriptedDestination.open({ isSilent });
  opened.push(destination);
  return destination;
}

describe('a lane that is told to end', { timeout: 30_000 }, () => {
  it('runs out by itself, whatever it has open, and closes all of that', async () => {
    const one = await ThreadUnderTest.start();
    const { encoder, ring } = await one.publish();
    const [live, silent] = [await openDestination(), await openDestination(true)];
    one.attempt('live', ring, live.url());
    one.attempt('silent', ring, silent.url());
    const [link, silentLink] = [await live.link(), await silent.link()];
    await link.until(() => link.media.length >= 3);
    await silentLink.until(() => silentLink.heardBytes > 0);
    // One in its RTMP handshake, one that has not said a word of TLS.
    const { rtmpPort, rtmpsPort } = one.settings;
    const idle = [rtmpPort, rtmpsPort].map((port) => connect({ host: '127.0.0.1', port }));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    const closed = idle.map((socket) => {
      socket.on('error', () => undefined).resume();
      return new Promise((resolve) => socket.on('close', resolve));
    });
    await one.thread.end();
    expect(one.gone).toEqual(['exit code 0']);
    await Promise.all([encoder.ended.promise, silentLink.ended, ...closed]);
    // No goodbye: that is said on purpose, and before.
    expect(await link.ended).toBe('reset');
    expect(link.commandNames).not.toContain('deleteStream');
  });

  it('runs out although it has not yet begun to listen', async () => {
    const one = new ThreadUnderTest(await laneSettings(await makeSelfSignedPair()));
    await one.thread.end();
    expect(one.gone).toEqual(['exit code 0']);
  });
});
