import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from './proxy.ts';

/** One end of a connection: what it has heard, and how it was ended. */
class End {
  readonly socket: Socket;
  text = '';
  readonly ended: Promise<'closed' | 'reset'>;
  readonly #awaited: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    this.ended = new Promise((resolve) => {
      socket.on('error', () => resolve('reset'));
      socket.on('end', () => resolve('closed'));
    });
    socket.on('data', (bytes: Buffer) => {
      this.text += bytes.toString('latin1');
      for (const resolve of this.#awaited.splice(0)) resolve();
    });
  }

  async hears(text: string): Promise<void> {
    while (!this.text.includes(text)) {
      await new Promise<void>((resolve) => {
        this.#awaited.push(resolve);
      });
    }
  }
}

describe('a proxy with faults', () => {
  let server: Server;
  let proxy: FaultProxy;
  let served: End[];
  const opened: Socket[] = [];

  beforeEach(async () => {
    served = [];
    server = createServer({ allowHalfOpen: true }, (socket) => {
      opened.push(socket);
      served.push(new End(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    proxy = await FaultProxy.open(port, { seed: 3 });
  });

  afterEach(async () => {
    for (const socket of opened.splice(0)) socket.destroy();
    await proxy.close();
    server.close();
  });

  async function dial(): Promise<{ readonly near: End; readonly far: End }> {
    const accepted = once(server, 'connection');
    const socket = connect({ host: '127.0.0.1', port: proxy.port, allowHalfOpen: true });
    opened.push(socket);
    const near = new End(socket);
    await accepted;
    const far = served.at(-1);
    if (far === undefined) throw new Error('nobody was served');
    return { near, far };
  }

  it('passes on both ways, and the end of one of them', async () => {
    const { near, far } = await dial();
    near.socket.end('hello');
    await far.hears('hello');
    await expect(far.ended).resolves.toBe('closed');
    far.socket.end('and goodbye');
    await near.hears('and goodbye');
    await expect(near.ended).resolves.toBe('closed');
    expect(proxy.connections).toBe(1);
    await expect.poll(() => proxy.openConnections).toBe(0);
  });

  it('resets both sides', async () => {
    const { near, far } = await dial();
    proxy.reset();
    await expect(Promise.all([near.ended, far.ended])).resolves.toEqual(['reset', 'reset']);
  });

  it('resets one side, and the other hears nothing of it', async () => {
    const { near, far } = await dial();
    proxy.reset('dialler');
    await expect(near.ended).resolves.toBe('reset');
    far.socket.write('into the void');
    await expect(Promise.race([far.ended, Promise.resolve('open')])).resolves.toBe('open');
  });

  it('resets after so many bytes, of whichever connection', async () => {
    const { near, far } = await dial();
    proxy.resetAfter(6);
    near.socket.write('1234');
    await far.hears('1234');
    near.socket.write('5678');
    await expect(Promise.all([near.ended, far.ended])).resolves.toEqual(['reset', 'reset']);
    expect(far.text.length).toBeLessThanOrEqual(6);
    const again = await dial();
    again.near.socket.write('whole again');
    await again.far.hears('whole again');
  });

  it('half-closes: what that side still says is passed on', async () => {
    const { near, far } = await dial();
    proxy.halfClose('dialler');
    await expect(near.ended).resolves.toBe('closed');
    near.socket.write('still here');
    await far.hears('still here');
  });

  it('that is stopped delivers nothing until it goes on', async () => {
    const { near, far } = await dial();
    proxy.set('up', { isStopped: true });
    near.socket.write('late');
    far.socket.write('the other way');
    await near.hears('the other way');
    expect(far.text).toBe('');
    proxy.set('up', { isStopped: false });
    await far.hears('late');
  });

  it('as a black hole tells neither side of the end of the other', async () => {
    const { near, far } = await dial();
    proxy.blackHole();
    near.socket.resetAndDestroy();
    far.socket.write('anybody?');
    const other = await dial();
    proxy.clear();
    other.near.socket.write('new');
    await other.far.hears('new');
    expect(far.text).toBe('');
    await expect(Promise.race([far.ended, Promise.resolve('open')])).resolves.toBe('open');
  });

  it('refuses, and takes connections again on the same port', async () => {
    const { near, far } = await dial();
    proxy.refuse();
    const refused = connect({ host: '127.0.0.1', port: proxy.port });
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    near.socket.write('open as before');
    await far.hears('open as before');
    await proxy.accept();
    const again = await dial();
    again.near.socket.write('again');
    await again.far.hears('again');
  });

  it('says byte by byte what was said at once', async () => {
    const { near, far } = await dial();
    proxy.setBoth({ sliceBytes: 1 });
    const text = 'word '.repeat(500);
    near.socket.write(`${text}.`);
    far.socket.write(`${text}!`);
    await Promise.all([far.hears('.'), near.hears('!')]);
    expect(far.text).toBe(`${text}.`);
    expect(near.text).toBe(`${text}!`);
  });

  it('is a reset where its target is gone', async () => {
    const gone = once(server, 'close');
    server.close();
    await gone;
    const socket = connect({ host: '127.0.0.1', port: proxy.port });
    const end = new End(socket);
    await expect(end.ended).resolves.toBe('reset');
  });
});
