import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import { CodedError } from '#kernel';
import type { ApiEnvironment } from './env.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

/** Rejects with LISTEN_FAILED and a sentence that names the variables to change. */
export async function listen(
  app: NestExpressApplication,
  port: number,
  host: string,
): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    const why = SENTENCES[code] ?? 'the system refused it';
    const sentence = `cannot listen on ${host} port ${port} (BIND_HOST, HTTP_PORT): ${why}`;
    throw new CodedError('LISTEN_FAILED', sentence, { cause: thrown });
  }
}

/** How people reach the dashboard, without a slash at the end. */
export function addressOf(app: NestExpressApplication, environment: ApiEnvironment): string {
  const { FORKCAST_PUBLIC_URL: publicUrl, BIND_HOST: host } = environment;
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const { port } = app.getHttpServer().address() as AddressInfo;
  // The name that the start prints too: a session cookie belongs to one name only.
  const isThisMachine = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  const name = isThisMachine ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
