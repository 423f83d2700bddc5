import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below what systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): such a
 * port could be another connection's own end by the time the program under test listens.
 */
const FIRST_PORT = 10_000;
const PORTS = 20_000;

/** As many different ports of the loopback interface as asked for, on which nobody listens now. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Array<{ port: number; server: Server }> = [];
  // All are held until all are known, so that none is given twice.
  while (held.length < count) {
    const port = FIRST_PORT + randomInt(PORTS);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await listens(server);
    if (isFree) held.push({ port, server });
  }
  await Promise.all(held.map(({ server }) => once(server.close(), 'close')));
  return held.map(({ port }) => port);
}

async function listens(server: Server): Promise<boolean> {
  try {
    await once(server, 'listening');
    return true;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE') return false;
    throw fault;
  }
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}
