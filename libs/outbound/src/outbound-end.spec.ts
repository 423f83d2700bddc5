import { X509Certificate } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ChunkWriter } from '#rtmp';
import {
  makeSelfSignedPair,
  makeTestCertificates,
  ScriptedDestination,
  watchResources,
  type DestinationScript,
  type TestCertificates,
} from '#testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Dialled, STREAM_KEY, type DialOptions } from './dial.fixture.ts';
import { SOCKET_DEADLINES } from './outbound-socket.ts';

const systemAuthorities = getCACertificates('default');
const opened: { close(): unknown }[] = [];
const dialled: Dialled[] = [];
let trusted: TestCertificates;

async function open(script: DestinationScript = {}): Promise<ScriptedDestination> {
  const destination = await ScriptedDestination.open(script);
  opened.push(destination);
  return destination;
}

/** Pictures of 1 MiB, in the chunks that the session has announced. */
function media(bytes: number): Buffer {
  const writer = new ChunkWriter(4096);
  const payload = Buffer.alloc(1024 * 1024);
  const picture = { chunkStreamId: 4, type: 9, timestampMs: 0, messageStreamId: 1, payload };
  return Buffer.concat(Array.from({ length: bytes / payload.length }, () => writer.write(picture)));
}

function dial(url: string, options: DialOptions = {}): Dialled {
  const one = new Dialled(url, options);
  dialled.push(one);
  return one.start();
}

/** A server that takes connections and never says a word. */
async function openSilence(): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    opened.push({ close: () => socket.destroy() });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  trusted = await makeTestCertificates();
  setDefaultCACertificates([...systemAuthorities, trusted.authority]);
});

afterAll(() => setDefaultCACertificates(systemAuthorities));

afterEach(async () => {
  for (const one of dialled.splice(0)) one.connection.reset();
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

describe.each(['rtmp', 'rtmps'] as const)('the end of a connection over %s', (scheme) => {
  const script = (): DestinationScript => (scheme === 'rtmps' ? { certificates: trusted } : {});

  it('is, when deliberate, FCUnpublish and deleteStream and then an orderly close', async () => {
    const destination = await open(script());
    const one = dial(destination.url());
    await one.until('publishing on 1');
    one.connection.close();
    const link = await destination.link();
    expect(await link.ended).toBe('closed');
    expect(link.commandNames.slice(-2)).toEqual(['FCUnpublish', 'deleteStream']);
    expect(link.commands.at(-2)?.parameters).toEqual([STREAM_KEY]);
    expect(link.commands.at(-1)?.parameters).toEqual([1]);
    expect(await one.ended).toBeUndefined();
    expect(one.time.waiting).toBe(0);
  });

  it('is, when aborted, a TCP reset without a word', async () => {
    const destination = await open(script());
    const one = dial(destination.url());
    await one.until('publishing on 1');
    one.connection.reset();
    const link = await destination.link();
    expect(await link.ended).toBe('reset');
    expect(link.commandNames.at(-1)).toBe('publish');
    expect(await one.ended).toBeUndefined();
    expect(one.time.waiting).toBe(0);
  });

  it('is told as a close by the peer, and answered with a reset', async () => {
    const destination = await open(script());
    const one = dial(destination.url());
    await one.until('publishing on 1');
    const link = await destination.link();
    link.socket.end();
    expect(await one.ended).toMatchObject({ code: 'CLOSED_BY_PEER', stage: 'live' });
    expect(link.commandNames).not.toContain('FCUnpublish');
  });

  it('is told as a reset by the peer', async () => {
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    (await destination.link()).socket.resetAndDestroy();
    expect(await one.ended).toMatchObject({ code: 'RESET_BY_PEER', stage: 'live' });
  });

  it('waits no longer for a peer that is slow to hear it, nor takes anything back', async () => {
    const destination = await open(script());
    const one = dial(destination.url());
    await one.until('publishing on 1');
    const link = await destination.link();
    link.socket.pause();
    // More than the peer's kernel has taken, and less than ours.
    one.connection.write(media(1024 * 1024));
    one.connection.close();
    // Then all that was said is with the kernel.
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    one.time.advance(SOCKET_DEADLINES.goodbyeMs - 1);
    expect(one.events).not.toContain('ended');
    one.time.advance(1);
    expect(await one.ended).toBeUndefined();
    link.socket.resume();
    expect(await link.ended).toBe('closed');
    expect(link.media).toHaveLength(1);
    expect(link.commandNames.at(-1)).toBe('deleteStream');
  });

  it('is cut short when the peer does not even take what was written', async () => {
    const destination = await open(script());
    const one = dial(destination.url());
    await one.until('publishing on 1');
    const link = await destination.link();
    link.socket.pause();
    // More than kernels hold, and less than is called a peer that does not listen.
    one.connection.write(media(15 * 1024 * 1024));
    one.connection.close();
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    one.time.advance(SOCKET_DEADLINES.goodbyeMs);
    expect(await one.ended).toBeUndefined();
    link.socket.resume();
    expect(await link.ended).toBe('reset');
  });
});

describe('an end by us', () => {
  it('while a publish is being asked for takes it back', async () => {
    const destination = await open({ answers: { publish: () => undefined } });
    const one = dial(destination.url());
    const link = await destination.link();
    await link.until(() => link.commandNames.includes('publish'));
    one.connection.close();
    expect(await link.ended).toBe('closed');
    expect(link.commandNames.slice(-2)).toEqual(['FCUnpublish', 'deleteStream']);
    expect(await one.ended).toBeUndefined();
  });

  it('before a word was said just ends', async () => {
    const one = dial('rtmp://stream.example/live', { resolve: () => new Promise(() => undefined) });
    one.connection.close();
    expect(one.events).toEqual(['ended']);
    expect(await one.ended).toBeUndefined();
    expect(one.time.waiting).toBe(0);
  });

  it('before the start is an end too, and nothing is dialled after it', async () => {
    const destination = await open();
    const one = new Dialled(destination.url());
    one.connection.close();
    one.start();
    expect(one.events).toEqual(['ended']);
  });

  it('is the last that is told, whatever the peer goes on to say', async () => {
    const destination = await open();
    for (const last of ['tcp', 'handshake', 'connect', 'publish']) {
      const one = dial(destination.url(), {
        onEvent: (event, connection) => {
          if (event === last) connection.reset();
        },
      });
      expect(await one.ended).toBeUndefined();
      expect(one.events.slice(-2)).toEqual([last, 'ended']);
      expect(one.time.waiting).toBe(0);
    }
  });

  it('leaves nothing open, however many there were', async () => {
    const destination = await open();
    const allClosed = watchResources();
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const one = new Dialled(destination.url()).start();
        await one.until(['tcp', 'handshake', 'publishing on 1'][index % 3] ?? '');
        if (index % 2 === 0) one.connection.close();
        else one.connection.reset();
        await one.ended;
        expect(one.time.waiting).toBe(0);
      }),
    );
    await allClosed();
  });
});

describe('TLS to a destination', () => {
  it('trusts a certificate of a known authority for the name that was asked for', async () => {
    const destination = await open({ certificates: trusted });
    const one = dial(destination.url('live', 'localhost'));
    await one.until('publishing on 1');
    expect(one.events.slice(0, 3)).toEqual(['tcp', 'tls', 'handshake']);
  });

  it.each([
    ['that vouches for itself', {}],
    ['that has expired', { notAfter: new Date(Date.now() - 3_600_000) }],
  ])('refuses a certificate %s', async (_what, validity) => {
    const pair = await makeSelfSignedPair(validity);
    if ('notAfter' in validity) {
      setDefaultCACertificates([...systemAuthorities, trusted.authority, pair.certificate]);
    }
    const destination = await open({ certificates: pair });
    const one = dial(destination.url());
    expect(await one.ended).toMatchObject({ code: 'TLS_CERTIFICATE', stage: 'tls' });
    expect(one.events).toEqual(['tcp', 'ended']);
    expect(destination.links).toHaveLength(0);
  });

  it.each([
    ['for a name where an address is dialled', [{ type: 'dns', value: 'localhost' }] as const],
    ['for another address', [{ type: 'ip', value: '127.0.0.2' }] as const],
  ])('refuses a certificate %s', async (_what, names) => {
    const destination = await open({ certificates: await trusted.issue({ names: [...names] }) });
    const one = dial(destination.url());
    expect(await one.ended).toMatchObject({ code: 'TLS_CERTIFICATE', stage: 'tls' });
    expect(destination.links).toHaveLength(0);
  });

  it('refuses a certificate for another host', async () => {
    const destination = await open({ certificates: trusted });
    const one = dial(destination.url('live', 'stream.example'));
    expect(await one.ended).toMatchObject({ code: 'TLS_CERTIFICATE', stage: 'tls' });
    expect(destination.links).toHaveLength(0);
  });

  it('takes the pinned certificate, and says not one byte of RTMP to another', async () => {
    const pinned = new X509Certificate(trusted.certificate).fingerprint256;
    const certificateSha256 = pinned.replaceAll(':', '').toLowerCase();
    const destination = await open({ certificates: trusted });
    const one = dial(destination.url('live', 'localhost'), { certificateSha256 });
    await one.until('publishing on 1');
    // Trusted as well, for the same name, and signed by the same authority.
    const other = await open({ certificates: trusted });
    const last = certificateSha256.endsWith('0') ? '1' : '0';
    const two = dial(other.url('live', 'localhost'), {
      certificateSha256: certificateSha256.slice(0, -1) + last,
    });
    expect(await two.ended).toMatchObject({
      code: 'TLS_PIN_MISMATCH',
      stage: 'tls',
      detail: expect.stringContaining(certificateSha256),
    });
    expect(two.events).toEqual(['tcp', 'ended']);
    expect(other.links.every(({ heardBytes }) => heardBytes === 0)).toBe(true);
    expect(two.time.waiting).toBe(0);
  });

  it('is what a pin needs: a server without it hears nothing', async () => {
    const destination = await open();
    const one = dial(destination.url(), { certificateSha256: 'ab'.repeat(32) });
    expect(await one.ended).toMatchObject({ code: 'TLS_PIN_MISMATCH' });
    expect(destination.links.every(({ heardBytes }) => heardBytes === 0)).toBe(true);
  });

  it('is not spoken by a plain server: refused, and never tried without', async () => {
    const destination = await open();
    const one = dial(destination.url().replace('rtmp:', 'rtmps:'));
    const link = await destination.link();
    await link.until(() => link.heardBytes > 0);
    link.socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await one.ended).toMatchObject({ code: 'TLS_FAILED', stage: 'tls' });
    expect(destination.links).toHaveLength(1);
  });

  it('that hangs is cut at its deadline, and not before', async () => {
    const one = dial(`rtmps://127.0.0.1:${await openSilence()}/live`);
    await one.until('tcp');
    one.time.advance(SOCKET_DEADLINES.tlsMs - 1);
    expect(one.events).toEqual(['tcp']);
    one.time.advance(1);
    expect(await one.ended).toMatchObject({ code: 'TLS_TIMEOUT', stage: 'tls' });
    expect(one.time.waiting).toBe(0);
  });

  it('that is closed in the middle fails', async () => {
    const destination = await open();
    const one = dial(destination.url().replace('rtmp:', 'rtmps:'));
    (await destination.link()).socket.end();
    expect(await one.ended).toMatchObject({ code: 'TLS_FAILED', stage: 'tls' });
  });
});
