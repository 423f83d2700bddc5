import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { preflightResultSchema } from '#contracts';
import { Secret, systemClock, systemTimers, type Timers } from '#kernel';
import { AddressPolicy, createHostResolver } from '#net';
import { ServerSession } from '#rtmp';
import { makeTestCertificates, ScriptedDestination, type TestCertificates } from '#testing';
import { OutboundTester } from './outbound-tester.ts';
import { TEST_CLIP_MS } from './test-clip.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server on a free port of loopback; the answer is its port. */
async function serve(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    onSocket(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

interface Tested {
  readonly allowed?: readonly string[];
  readonly platform?: string;
  readonly certificateSha256?: string;
}

const KEY = 'live_4711';

/** The clip’s pace is not waited for; deadlines are as they are. */
const hasty: Timers = {
  after: (delayMs, task) => systemTimers.after(delayMs <= 100 ? 0 : delayMs, task),
};

function testerOf(url: string | undefined, tested: Tested = {}) {
  const { allowed = ['127.0.0.0/8'], platform = 'custom', certificateSha256 = null } = tested;
  const openKey = () => Promise.resolve(new Secret(KEY));
  return new OutboundTester({
    policy: new AddressPolicy(allowed),
    resolve: createHostResolver(),
    clock: systemClock,
    timers: hasty,
    find: () =>
      Promise.resolve(
        url === undefined ? undefined : { url, platform, certificateSha256, openKey },
      ),
  });
}

describe('OutboundTester', () => {
  it('goes up to the server’s answer to connect and publishes nothing', async () => {
    const published: string[] = [];
    const port = await serve((socket) => {
      const session = new ServerSession({
        send: (bytes) => socket.write(bytes),
        onPublish: () => published.push('publish'),
        onMedia: () => published.push('media'),
        onUnpublish: () => published.push('unpublish'),
      });
      socket.on('data', (bytes: Buffer) => session.feed(bytes));
    });
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id', false);
    expect(preflightResultSchema.parse(result)).toMatchObject({ ok: true, error: null });
    expect(result.steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      'resolve true',
      'tcp true',
      'handshake true',
      'connect true',
    ]);
    expect(published).toEqual([]);
  });

  it('stops at the step that fails and says what to do', async () => {
    const port = await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id', false);
    expect(result.steps.at(-1)).toMatchObject({ name: 'handshake', ok: false });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'HANDSHAKE_INVALID', class: 'config' },
    });
  });

  it('hints at rtmps:// where the connection is closed in the handshake', async () => {
    const port = await serve((socket) => socket.end());
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id', false);
    expect(result.steps.at(-1)).toMatchObject({
      name: 'handshake',
      ok: false,
      detail: expect.stringContaining('rtmps://'),
    });
    expect(result.error).toMatchObject({ code: 'TCP_RESET' });
  });

  it('names a refused connection', async () => {
    const port = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id', false);
    expect(result.steps.at(-1)).toMatchObject({ name: 'tcp', ok: false });
    expect(result.error).toMatchObject({ code: 'TCP_REFUSED' });
  });

  it('does not even dial an address that is not allowed', async () => {
    const dialled: Socket[] = [];
    const port = await serve((socket) => dialled.push(socket));
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`, { allowed: [] }).test(
      'id',
      false,
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'ADDRESS_FORBIDDEN' } });
    expect(result.steps).toMatchObject([{ name: 'resolve', ok: false }]);
    expect(dialled).toEqual([]);
  });

  it('tells the addresses that it found, and the one that answered', async () => {
    const port = await serve((socket) => socket.end());
    const { steps } = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id', false);
    expect(steps.slice(0, 2)).toMatchObject([
      { name: 'resolve', addresses: ['127.0.0.1'] },
      { name: 'tcp', addresses: ['127.0.0.1'], detail: expect.stringContaining('127.0.0.1') },
    ]);
  });

  it('says nothing of the test destination’s name or address, for it has none', async () => {
    const result = await testerOf('rtmp://test.invalid/live', { platform: 'test' }).test(
      'id',
      false,
    );
    expect(result).toMatchObject({ ok: true, steps: [{ name: 'connect', ok: true }] });
  });

  it('rejects for a destination that is gone', async () => {
    await expect(testerOf(undefined).test('id', false)).rejects.toMatchObject({
      code: 'DESTINATION_MISSING',
    });
  });
});

describe('OutboundTester, at a server with TLS', () => {
  const authorities = getCACertificates('default');
  let trusted: TestCertificates;

  beforeAll(async () => {
    trusted = await makeTestCertificates();
    setDefaultCACertificates([...authorities, trusted.authority]);
  });

  afterAll(() => setDefaultCACertificates(authorities));

  it('shows the fingerprint of the certificate, and says where another is asked for', async () => {
    const destination = await ScriptedDestination.open({ certificates: trusted });
    const { steps } = await testerOf(destination.url('app')).test('id', false);
    const sha256 = steps.find(({ name }) => name === 'tls')?.certificate?.sha256 ?? '';
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const ask = (certificateSha256: string) =>
      testerOf(destination.url('app'), { certificateSha256 }).test('id', false);
    expect(await ask(sha256)).toMatchObject({ ok: true });
    expect(await ask('ab'.repeat(32))).toMatchObject({
      ok: false,
      steps: [
        { name: 'resolve' },
        { name: 'tcp' },
        { name: 'tls', ok: false, detail: expect.stringContaining(sha256) },
      ],
      error: { code: 'TLS_PIN_MISMATCH', class: 'config' },
    });
    await destination.close();
  });

  it('says what is wrong with a certificate', async () => {
    const destination = await ScriptedDestination.open({ certificates: trusted });
    setDefaultCACertificates(authorities);
    const result = await testerOf(destination.url('app')).test('id', false);
    setDefaultCACertificates([...authorities, trusted.authority]);
    await destination.close();
    const words: unknown = expect.stringMatching(/^[^.]* not signed by a known authority[^.]*\.$/);
    expect(result.steps.at(-1)).toMatchObject({ name: 'tls', ok: false, detail: words });
    expect(result.error).toMatchObject({ code: 'TLS_CERTIFICATE', message: words });
  });
});

describe('OutboundTester, asked to publish', () => {
  it('sends a clip in the platform’s private test, and says goodbye', async () => {
    const destination = await ScriptedDestination.open();
    const tester = testerOf(destination.url('app'), { platform: 'twitch' });
    const result = await tester.test('id', true);
    const link = await destination.link();
    await link.until(() => link.commandNames.includes('deleteStream'));
    const published = link.commands.find(({ name }) => name === 'publish');
    const { media } = link;
    await destination.close();
    expect(published?.parameters).toContain(`${KEY}?bandwidthtest=true`);
    expect(result).toMatchObject({ ok: true, error: null });
    expect(result.steps.at(-1)).toMatchObject({ name: 'publish', ok: true });
    expect(media.filter(({ type }) => type === 9)).toHaveLength(1 + 20);
    expect(media.filter(({ type }) => type === 8).length).toBeGreaterThan(90);
    expect(media.at(-1)?.timestampMs).toBeLessThan(TEST_CLIP_MS);
  });

  it('says what the platform said of the key', async () => {
    const destination = await ScriptedDestination.open({
      answers: {
        publish: (link) => link.status('error', 'NetStream.Publish.BadName', 'Not this key.'),
      },
    });
    const result = await testerOf(destination.url('app'), { platform: 'twitch' }).test('id', true);
    await destination.close();
    expect(result.ok).toBe(false);
    expect(result.steps.at(-1)).toMatchObject({
      name: 'publish',
      ok: false,
      detail: expect.stringContaining('Not this key.'),
    });
  });

  it('dials nothing where the platform has no private test', async () => {
    const destination = await ScriptedDestination.open();
    const tester = testerOf(destination.url('app'), { platform: 'custom' });
    await expect(tester.test('id', true)).rejects.toMatchObject({
      code: 'TEST_PUBLISH_UNSUPPORTED',
    });
    await destination.close();
    expect(destination.links).toEqual([]);
  });
});
