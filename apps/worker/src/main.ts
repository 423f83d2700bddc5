import { NestFactory } from '@nestjs/core';
import { systemClock, systemTimers } from '#kernel';
import { createLogger, frameworkLogger } from '#observability';
import type { Logger } from '#observability';
import { AddressPolicy, createHostResolver, parseCidrList } from '#net';
import { endOnSignal, openMasterKey, openStores, runProcess } from '#process';
import { processEnvironment } from './env.ts';
import type { WorkerEnvironment } from './env.ts';
import type { Resources } from './resources.ts';
import { OutboundTester } from './preflight/outbound-tester.ts';
import { WorkerModule } from './worker.module.ts';

async function openResources(environment: WorkerEnvironment, logger: Logger): Promise<Resources> {
  const stores = openStores(environment, logger);
  return {
    environment,
    logger,
    clock: systemClock,
    timers: systemTimers,
    ...stores,
    masterKey: await openMasterKey(environment),
    destinationTester: new OutboundTester({
      policy: new AddressPolicy(parseCidrList(environment.ALLOW_PRIVATE_DESTINATIONS)),
      resolve: createHostResolver(),
      clock: systemClock,
      timers: systemTimers,
      urlOf: async (destinationId) => (await stores.database.destinations.find(destinationId))?.url,
    }),
  };
}

async function run(environment: WorkerEnvironment): Promise<void> {
  const logger = createLogger({ app: 'worker', level: environment.LOG_LEVEL });
  const resources = await openResources(environment, logger);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(resources), {
    logger: frameworkLogger(logger),
    abortOnError: false,
  });
  endOnSignal(app, logger);
  logger.info('ready');
  process.send?.({ kind: 'ready' });
}

await runProcess('forkcast-worker', () => run(processEnvironment()));
