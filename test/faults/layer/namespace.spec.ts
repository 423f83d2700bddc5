import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePorts, RunningProgram, waitFor } from '#testing';
import { NetworkNamespace } from './namespace.ts';
import { firstUnmet } from './needs.ts';

const unmet = await firstUnmet(['network namespaces', 'nft']);
const LOOPBACK = '127.0.0.1';
const WITHIN_MS = 10_000;

describe.skipIf(unmet !== undefined)('a network of its own', () => {
  let network: NetworkNamespace;
  const ends: (() => unknown)[] = [];
  beforeEach(async () => {
    network = await NetworkNamespace.make();
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    await network.close();
  });

  /** Inside, answers all that it hears with the same. */
  async function echoInside(): Promise<number> {
    const [port = 0] = await freePorts(1);
    const program =
      `require('net').createServer((one) => one.on('error', () => 0).pipe(one))` +
      `.listen(${port}, '${LOOPBACK}', () => console.log('ready'))`;
    const [nsenter = '', ...rest] = network.prefix;
    const echo = new RunningProgram(nsenter, [...rest, process.execPath, '-e', program]);
    ends.push(() => echo.kill());
    await waitFor('the echo is ready', () => echo.stdout.includes('ready'), WITHIN_MS);
    return port;
  }

  function dial(port: number): Socket {
    const socket = connect(port, LOOPBACK).setEncoding('utf8');
    ends.push(() => socket.destroy());
    return socket;
  }

  it('has nothing but a loopback interface', async () => {
    const links = await network.run('ip', ['-brief', 'link']);
    expect(links.trim().split('\n')).toHaveLength(1);
    expect(links).toMatch(/^lo /);
  });

  it('is entered where a port was opened, and only there', async () => {
    const port = await echoInside();
    const [refused] = await once(dial(port), 'error');
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    await network.openInto(port);
    const socket = dial(port);
    socket.write('who is there');
    expect(await once(socket, 'data')).toEqual(['who is there']);
  });

  it('is left where a port was opened, and both hear how the other ends', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => undefined).end('from outside'),
    );
    ends.push(() => server.close());
    const [port = 0] = await freePorts(1);
    server.listen(port, LOOPBACK);
    await network.openOutOf(port);
    const program = `require('net').connect(${port}, '${LOOPBACK}').pipe(process.stdout)`;
    expect(await network.run(process.execPath, ['-e', program])).toBe('from outside');
  });

  it('drops the packets of one port, and gives them again afterwards', async () => {
    const [treated, other] = [await echoInside(), await echoInside()];
    await Promise.all([treated, other].map((port) => network.openInto(port)));
    const [lost, heard] = [dial(treated), dial(other)];
    for (const socket of [lost, heard]) {
      socket.write('1');
      await once(socket, 'data');
    }
    await network.treat(treated, { way: 'drop' });
    let gotBeforeTime = false;
    lost.once('data', () => (gotBeforeTime = true));
    lost.write('2');
    heard.write('2');
    expect(await once(heard, 'data')).toEqual(['2']);
    const isTreated = async () => (await network.packetsDropped(treated)) > 0;
    await waitFor('the packet met the rule', isTreated, WITHIN_MS);
    expect(gotBeforeTime).toBe(false);
    const comes = once(lost, 'data');
    await network.treat(treated);
    // The kernel sends it again by itself.
    expect(await comes).toEqual(['2']);
  });

  it('kills the sockets of who serves a port, which their peers hear as a reset', async () => {
    const port = await echoInside();
    await network.openInto(port);
    const socket = dial(port);
    socket.write('there');
    await once(socket, 'data');
    const broken = once(socket, 'error');
    await network.killServing(port);
    const [thrown] = await broken;
    expect(thrown).toMatchObject({ code: 'ECONNRESET' });
  });
});
