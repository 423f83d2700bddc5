import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** Whether nobody listens on `port` of `host` now; gives the code of the fault if somebody does. */
export async function portFault(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  server.listen({ port, host, exclusive: true });
  try {
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  } finally {
    server.close();
  }
}

/** A port of the loopback interface that nobody listens on now. */
export async function freeLoopbackPort(): Promise<number> {
  const server = createServer();
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** The port kept in `file`, if still free; else a new one, which is then kept. */
export async function rememberedPort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => '0'));
  const usable = Number.isInteger(kept) && kept > 0 && kept < 65_536;
  if (usable && (await portFault(kept, LOOPBACK)) === undefined) return kept;
  const port = await freeLoopbackPort();
  await writeFile(file, `${port}\n`);
  return port;
}
