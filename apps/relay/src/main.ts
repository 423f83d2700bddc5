import 'reflect-metadata';
import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { sentenceOf } from '#kernel';
import { frameworkLogger } from '#observability';
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
  const settings = app.get<RelaySettings>(ConfigService);
  const rtmpPort = settings.get('RTMP_PORT', { infer: true });
  const rtmpsPort = settings.get('RTMPS_PORT', { infer: true });
  logger.info({ rtmpPort, rtmpsPort }, 'ready');
  process.send?.({ kind: 'ready' });
}

try {
  await run();
} catch (error) {
  const lines = sentenceOf(error).split('\n');
  process.stderr.write(lines.map((line) => `forkcast-relay: ${line}\n`).join(''));
  process.exit(1);
}
