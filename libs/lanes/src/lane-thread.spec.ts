import { once } from 'node:events';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { makeSelfSignedPair, ScriptedDestination } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  AAC_CONFIG,
  AVC_CONFIG,
  audioFrame,
  videoFrame,
  type TestEncoder,
} from './encoder.fixture.ts';
import { LanesUnderTest } from './lane-thread.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;

const opened: { close(): Promise<void> }[] = [];

async function start(...options: Parameters<typeof LanesUnderTest.start>): Promise<LanesUnderTest> {
  const lanes = await LanesUnderTest.start(...options);
  opened.push(lanes);
  return lanes;
}

async function openDestination(): Promise<ScriptedDestination> {
  const destination = await ScriptedDestination.open();
  opened.push(destination);
  return destination;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

function begin(encoder: TestEncoder): void {
  encoder.video(0, AVC_CONFIG);
  encoder.audio(0, AAC_CONFIG);
  encoder.video(0, videoFrame(0, 'keyframe'));
}

describe('lanes as threads', { timeout: 30_000 }, () => {
  it('share one port, and the kernel deals connections out to both', async () => {
    const lanes = await start(2);
    const dealt = new Set<number>();
    for (let connections = 0; dealt.size < 2 && connections < 40; connections += 1) {
      const { encoder, lane } = await lanes.ask();
      dealt.add(lane);
      await encoder.close();
    }
    expect(dealt).toEqual(new Set([0, 1]));
  });

  it('carry a stream of one lane to a destination of another, byte for byte', async () => {
    const lanes = await start(2);
    const destination = await openDestination();
    const { encoder, lane, ring } = await lanes.publish();
    begin(encoder);
    await lanes.reports.next('ingest-joinable');
    lanes.attempt(1 - lane, { attemptId: 'one', ring, url: destination.url() });
    const link = await destination.link();
    await link.until(() => link.media.length >= 3);
    const sent = Array.from({ length: 120 }, (_, index) => {
      const number = index + 1;
      if (number % 3 === 0) return { type: AUDIO, body: audioFrame(number) };
      const kind = number % 60 === 1 ? 'keyframe' : 'inter';
      return { type: VIDEO, body: videoFrame(number, kind, 50 + number * 211) };
    });
    for (const [index, { type, body }] of sent.entries()) {
      encoder.send(type, (index + 1) * 16, body);
    }
    await link.until(() => link.media.length >= 3 + sent.length);
    const [config, audioConfig, keyframe, ...rest] = link.media;
    expect([config?.body, audioConfig?.body]).toEqual(
      expect.arrayContaining([AVC_CONFIG, AAC_CONFIG]),
    );
    expect(keyframe?.body).toEqual(videoFrame(0, 'keyframe'));
    expect(rest.map(({ type }) => type)).toEqual(sent.map(({ type }) => type));
    expect(rest.every(({ body }, index) => sent[index]?.body.equals(body))).toBe(true);
    expect(rest.map(({ timestampMs }) => timestampMs)).toEqual(
      sent.map((_, index) => (index + 1) * 16),
    );
    expect(lanes.reports.laneOf(lanes.reports.of('attempt-reached')[0]!)).toBe(1 - lane);
    expect(lanes.reports.of('attempt-reached').map(({ stage }) => stage)).toEqual([
      ...['tcp', 'handshake', 'connect', 'publish', 'live'],
    ]);
  });

  it('say goodbye to a destination on purpose, and cut it without a word otherwise', async () => {
    const lanes = await start(1);
    const destination = await openDestination();
    const { encoder, ring } = await lanes.publish();
    begin(encoder);
    const url = destination.url();
    for (const [index, mode] of (['deliberate', 'abort'] as const).entries()) {
      lanes.attempt(0, { attemptId: mode, ring, url });
      const link = await destination.link(index);
      await link.until(() => link.media.length >= 3);
      lanes.pool.send(0, { kind: 'end-attempt', attemptId: mode, mode });
      expect(await link.ended).toBe(mode === 'deliberate' ? 'closed' : 'reset');
      const said = ['FCUnpublish', 'deleteStream'];
      expect(said.filter((name) => link.commandNames.includes(name))).toEqual(
        mode === 'deliberate' ? said : [],
      );
      expect(await lanes.ended(mode)).toMatchObject({ failure: null });
    }
  });

  it('let a destination that stops reading hurt nobody but itself', async () => {
    const lanes = await start(1);
    const [healthy, frozen] = [await openDestination(), await openDestination()];
    const { encoder, ring } = await lanes.publish({ ringBytes: 2 * 1024 * 1024 });
    begin(encoder);
    lanes.attempt(0, { attemptId: 'frozen', ring, url: frozen.url() });
    lanes.attempt(0, { attemptId: 'healthy', ring, url: healthy.url() });
    const [link, frozenLink] = [await healthy.link(), await frozen.link()];
    await Promise.all([link, frozenLink].map((one) => one.until(() => one.media.length >= 3)));
    frozenLink.socket.pause();
    const frameOf = (number: number) =>
      videoFrame(number, number % 60 === 0 ? 'keyframe' : 'inter', 30_000);
    let number = 0;
    while (lanes.reports.of('attempt-ended').length === 0) {
      for (let batch = 0; batch < 20; batch += 1) {
        number += 1;
        encoder.video(number * 16, frameOf(number));
      }
      await link.until(() => link.media.length >= 3 + number);
    }
    expect((await lanes.ended('frozen')).failure).toMatchObject({ code: 'OVERTAKEN' });
    const frames = link.media.slice(3);
    expect(frames).toHaveLength(number);
    expect(frames.every(({ body }, index) => body.equals(frameOf(index + 1)))).toBe(true);
    expect(lanes.reports.of('attempt-ended').map(({ attemptId }) => attemptId)).toEqual(['frozen']);
    const degraded = lanes.reports.of('attempt-degraded').map(({ attemptId }) => attemptId);
    expect(degraded).not.toContain('healthy');
  });

  it('show a new certificate to new connections, while those that stand stay', async () => {
    const [first, second] = [await makeSelfSignedPair(), await makeSelfSignedPair()];
    const lanes = await start(1, first);
    const { encoder, ring } = await lanes.publish({ isSecure: true });
    expect(await shownBy(lanes)).toBe(fingerprintOf(encoder));
    expect(lanes.pool.useCertificate(second)).toBe(true);
    await lanes.settled(0);
    const shown = await shownBy(lanes);
    expect(shown).not.toBe(fingerprintOf(encoder));
    begin(encoder);
    await lanes.reports.next('ingest-joinable');
    expect(lanes.reports.of('ingest-ended')).toEqual([]);
    expect(ring.byteLength).toBeGreaterThan(0);
  });
});

/** The certificate that a new connection is shown. */
async function shownBy({ settings }: LanesUnderTest): Promise<string> {
  const socket = connectTls({
    port: settings.rtmpsPort,
    host: '127.0.0.1',
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

function fingerprintOf({ socket }: TestEncoder): string {
  if (!(socket instanceof TLSSocket)) throw new Error('the encoder speaks TLS');
  return socket.getPeerCertificate().fingerprint256;
}
