import 'reflect-metadata';
import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { frameworkLogger } from '#observability';
import { endOnSignal, runProcess } from '#process';
import { settingsModule, type RelaySettings } from './env.ts';
import { RelayModule } from './relay.module.ts';
import { RESOURCES, type RelayResources } from './resources.ts';

async function run(): Promise<void> {
  const app = await NestFactory.createApplicationContext(RelayModule.with(await settingsModule()), {
    // A start that fails says so once, below.
    logger: false,
    abortOnError: false,
  });
  const { logger } = app.get<RelayResources>(RESOURCES);
  app.useLogger(frameworkLogger(logger));
  endOnSignal(app, logger);
  const settings = app.get<RelaySettings>(ConfigService);
  const rtmpPort = settings.get('RTMP_PORT', { infer: true });
  const rtmpsPort = settings.get('RTMPS_PORT', { infer: true });
  logger.info({ rtmpPort, rtmpsPort }, 'ready');
  process.send?.({ kind: 'ready' });
}

await runProcess('forkcast-relay', run);
