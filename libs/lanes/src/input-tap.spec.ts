import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { makeSelfSignedPair } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { inputTap } from './input-tap.ts';

/** More than the kernel and Node hold together between two sockets. */
const FLOOD_BYTES = 64 * 1024 * 1024;

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Both ends of a connection, the server's with a listener for its bytes. */
async function connected(secure: boolean): Promise<{ near: Socket; far: Socket }> {
  const pair = await makeSelfSignedPair();
  const server = secure
    ? createTlsServer({ cert: pair.certificate, key: pair.privateKey })
    : createServer();
  const accepted = once(server, secure ? 'secureConnection' : 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const far = secure
    ? connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false })
    : connect(port, '127.0.0.1');
  const [near] = (await accepted) as [Socket];
  near.on('data', () => undefined);
  ends.push(() => {
    far.destroy();
    near.destroy();
    server.close();
  });
  return { near, far };
}

describe.each([
  ['TCP', false],
  ['TLS', true],
])('a tap of %s', (_name, secure) => {
  it('leaves what comes in the kernel until it is opened', async () => {
    const { near, far } = await connected(secure);
    const tap = inputTap(near);
    far.write('first');
    while (near.bytesRead < 5) await once(near, 'data');
    tap?.close();
    far.write(Buffer.alloc(FLOOD_BYTES));
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
    expect(near.bytesRead).toBe(5);
    far.destroy();
    tap?.open();
    await once(near, 'close');
    expect(near.bytesRead).toBeGreaterThan(5);
  });

  it('does nothing to a socket that has gone', async () => {
    const { near } = await connected(secure);
    const tap = inputTap(near);
    tap?.close();
    near.destroy();
    await once(near, 'close');
    expect(() => tap?.open()).not.toThrow();
    expect(inputTap(near)).toBeUndefined();
  });
});
