import type { NestExpressApplication } from '@nestjs/platform-express';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Secret, sentenceOf, systemClock, systemTimers } from '#kernel';
import { openLive } from '#live';
import { CoalescingReporter, createLogger } from '#observability';
import type { Logger } from '#observability';
import { openDatabase, PersistenceError } from '#persistence';
import { openQueues } from '#queue';
import { loadMasterKey } from '#vault';
import { FirstAdministrator } from './auth/first-administrator.ts';
import { createApp } from './create-app.ts';
import { processEnvironment } from './env.ts';
import type { ApiEnvironment } from './env.ts';
import { Readiness } from './health/readiness.ts';
import type { Resources } from './infrastructure/resources.ts';
import { addressOf, listen } from './listen.ts';

/** How often a start that waits for Postgres or for its schema looks again. */
const LOOK_AGAIN_MS = 500;
/** And says again what it waits for. */
const SAY_AGAIN_LOOKS = 20;

async function openResources(environment: ApiEnvironment, logger: Logger): Promise<Resources> {
  const given = environment.FORKCAST_MASTER_KEY;
  const masterKey = await loadMasterKey({
    value: given === undefined ? undefined : new Secret(given),
    file: environment.FORKCAST_MASTER_KEY_FILE,
    dataDirectory: resolve(environment.FORKCAST_DATA_DIR),
  });
  const faults = new CoalescingReporter<Error>({
    timers: systemTimers,
    write: ({ kind, times, detail }) => logger.warn({ fault: detail.message, times }, kind),
  });
  const redis = { url: environment.REDIS_URL };
  return {
    environment,
    logger,
    clock: systemClock,
    masterKey,
    database: openDatabase({
      url: environment.DATABASE_URL,
      onIdleFault: (fault) => faults.report('a connection to Postgres ended', fault),
    }),
    live: openLive({ ...redis, onFault: (fault) => faults.report('Redis (live)', fault) }),
    queues: openQueues({ ...redis, onFault: (fault) => faults.report('Redis (queues)', fault) }),
  };
}

/** Waits until Postgres answers and has the tables this version needs; says what it waits for. */
async function untilSchemaStands(readiness: Readiness, logger: Logger): Promise<void> {
  for (let look = 0; ; look += 1) {
    const missing = (await readiness.missing()).filter(({ name }) => name !== 'redis');
    if (missing.length === 0) return;
    if (look % SAY_AGAIN_LOOKS === 0) logger.warn({ missing }, 'waiting');
    await wait(LOOK_AGAIN_MS);
  }
}

/**
 * Goes on when Postgres leaves again in between: a process that dies at its start is not started
 * again.
 */
async function untilPrepared(
  app: NestExpressApplication,
  logger: Logger,
): Promise<string | undefined> {
  for (;;) {
    await untilSchemaStands(app.get(Readiness), logger);
    try {
      return await app.get(FirstAdministrator).prepare();
    } catch (thrown) {
      const away = thrown instanceof PersistenceError && thrown.code === 'DATABASE_UNAVAILABLE';
      if (!away) throw thrown;
    }
  }
}

/**
 * The link goes to the terminal through the parent; without one, into the log, which is then all
 * there is.
 */
function announceSetUp(path: string, base: string, logger: Logger): void {
  if (process.send) process.send({ kind: 'setup-link', url: base + path });
  else logger.warn(`nobody has an account yet; open this path of the dashboard once: ${path}`);
}

async function run(environment: ApiEnvironment): Promise<void> {
  const logger = createLogger({ app: 'api', level: environment.LOG_LEVEL });
  const app = await createApp(await openResources(environment, logger));
  let ending: Promise<void> | undefined;
  const end = (signal: NodeJS.Signals): void => {
    ending ??= app.close().then(
      () => process.exit(0),
      (thrown: unknown) => {
        logger.error({ err: thrown, signal }, 'the end was not clean');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  await listen(app, environment.HTTP_PORT, environment.BIND_HOST);
  const base = addressOf(app, environment);
  const path = await untilPrepared(app, logger);
  if (path !== undefined) announceSetUp(path, base, logger);
  logger.info({ port: Number(new URL(base).port) }, 'ready');
  process.send?.({ kind: 'ready' });
}

try {
  await run(processEnvironment());
} catch (thrown) {
  const lines = sentenceOf(thrown).split('\n');
  process.stderr.write(lines.map((line) => `forkcast-api: ${line}\n`).join(''));
  process.exit(1);
}
