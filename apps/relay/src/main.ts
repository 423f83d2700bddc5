import 'reflect-metadata';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { Secret, sentenceOf, systemTimers } from '#kernel';
import { openLive } from '#live';
import { CoalescingReporter, createLogger, frameworkLogger } from '#observability';
import { openDatabase } from '#persistence';
import { openQueues } from '#queue';
import { loadMasterKey } from '#vault';
import { processEnvironment, type RelayEnvironment } from './env.ts';
import { RelayModule } from './relay.module.ts';
import { RelayResources } from './resources.ts';

/** A Postgres that does not answer by then is not there: better one clear line than a relay that knows no key. */
const DATABASE_DEADLINE_MS = 5_000;

async function openResources(environment: RelayEnvironment): Promise<RelayResources> {
  const logger = createLogger({ app: 'relay', level: environment.LOG_LEVEL });
  const masterKeyValue = environment.FORKCAST_MASTER_KEY;
  const masterKey = await loadMasterKey({
    value: masterKeyValue === undefined ? undefined : new Secret(masterKeyValue),
    file: environment.FORKCAST_MASTER_KEY_FILE,
    dataDirectory: resolve(environment.FORKCAST_DATA_DIR),
  });
  const faults = new CoalescingReporter<Error>({
    timers: systemTimers,
    write: ({ kind, times, detail }) => logger.warn({ fault: detail.message, times }, kind),
  });
  const database = openDatabase({
    url: environment.DATABASE_URL,
    onIdleFault: (fault) => faults.report('a connection to Postgres ended', fault),
  });
  await database.ping(DATABASE_DEADLINE_MS);
  const redis = { url: environment.REDIS_URL };
  return new RelayResources(
    environment,
    logger,
    database,
    openLive({ ...redis, onFault: (fault) => faults.report('Redis (live)', fault) }),
    openQueues({ ...redis, onFault: (fault) => faults.report('Redis (queues)', fault) }),
    masterKey,
  );
}

async function run(environment: RelayEnvironment): Promise<void> {
  const resources = await openResources(environment);
  const { logger } = resources;
  const app = await NestFactory.createApplicationContext(RelayModule.with(resources), {
    logger: frameworkLogger(logger),
    abortOnError: false,
  });
  let ending: Promise<void> | undefined;
  const end = (): void => {
    ending ??= app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'the end was not clean');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  logger.info({ rtmpPort: environment.RTMP_PORT, rtmpsPort: environment.RTMPS_PORT }, 'ready');
  process.send?.({ kind: 'ready' });
}

try {
  await run(processEnvironment());
} catch (error) {
  for (const line of sentenceOf(error).split('\n')) {
    process.stderr.write(`forkcast-relay: ${line}\n`);
  }
  process.exit(1);
}
