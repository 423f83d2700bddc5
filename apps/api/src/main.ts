import type { NestExpressApplication } from '@nestjs/platform-express';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '#kernel';
import { createLogger } from '#observability';
import type { Logger } from '#observability';
import { PersistenceError } from '#persistence';
import { endOnSignal, openMasterKey, openStores, runProcess } from '#process';
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
  return {
    environment,
    logger,
    clock: systemClock,
    masterKey: await openMasterKey(environment),
    ...openStores(environment, logger),
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
  endOnSignal(app, logger);
  await listen(app, environment.HTTP_PORT, environment.BIND_HOST);
  const base = addressOf(app, environment);
  const path = await untilPrepared(app, logger);
  if (path !== undefined) announceSetUp(path, base, logger);
  logger.info({ port: Number(new URL(base).port) }, 'ready');
  process.send?.({ kind: 'ready' });
}

await runProcess('forkcast-api', () => run(processEnvironment()));
