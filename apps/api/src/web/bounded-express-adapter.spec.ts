import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import { BoundedExpressAdapter } from './bounded-express-adapter.ts';

const CONNECTIONS = 2_000;
const HEADER_BYTES = 16 * 1024;
const WITHIN_MS = 15_000;

describe('the HTTP server of the API', () => {
  let adapter: BoundedExpressAdapter;
  let server: Server;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    adapter = new BoundedExpressAdapter();
    adapter.initHttpServer();
    server = adapter.getHttpServer();
    adapter.get('/', (_request: unknown, response: { end(text: string): void }) => {
      response.end('here');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await adapter.close();
  });

  function open(): Socket {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  }

  async function statusOf(request: string): Promise<string> {
    const socket = open();
    socket.write(request);
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    return bytes.toString().split(' ')[1] ?? '';
  }

  it('takes so many connections, and not one more', async () => {
    let dropped = 0;
    server.on('drop', () => (dropped += 1));
    // Fewer at once than the kernel lets wait.
    for (let count = 0; count < CONNECTIONS; count += 100) {
      await Promise.all(Array.from({ length: 100 }, () => once(open(), 'connect')));
    }
    expect(dropped).toBe(0);
    await once(open().resume(), 'close');
    expect(dropped).toBe(1);
    for (const socket of sockets.splice(0, 2)) socket.destroy();
    const count = promisify(server.getConnections.bind(server));
    await waitFor('there is room', async () => (await count()) < CONNECTIONS, WITHIN_MS);
    expect(await statusOf(requestWith('c'))).toBe('200');
  });

  it('reads headers just below 16 KiB, and not one byte more', async () => {
    // Counted are the path, the names and the values.
    const most = HEADER_BYTES - 1 - '/hosthere'.length - 'a'.length;
    expect(await statusOf(requestWith('b'.repeat(most)))).toBe('200');
    expect(await statusOf(requestWith('b'.repeat(most + 1)))).toBe('431');
  });
});

function requestWith(value: string): string {
  return `GET / HTTP/1.1\r\nhost: here\r\na: ${value}\r\n\r\n`;
}
