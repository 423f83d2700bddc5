import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { onTestFinished, TestRunner } from 'vitest';
import { systemClock } from '#kernel';
import { openLive } from '#live';
import { createLogger } from '#observability';
import { openDatabase } from '#persistence';
import { openQueues } from '#queue';
import { MasterKey } from '#vault';
import { createApp } from '../../apps/api/src/create-app.ts';
import { readApiEnvironment } from '../../apps/api/src/env.ts';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { startOwnRedis } from './own-redis.ts';
import type { OwnRedis } from './own-redis.ts';

export const BOOTSTRAP_TOKEN = 'bootstrap-token-of-the-spec';

/** The API on a port of its own, with a database and a Redis that one spec may do anything to. */
export interface ApiUnderTest {
  readonly app: Awaited<ReturnType<typeof createApp>>;
  readonly url: string;
  readonly database: FreshDatabase;
  readonly redis: OwnRedis;
  /** Everything that was logged. */
  readonly log: readonly string[];
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Ends the API alone; `close` ends the rest too. */
  end(): Promise<void>;
  /** May be called again. Started within a test, it is closed with it, also when that fails. */
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startApi(
  variables: Readonly<Record<string, string>> = {},
  { migrated = true, masterKey = MasterKey.fromBase64(randomBytes(32).toString('base64')) } = {},
): Promise<ApiUnderTest> {
  const [database, redis] = await Promise.all([freshDatabase({ migrated }), startOwnRedis()]);
  const log: string[] = [];
  const environment = readApiEnvironment({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    HTTP_PORT: '0',
    FORKCAST_BOOTSTRAP_TOKEN: BOOTSTRAP_TOKEN,
    LOG_LEVEL: 'debug',
    ...variables,
  });
  const app = await createApp({
    environment,
    clock: systemClock,
    logger: createLogger({
      app: 'api',
      level: 'debug',
      destination: { write: (line) => void log.push(line) },
    }),
    database: openDatabase({ url: database.url }),
    live: openLive({ url: redis.url, onFault: () => undefined }),
    queues: openQueues({ url: redis.url, onFault: () => undefined }),
    masterKey,
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> => (ended ??= app.close());
  let closed: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    redis.thaw();
    await end();
    await Promise.all([redis.stop(), database.drop()]);
  };
  const close = (): Promise<void> => (closed ??= closeAll());
  if (TestRunner.getCurrentTest() !== undefined) onTestFinished(close);
  return {
    app,
    url,
    database,
    redis,
    log,
    call: (method, path, options = {}) => fetch(url + path, requestOf(method, options)),
    end,
    close,
  };
}

function requestOf(method: string, { body, headers = {} }: CallOptions): RequestInit {
  if (body === undefined) return { method, headers };
  const typed = { 'content-type': 'application/json', ...headers };
  return { method, headers: typed, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** As automation asks. */
export const asBootstrap = { authorization: `Bearer ${BOOTSTRAP_TOKEN}` };
