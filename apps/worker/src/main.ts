import { NestFactory } from '@nestjs/core';
import { createPostJson } from '#https-call';
import { systemClock, systemTimers } from '#kernel';
import { createLogger, frameworkLogger } from '#observability';
import type { Logger } from '#observability';
import { AddressPolicy, createHostResolver, parseCidrList } from '#net';
import { endOnSignal, openMasterKey, openStores, runProcess } from '#process';
import { processEnvironment } from './env.ts';
import type { WorkerEnvironment } from './env.ts';
import type { Resources } from './resources.ts';
import { findDestination } from './preflight/find-destination.ts';
import { OutboundTester } from './preflight/outbound-tester.ts';
import { WorkerModule } from './worker.module.ts';

async function openResources(environment: WorkerEnvironment, logger: Logger): Promise<Resources> {
  const stores = openStores(environment, logger);
  const masterKey = await openMasterKey(environment);
  const network = {
    policy: new AddressPolicy(parseCidrList(environment.ALLOW_PRIVATE_DESTINATIONS)),
    resolve: createHostResolver(),
    clock: systemClock,
    timers: systemTimers,
  };
  return {
    environment,
    logger,
    clock: systemClock,
    timers: systemTimers,
    ...stores,
    masterKey,
    postJson: createPostJson(network),
    destinationTester: new OutboundTester({
      ...network,
      find: findDestination(stores.database, masterKey),
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
