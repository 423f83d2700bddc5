import { NestFactory } from '@nestjs/core';
import { sentenceOf, systemClock, systemTimers } from '#kernel';
import { openLive } from '#live';
import { CoalescingReporter, createLogger, frameworkLogger } from '#observability';
import type { Logger } from '#observability';
import { openDatabase } from '#persistence';
import { AddressPolicy, createHostResolver, parseCidrList } from '#net';
import { openQueues } from '#queue';
import { processEnvironment } from './env.ts';
import type { WorkerEnvironment } from './env.ts';
import type { Resources } from './resources.ts';
import { OutboundTester } from './preflight/outbound-tester.ts';
import { WorkerModule } from './worker.module.ts';

function openResources(environment: WorkerEnvironment, logger: Logger): Resources {
  const faults = new CoalescingReporter<Error>({
    timers: systemTimers,
    write: ({ kind, times, detail }) => logger.warn({ fault: detail.message, times }, kind),
  });
  const redis = { url: environment.REDIS_URL };
  const database = openDatabase({
    url: environment.DATABASE_URL,
    onIdleFault: (fault) => faults.report('a connection to Postgres ended', fault),
  });
  return {
    environment,
    logger,
    clock: systemClock,
    timers: systemTimers,
    database,
    destinationTester: new OutboundTester({
      policy: new AddressPolicy(parseCidrList(environment.ALLOW_PRIVATE_DESTINATIONS)),
      resolve: createHostResolver(),
      clock: systemClock,
      timers: systemTimers,
      urlOf: async (destinationId) => (await database.destinations.find(destinationId))?.url,
    }),
    live: openLive({ ...redis, onFault: (fault) => faults.report('Redis (live)', fault) }),
    queues: openQueues({ ...redis, onFault: (fault) => faults.report('Redis (queues)', fault) }),
  };
}

async function run(environment: WorkerEnvironment): Promise<void> {
  const logger = createLogger({ app: 'worker', level: environment.LOG_LEVEL });
  const resources = openResources(environment, logger);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(resources), {
    logger: frameworkLogger(logger),
    abortOnError: false,
  });
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
  logger.info('ready');
  process.send?.({ kind: 'ready' });
}

try {
  await run(processEnvironment());
} catch (thrown) {
  const lines = sentenceOf(thrown).split('\n');
  process.stderr.write(lines.map((line) => `forkcast-worker: ${line}\n`).join(''));
  process.exit(1);
}
