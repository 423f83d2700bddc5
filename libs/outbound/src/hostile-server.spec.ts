import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { amfObject } from '#amf';
import { MessageType } from '#rtmp';
import { makeTestCertificates, ScriptedDestination, type DestinationScript } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { Dialled, STREAM_KEY, type DialOptions } from './dial.fixture.ts';
import { SAID_BYTES_MAX, SAID_WITHIN_MS } from './talk-limit.ts';

const opened: { close(): unknown }[] = [];
const dialled: Dialled[] = [];

afterEach(async () => {
  for (const one of dialled.splice(0)) one.connection.reset();
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function open(script: DestinationScript = {}): Promise<ScriptedDestination> {
  const destination = await ScriptedDestination.open(script);
  opened.push(destination);
  return destination;
}

function dial(url: string, options: DialOptions = {}): Dialled {
  const one = new Dialled(url, options);
  dialled.push(one);
  return one.start();
}

describe('a server that sends us elsewhere', () => {
  it('in its refusal is not followed', async () => {
    const elsewhere = await open();
    const destination = await open({
      answers: {
        connect: (link) =>
          link.say(
            '_error',
            1,
            null,
            amfObject({
              level: 'error',
              code: 'NetConnection.Connect.Rejected',
              description: 'moved',
              ex: amfObject({ code: 302, redirect: elsewhere.url() }),
            }),
          ),
      },
    });
    const one = dial(destination.url());
    expect(await one.ended).toMatchObject({ code: 'CONNECT_REJECTED' });
    expect(elsewhere.links).toEqual([]);
    expect(destination.links).toHaveLength(1);
  });

  it('by a request to reconnect is not followed, and served on', async () => {
    const elsewhere = await open();
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    const link = await destination.link();
    const code = 'NetConnection.Connect.ReconnectRequest';
    const request = { level: 'status', code, tcUrl: elsewhere.url() };
    link.say('onStatus', 0, null, amfObject(request));
    link.say('onStatus', 0, null, amfObject(request));
    link.send(MessageType.ACKNOWLEDGEMENT, Buffer.from([0, 0, 0x10, 0]));
    await one.until('acknowledged');
    expect(one.events).not.toContain('ended');
    expect(one.events.filter((event) => event === 'asked to reconnect')).toHaveLength(1);
    expect(elsewhere.links).toEqual([]);
  });
});

describe('a service that is no RTMP server', () => {
  it.each(['220 mail.example.com ESMTP\r\n', '-ERR unknown command\r\n', 'HTTP/1.1 400 \r\n\r\n'])(
    'and answers %j is told nothing that it could take for a command',
    async (answer) => {
      const heard: Buffer[] = [];
      const server = createServer((socket: Socket) => {
        socket.on('error', () => undefined);
        socket.on('data', (bytes: Buffer) => heard.push(bytes));
        socket.write(answer);
      }).listen(0, '127.0.0.1');
      opened.push(server);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const one = dial(`rtmp://127.0.0.1:${port}/live`);
      expect(await one.ended).toMatchObject({ code: 'HANDSHAKE_INVALID', stage: 'handshake' });
      const bytes = Buffer.concat(heard);
      expect(bytes.length).toBeLessThanOrEqual(1 + 1_536);
      expect(bytes.includes(STREAM_KEY.slice(0, 9))).toBe(false);
    },
  );
});

describe('a server that talks while it takes media', () => {
  const PIECE_BYTES = 1_024;

  /** So many bytes of nothing, as whole messages; what counts is what comes over the wire. */
  const say = (destination: ScriptedDestination, bytes: number): void => {
    const [link] = destination.links;
    for (let said = 0; said < bytes; said += PIECE_BYTES) {
      link?.send(MessageType.DATA_AMF0, Buffer.alloc(PIECE_BYTES));
    }
  };
  const acknowledge = (destination: ScriptedDestination, count: number): void => {
    const [link] = destination.links;
    for (let index = 1; index <= count; index += 1) {
      const total = Buffer.alloc(4);
      total.writeUInt32BE(index);
      link?.send(MessageType.ACKNOWLEDGEMENT, total);
    }
  };

  it('may say so much in a minute, and again in the next', async () => {
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    for (let minute = 0; minute < 3; minute += 1) {
      say(destination, SAID_BYTES_MAX * 0.9);
      acknowledge(destination, minute + 1);
      const isHeard = () => one.acknowledgedBytes === minute + 1;
      await expect.poll(isHeard).toBe(true);
      one.time.advance(SAID_WITHIN_MS);
    }
    expect(one.events).not.toContain('ended');
  });

  it('is left when it says more', async () => {
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    say(destination, SAID_BYTES_MAX + PIECE_BYTES);
    expect(await one.ended).toMatchObject({
      code: 'PROTOCOL_ERROR',
      stage: 'live',
      detail: 'the peer says too much',
    });
    expect(one.time.waiting).toBe(0);
  });
});

describe('a server that does nothing but acknowledge', () => {
  it('is left soon, however small its messages', async () => {
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    const { socket } = await destination.link();
    const first = Buffer.from('02000000000004030000000000000001', 'hex');
    // Chunks of type 3 repeat the header before them: five bytes for each message.
    const next = Buffer.from('c200000001', 'hex');
    socket.write(first);
    const many = Buffer.concat(Array.from({ length: 10_000 }, () => next));
    for (let sent = 0; sent < 10 && !one.events.includes('ended'); sent += 1) socket.write(many);
    expect(await one.ended).toMatchObject({
      code: 'PROTOCOL_ERROR',
      stage: 'live',
      detail: 'the peer says too much',
    });
  });
});

describe('TLS of the past', () => {
  it('is not spoken to a destination that knows nothing newer', async () => {
    const pair = await makeTestCertificates();
    const past = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' } as const;
    const keys = { cert: pair.certificate, key: pair.privateKey };
    const server = createTlsServer({ ...keys, ...past, ciphers: 'DEFAULT@SECLEVEL=0' });
    server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
    opened.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const one = dial(`rtmps://127.0.0.1:${port}/live`);
    expect(await one.ended).toMatchObject({ code: 'TLS_FAILED', stage: 'tls' });
    expect(one.events).toEqual(['tcp', 'ended']);
  });
});
