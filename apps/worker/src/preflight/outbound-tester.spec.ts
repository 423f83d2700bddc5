import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { preflightResultSchema } from '#contracts';
import { systemClock, systemTimers } from '#kernel';
import { AddressPolicy, createHostResolver } from '#net';
import { ServerSession } from '#rtmp';
import { OutboundTester } from './outbound-tester.ts';

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

function testerOf(url: string | undefined, allowed: readonly string[] = ['127.0.0.0/8']) {
  return new OutboundTester({
    policy: new AddressPolicy(allowed),
    resolve: createHostResolver(),
    clock: systemClock,
    timers: systemTimers,
    urlOf: () => Promise.resolve(url),
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
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id');
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
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id');
    expect(result.steps.at(-1)).toMatchObject({ name: 'handshake', ok: false });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'HANDSHAKE_INVALID', class: 'config' },
    });
  });

  it('names a refused connection', async () => {
    const port = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`).test('id');
    expect(result.steps.at(-1)).toMatchObject({ name: 'tcp', ok: false });
    expect(result.error).toMatchObject({ code: 'TCP_REFUSED' });
  });

  it('does not even dial an address that is not allowed', async () => {
    const dialled: Socket[] = [];
    const port = await serve((socket) => dialled.push(socket));
    const result = await testerOf(`rtmp://127.0.0.1:${port}/live`, []).test('id');
    expect(result).toMatchObject({ ok: false, error: { code: 'ADDRESS_FORBIDDEN' } });
    expect(result.steps).toMatchObject([{ name: 'resolve', ok: false }]);
    expect(dialled).toEqual([]);
  });

  it('rejects for a destination that is gone', async () => {
    await expect(testerOf(undefined).test('id')).rejects.toMatchObject({
      code: 'DESTINATION_MISSING',
    });
  });
});
