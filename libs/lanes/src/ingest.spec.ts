import { amfObject } from '#amf';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Cursor, createRingMemory, RingReader } from '#ring';
import { encodeCommand, encodeMessage } from '#rtmp';
import { isCleanEntry } from '#still';
import { FakeTime, makeSelfSignedPair, waitFor } from '#testing';
import { hashIngestKey } from '#vault';
import { Secret } from '#kernel';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Beat } from './beat.ts';
import { AAC_CONFIG, AVC_CONFIG, audioFrame, videoFrame } from './encoder.fixture.ts';
import { Ingest, UNREAD_BYTES_MAX, type IngestEnd } from './ingest.ts';
import { IDLE_TIMERS, LaneUnderTest } from './lane.fixture.ts';
import type { CertificatePair } from './messages.ts';
import { INGEST_LIMITS, LANE_LIMITS } from './settings.ts';

const { handshakeMs, ingestIdleMs, ingestLookMs, lingerMs } = LANE_LIMITS;

let certificate: CertificatePair;
const opened: { close(): unknown }[] = [];

beforeAll(async () => {
  certificate = await makeSelfSignedPair();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function start(): Promise<LaneUnderTest> {
  const under = await LaneUnderTest.start({ certificate });
  opened.push(under);
  return under;
}

describe('a publish', () => {
  it('is asked for with the hash of its key, let in, and its media reaches the ring', async () => {
    const under = await start();
    const { lane, reports } = under;
    const one = under.encoder({ streamKey: 'fc_secret?x=1' });
    const { request } = await reports.next('publish-requested');
    expect(request).toMatchObject({ app: 'live', secure: false, remoteAddress: '127.0.0.1' });
    expect(request.keyHash).toBe(hashIngestKey(new Secret('fc_secret?x=1')));
    const ring = createRingMemory();
    lane.onCommand({
      kind: 'accept-publish',
      ingestId: request.ingestId,
      grant: { ring, ringId: 'broadcast', pen: 'now', limits: INGEST_LIMITS },
    });
    await one.publishing.promise;
    one.video(0, AVC_CONFIG);
    one.audio(0, AAC_CONFIG);
    one.video(0, videoFrame(1, 'keyframe'));
    one.audio(10, audioFrame(2));
    await reports.next('ingest-joinable');
    const reader = new RingReader(ring);
    await waitFor('both frames are in the ring', () => reader.headSequence() === 4, 5_000);
    expect(reader.headers().map(({ body }) => Buffer.from(body))).toEqual([AAC_CONFIG, AVC_CONFIG]);
    expect(new Cursor(reader, { messageStreamId: 1 }).poll()).toMatchObject({ records: 2 });
    expect(JSON.stringify(reports.all)).not.toContain('fc_secret');
  });

  it('arrives over TLS as well', async () => {
    const under = await start();
    const { reports } = under;
    under.encoder({ isSecure: true });
    const { request } = await reports.next('publish-requested');
    expect(request).toMatchObject({ secure: true, remoteAddress: '127.0.0.1' });
  });

  it('that is refused hears why, and then the connection is closed', async () => {
    const under = await start();
    const { lane, reports, time } = under;
    const one = under.encoder();
    const { request } = await reports.next('publish-requested');
    const code = 'NetStream.Publish.Denied';
    const { ingestId } = request;
    const refusal = { code, description: 'no such key', delayMs: 0 } as const;
    lane.onCommand({ kind: 'reject-publish', ingestId, ...refusal });
    expect(await one.rejected.promise).toMatchObject({ code, description: 'no such key' });
    expect(await one.ended.promise).toBe('closed');
    expect(await reports.next('ingest-ended')).toMatchObject({ ingestId, reason: 'closed' });
    expect(time.waiting).toBe(IDLE_TIMERS);
    expect(reports.of('log')).toEqual([]);
  });

  it('that is refused and does not hang up is cut after a while', async () => {
    const under = await start();
    const { lane, reports, time } = under;
    const one = under.encoder({ allowHalfOpen: true });
    const { ingestId } = (await reports.next('publish-requested')).request;
    const code = 'NetStream.Publish.BadName';
    lane.onCommand({ kind: 'reject-publish', ingestId, code, description: '', delayMs: 0 });
    expect(await one.ended.promise).toBe('closed');
    time.advance(lingerMs - 1);
    expect(reports.of('ingest-ended')).toEqual([]);
    time.advance(1);
    expect(await reports.next('ingest-ended')).toMatchObject({ ingestId });
  });

  it('that ends in words ends its ingest and its connection in order', async () => {
    const under = await start();
    const { reports, time } = under;
    const one = under.encoder();
    const { ingestId } = await under.publish(one);
    one.session.unpublish();
    expect(await reports.next('ingest-ended')).toMatchObject({ ingestId, reason: 'unpublished' });
    expect(await one.ended.promise).toBe('closed');
    await waitFor('its deadline is gone', () => time.waiting === IDLE_TIMERS, 5_000);
  });

  it('that is cut by order is told with the reason of the order', async () => {
    const under = await start();
    const { lane, reports } = under;
    const one = under.encoder();
    const { ingestId } = await under.publish(one);
    lane.onCommand({ kind: 'cut-ingest', ingestId, reason: 'key-revoked' });
    expect(await reports.next('ingest-ended')).toMatchObject({ ingestId, reason: 'key-revoked' });
    await one.ended.promise;
  });

  it('without media is ended past the limit, not at it', async () => {
    const under = await start();
    const { lane, reports, time } = under;
    const { ingestId } = await under.publish(under.encoder());
    time.advance(ingestIdleMs);
    lane.onCommand({ kind: 'probe-ingest', ingestId, probeId: 1 });
    expect(reports.of('ingest-silence')).toMatchObject([{ probeId: 1, silentMs: ingestIdleMs }]);
    expect(reports.of('ingest-ended')).toEqual([]);
    time.advance(1_000);
    expect(reports.of('ingest-ended')).toMatchObject([{ ingestId, reason: 'idle' }]);
    lane.onCommand({ kind: 'probe-ingest', ingestId, probeId: 2 });
    expect(reports.of('ingest-silence')[1]).toMatchObject({ probeId: 2, silentMs: Infinity });
  });
});

/** Time that can jump over what falls due, as it does for a process that was stopped. */
class StoppableTime extends FakeTime {
  stoodMs = 0;

  override monotonicMs(): number {
    return super.monotonicMs() + this.stoodMs;
  }
}

describe('a process that stood still', () => {
  it('ends no encoder whose bytes wait to be read', async () => {
    const time = new StoppableTime();
    const ports = { clock: time, timers: time };
    const under = await LaneUnderTest.start({ certificate, ports });
    opened.push(under);
    const { lane, reports } = under;
    const one = under.encoder();
    const { ingestId } = await under.publish(one);
    time.stoodMs = 3 * ingestIdleMs;
    time.advance(ingestLookMs);
    expect(reports.of('ingest-ended')).toEqual([]);
    one.video(0, AVC_CONFIG);
    const silentMs = (probeId: number): number => {
      lane.onCommand({ kind: 'probe-ingest', ingestId, probeId });
      return reports.of('ingest-silence').at(-1)?.silentMs ?? Infinity;
    };
    await waitFor('what waited is read', () => silentMs(1) === 0, 5_000);
    time.advance(ingestIdleMs);
    expect(reports.of('ingest-ended')).toEqual([]);
    time.advance(1_000);
    expect(reports.of('ingest-ended')).toMatchObject([{ ingestId, reason: 'idle' }]);
  });
});

describe('an ingest', () => {
  it('had its time since TCP stood, TLS included', () => {
    const time = new FakeTime();
    time.advance(3_000);
    const { ends } = ingestOn(new Socket(), time, 0);
    time.advance(handshakeMs - 3_000 - 1);
    expect(ends).toEqual([]);
    time.advance(1);
    expect(ends).toMatchObject([{ reason: 'idle', detail: 'handshake' }]);
    expect(time.waiting).toBe(0);
  });
});

describe('an encoder that asks and does not listen', () => {
  it('is cut before its answers pile up', () => {
    // A socket whose other end takes nothing.
    const socket = new Duplex({ read: () => undefined, write: () => undefined });
    const { ingest, ends } = ingestOn(socket as unknown as Socket, new FakeTime(), 0);
    const say = (...command: Parameters<typeof encodeCommand>) =>
      message(20, encodeCommand(...command));
    socket.emit('data', Buffer.concat([Buffer.of(3), Buffer.alloc(3_072)]));
    socket.emit('data', say('connect', 1, amfObject({ app: 'live' })));
    socket.emit('data', say('createStream', 2, null));
    socket.emit('data', say('publish', 3, null, 'key', 'live'));
    ingest.accept({
      ring: createRingMemory(),
      ringId: 'broadcast',
      pen: 'now',
      limits: INGEST_LIMITS,
    });
    const ping = message(4, Buffer.from('000600000001', 'hex'));
    const before = socket.writableLength;
    for (let pings = 0; before + pings * ping.length <= UNREAD_BYTES_MAX; pings += 1) {
      socket.emit('data', ping);
    }
    expect(ends).toEqual([]);
    socket.emit('data', ping);
    expect(ends).toMatchObject([{ fault: 'an encoder does not read its answers' }]);
    expect(socket.destroyed).toBe(true);
  });
});

function message(type: number, payload: Buffer): Buffer {
  const ids = { chunkStreamId: type === 4 ? 2 : 3, messageStreamId: type === 4 ? 0 : 1 };
  return encodeMessage({ ...ids, type, timestampMs: 0, payload, chunkBytes: 128 });
}

function ingestOn(socket: Socket, time: FakeTime, acceptedAtMs: number) {
  const ends: IngestEnd[] = [];
  const admission = { acceptedAtMs, release: () => undefined };
  const ingest = new Ingest(
    { socket, secure: true, remoteAddress: '192.0.2.1', ...admission },
    { ingestId: 'one', clock: time, timers: time, beat: new Beat(time, time), isCleanEntry },
    {
      onPublishRequested: () => undefined,
      onReady: () => undefined,
      onFrozen: () => undefined,
      onYielded: () => undefined,
      onWriting: () => undefined,
      onEnded: (end) => ends.push(end),
    },
  );
  return { ingest, ends };
}
