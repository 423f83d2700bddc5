import { amfObject } from '#amf';
import { Secret, systemClock, type Timers } from '#kernel';
import { createRingMemory } from '#ring';
import {
  ScriptedDestination,
  watchResources,
  type CommandAnswer,
  type DestinationLink,
} from '#testing';
import { hashIngestKey } from '#vault';
import { afterEach, describe, expect, it } from 'vitest';
import { AVC_CONFIG, videoFrame } from './encoder.fixture.ts';
import { TestRing } from './feed.fixture.ts';
import { ABROAD, LaneUnderTest } from './lane.fixture.ts';
import type { AttemptOrder } from './messages.ts';

/** Real time, in which a lane's endless beat of figures keeps nothing alive. */
const timers: Timers = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

const STREAM_KEY = 'live_1?a=b&c=d';
const opened: { close(): Promise<void> }[] = [];

async function start() {
  const under = await LaneUnderTest.start({ ports: { clock: systemClock, timers } });
  opened.push(under);
  return under;
}

async function openDestination(answers: Record<string, CommandAnswer> = {}) {
  const destination = await ScriptedDestination.open({ answers });
  opened.push(destination);
  return destination;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

function attempt(
  under: LaneUnderTest,
  attemptId: string,
  ring: SharedArrayBuffer,
  url: string,
  wish: Partial<AttemptOrder> = {},
) {
  const ids = { attemptId, destinationId: attemptId, ringId: 'broadcast' };
  const how = { delayMs: 0, start: { kind: 'live' }, ...ABROAD, ...wish } as const;
  under.lane.onCommand({
    kind: 'start-attempt',
    order: { ...ids, ring, url, streamKey: STREAM_KEY, ...how },
  });
}

describe('an attempt', () => {
  it('tells how far it got, what it wrote, and why it ended', async () => {
    const under = await start();
    const destination = await openDestination();
    const encoder = under.encoder();
    const { ring } = await under.publish(encoder);
    encoder.video(0, AVC_CONFIG);
    encoder.video(0, videoFrame(1, 'keyframe', 5_000));
    attempt(under, 'one', ring, destination.url());
    const link = await destination.link();
    await link.until(() => link.media.length === 2);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(4_000);
    link.send(3, count);
    link.socket.end();
    const ended = await under.reports.next('attempt-ended');
    expect(ended).toMatchObject({ attemptId: 'one', failure: { code: 'CLOSED_BY_PEER' } });
    const last = under.reports.of('attempt-figures').at(-1)?.figures[0];
    expect(last).toMatchObject({ attemptId: 'one', bytesAcknowledged: 4_000, lagMs: 0 });
    expect(last?.bytesWritten).toBeGreaterThan(5_000);
    expect(under.reports.all.at(-1)?.report).toBe(ended);
  });

  it('says that its destination wants another connection, and stays on this one', async () => {
    const under = await start();
    const destination = await openDestination();
    attempt(under, 'one', createRingMemory(), destination.url());
    const link = await destination.link();
    await link.until(() => link.commands.some(({ name }) => name === 'publish'));
    const code = 'NetConnection.Connect.ReconnectRequest';
    link.say('onStatus', 0, null, amfObject({ level: 'status', code, tcUrl: 'rtmp://10.0.0.1/' }));
    const { level, fields } = await under.reports.next('log');
    expect([level, fields]).toEqual(['info', { destinationId: 'one' }]);
    expect(under.reports.of('attempt-ended')).toEqual([]);
  });

  it('never tells the key, in no report', async () => {
    const under = await start();
    const destination = await openDestination({
      publish: (link) => {
        const description = `unknown stream ${STREAM_KEY}`;
        const code = 'NetStream.Publish.Denied';
        link.say('onStatus', 0, null, amfObject({ level: 'error', code, description }));
      },
    });
    attempt(under, 'one', createRingMemory(), destination.url());
    const ended = await under.reports.next('attempt-ended');
    expect(ended.failure).toMatchObject({ code: 'KEY_REJECTED' });
    const told = JSON.stringify(under.reports.all);
    expect(told).toContain('unknown stream ***');
    for (const secret of [STREAM_KEY, 'live_1', hashIngestKey(new Secret(STREAM_KEY))]) {
      expect(told).not.toContain(secret);
    }
  });

  it('ends at once where the address is forbidden, and the next is not hindered', async () => {
    const under = await start();
    attempt(under, 'private', createRingMemory(), 'rtmp://10.0.0.1/live');
    expect(under.reports.of('attempt-ended')).toMatchObject([
      { attemptId: 'private', failure: { code: 'ADDRESS_FORBIDDEN' } },
    ]);
    const destination = await openDestination();
    attempt(under, 'next', createRingMemory(), destination.url());
    const link = await destination.link();
    await link.until(() => link.commandNames.includes('publish'));
  });

  it('ends where its server does not show the certificate that the order names', async () => {
    const under = await start();
    const destination = await openDestination();
    const { ring } = await under.publish(under.encoder());
    const certificateSha256 = 'ab'.repeat(32);
    attempt(under, 'pinned', ring, destination.url(), { certificateSha256 });
    const ended = await under.reports.next('attempt-ended');
    expect(ended).toMatchObject({ attemptId: 'pinned', failure: { code: 'TLS_PIN_MISMATCH' } });
  });

  it('leaves nothing open, however many there were and however they ended', async () => {
    const under = await start();
    const destination = await openDestination();
    const ring = createRingMemory();
    const allClosed = watchResources();
    for (let round = 0; round < 5; round += 1) {
      const ids = Array.from({ length: 12 }, (_, index) => `${round}-${index}`);
      for (const attemptId of ids) attempt(under, attemptId, ring, destination.url());
      for (const [index, attemptId] of ids.entries()) {
        const link = await destination.link(round * ids.length + index);
        if (index % 3 > 0) await link.until(() => link.commandNames.includes('publish'));
        const mode = index % 2 === 0 ? 'abort' : 'deliberate';
        under.lane.onCommand({ kind: 'end-attempt', attemptId, mode });
      }
      await under.reports.next('attempt-ended', (round + 1) * ids.length - 1);
    }
    expect(new Set(under.reports.of('attempt-ended').map(({ failure }) => failure))).toEqual(
      new Set([null]),
    );
    await allClosed();
  });
});

describe('an attempt that is told to end', () => {
  /** Three seconds of media, of which the newest is `ageMs` old. */
  function ringOf(ageMs: number) {
    const ring = new TestRing();
    ring.writer.markTime(systemClock.monotonicMs() - ageMs);
    for (let at = 0; at <= 3_000; at += 100) {
      ring.frame(at, at % 1_000 === 0 ? 'keyframe' : 'inter', 10_000);
    }
    return ring;
  }

  const timesOf = (link: DestinationLink) => link.media.map(({ body }) => body.readUInt32BE(0));

  it('plays out what its delay has kept, then says goodbye', async () => {
    const under = await start();
    const destination = await openDestination();
    // In 300 ms all is due.
    const ring = ringOf(700);
    attempt(under, 'one', ring.memory, destination.url(), { delayMs: 1_000 });
    const link = await destination.link();
    await link.until(() => link.media.length > 0);
    under.lane.onCommand({ kind: 'end-attempt', attemptId: 'one', mode: 'drain' });
    ring.frame(3_100);
    const ended = await under.reports.next('attempt-ended');
    expect(ended).toMatchObject({ failure: null, reachedMs: 3_000 });
    expect(timesOf(link).at(-1)).toBe(3_000);
    expect(timesOf(link)[0]).toBe(2_000);
    expect(link.commandNames.slice(-2)).toEqual(['FCUnpublish', 'deleteStream']);
  });

  it('says goodbye at once when it is cut short while it plays out', async () => {
    const under = await start();
    const destination = await openDestination();
    const ring = ringOf(0);
    attempt(under, 'one', ring.memory, destination.url(), { delayMs: 2_500 });
    const link = await destination.link();
    await link.until(() => link.media.length > 0);
    under.lane.onCommand({ kind: 'end-attempt', attemptId: 'one', mode: 'drain' });
    under.lane.onCommand({ kind: 'end-attempt', attemptId: 'one', mode: 'deliberate' });
    const ended = await under.reports.next('attempt-ended');
    expect(ended.failure).toBeNull();
    expect(ended.reachedMs).toBeLessThan(3_000);
    expect(link.commandNames.slice(-2)).toEqual(['FCUnpublish', 'deleteStream']);
  });

  it('that has not begun says goodbye at once', async () => {
    const under = await start();
    const destination = await openDestination({ connect: () => undefined });
    attempt(under, 'one', ringOf(0).memory, destination.url());
    const link = await destination.link();
    await link.until(() => link.commandNames.includes('connect'));
    under.lane.onCommand({ kind: 'end-attempt', attemptId: 'one', mode: 'drain' });
    expect(await under.reports.next('attempt-ended')).toMatchObject({
      failure: null,
      reachedMs: null,
    });
  });
});

describe('an attempt with a delay', () => {
  it('begins where another stopped, tells how late that is, and takes another delay', async () => {
    const under = await start();
    const destination = await openDestination();
    const ring = new TestRing();
    const nowMs = systemClock.monotonicMs();
    ring.writer.markTime(nowMs);
    for (let at = 0; at <= 3_000; at += 100) {
      ring.frame(at, at % 1_000 === 0 ? 'keyframe' : 'inter');
    }
    const rewind = { kind: 'rewind', timelineMs: 1_500 } as const;
    attempt(under, 'one', ring.memory, destination.url(), { start: rewind });
    const link = await destination.link();
    await link.until(() => link.media.length > 0);
    expect(link.media[0]?.body.readUInt32BE(0)).toBe(1_000);
    under.lane.onCommand({ kind: 'change-attempt', attemptId: 'one', delayMs: 0 });
    ring.writer.markTime(systemClock.monotonicMs());
    const newestMs = Math.round(3_000 + systemClock.monotonicMs() - nowMs);
    ring.frame(newestMs, 'keyframe');
    await link.until(() => link.media.at(-1)?.body.readUInt32BE(0) === newestMs);
    under.lane.onCommand({ kind: 'end-attempt', attemptId: 'one', mode: 'abort' });
    await under.reports.next('attempt-ended');
    const delays = under.reports.of('attempt-figures').flatMap(({ figures }) => figures);
    expect(delays.at(-1)?.delayMs).toBe(0);
  });
});
