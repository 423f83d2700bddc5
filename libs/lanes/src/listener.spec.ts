import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { makeSelfSignedPair, waitFor } from '#testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { IDLE_TIMERS, LaneUnderTest } from './lane.fixture.ts';
import type { CertificatePair } from './messages.ts';
import { LANE_LIMITS } from './settings.ts';

const { handshakeMs, publishMs, pendingPerAddress } = LANE_LIMITS;

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

/** A bare connection, and how it ended. */
function dial(port: number): { socket: Socket; ended: Promise<string> } {
  const socket = connect({ host: '127.0.0.1', port });
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  socket.on('error', () => resolve('reset'));
  socket.on('end', () => resolve('closed'));
  socket.resume();
  opened.push({ close: () => socket.destroy() });
  return { socket, ended };
}

describe('wrong bytes', () => {
  const tlsHello = (port: number) => connectTls({ host: '127.0.0.1', port });
  const say = (text: string | Buffer) => (port: number) => {
    const { socket } = dial(port);
    socket.write(text);
    return socket;
  };
  const http = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
  const handshake = Buffer.concat([Buffer.of(3), Buffer.alloc(1_536)]);

  it.each([
    ['TLS on the plain port', 'rtmpPort', tlsHello, 'RTMP_TLS_ON_PLAIN_PORT'],
    ['HTTP on the plain port', 'rtmpPort', say(http), 'RTMP_NOT_RTMP'],
    ['anything else on the plain port', 'rtmpPort', say(Buffer.alloc(500, 0xfe)), 'RTMP_NOT_RTMP'],
    ['encrypted RTMP on the plain port', 'rtmpPort', say(Buffer.of(6)), 'RTMP_VERSION_UNSUPPORTED'],
    ['plain RTMP on the TLS port', 'rtmpsPort', say(handshake), 'no TLS on the RTMPS port'],
    ['HTTP on the TLS port', 'rtmpsPort', say(http), 'no TLS on the RTMPS port'],
    ['anything else on the TLS port', 'rtmpsPort', say(Buffer.alloc(500, 0xfe)), 'no TLS on'],
  ] as const)('as %s are closed at once, and said once', async (_what, port, speak, message) => {
    const under = await start();
    const { settings, reports, time } = under;
    const socket = speak(settings[port]);
    socket.on('error', () => undefined).resume();
    await new Promise((resolve) => {
      socket.once('close', resolve);
    });
    const log = await reports.next('log');
    expect(log.message).toContain(message);
    expect(log.fields).toMatchObject({ remoteAddress: '127.0.0.1', times: 1 });
    // The window in which repeats would be counted is over: nothing was.
    time.advance(1_000);
    expect(reports.all.map(({ report }) => report.kind)).toEqual(['listening', 'log']);
    expect(time.waiting).toBe(IDLE_TIMERS);
  });
});

describe('a connection that does not publish', () => {
  it('is closed when the handshake is not done in time, however it trickles', async () => {
    const under = await start();
    const { settings, reports, time } = under;
    const { socket, ended } = dial(settings.rtmpPort);
    socket.write(Buffer.of(3));
    await waitFor('it is accepted', () => time.waiting === IDLE_TIMERS + 1, 5_000);
    time.advance(handshakeMs - 1);
    expect(reports.of('log')).toEqual([]);
    socket.write(Buffer.of(0));
    time.advance(1);
    expect(await ended).toMatch(/closed|reset/);
    expect(reports.of('log')).toMatchObject([{ message: 'no RTMP handshake in time' }]);
  });

  it('is closed when it has asked for nothing at the later deadline', async () => {
    const under = await start();
    const { reports, time } = under;
    const one = under.encoder({ goal: 'connect' });
    await one.connected.promise;
    time.advance(publishMs - 1);
    expect(reports.of('log')).toEqual([]);
    time.advance(1);
    await one.ended.promise;
    expect(reports.of('log')).toMatchObject([{ message: 'no publish in time' }]);
    expect(reports.of('ingest-ended')).toEqual([]);
  });

  it('is closed at that deadline too when nobody answers its publish', async () => {
    const under = await start();
    const { reports, time } = under;
    under.encoder();
    await reports.next('publish-requested');
    time.advance(publishMs);
    expect(reports.of('ingest-ended')).toMatchObject([{ reason: 'idle' }]);
  });

  it.each(['rtmpPort', 'rtmpsPort'] as const)(
    'counts from the first byte of TCP on %s: one too many is cut, and let in when another leaves',
    async (port) => {
      const under = await start();
      const { settings, reports } = under;
      const first = Array.from({ length: pendingPerAddress }, () => dial(settings[port]));
      await Promise.all(first.map(({ socket }) => once(socket, 'connect')));
      expect(await dial(settings[port]).ended).toBe('reset');
      const log = await reports.next('log');
      expect(log.message).toBe('too many connections that do not publish');
      first[0]?.socket.destroy();
      await waitFor(
        'the next is let in',
        async () => {
          const { socket, ended } = dial(settings[port]);
          await once(socket, 'connect');
          const isCut = await Promise.race([ended, answered(socket, port)]);
          return isCut === 'answered';
        },
        5_000,
      );
    },
  );

  it('leaves its place to another once it publishes', async () => {
    const under = await start();
    const { settings } = under;
    const first = Array.from({ length: pendingPerAddress - 1 }, () => dial(settings.rtmpPort));
    await Promise.all(first.map(({ socket }) => once(socket, 'connect')));
    await under.publish(under.encoder());
    const next = under.encoder({ goal: 'connect' });
    await next.connected.promise;
    expect(await dial(settings.rtmpPort).ended).toBe('reset');
  });
});

/** Whether a connection that was let in gets an answer to its first bytes, on either port. */
async function answered(socket: Socket, port: 'rtmpPort' | 'rtmpsPort'): Promise<string> {
  if (port === 'rtmpsPort') {
    const tls = connectTls({ socket, rejectUnauthorized: false });
    tls.on('error', () => undefined);
    await once(tls, 'secureConnect').catch(() => new Promise(() => undefined));
    return 'answered';
  }
  socket.write(Buffer.concat([Buffer.of(3), Buffer.alloc(1_536)]));
  await once(socket, 'data').catch(() => new Promise(() => undefined));
  return 'answered';
}
