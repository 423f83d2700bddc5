import type { OpenAPIObject } from '@nestjs/swagger';
import { systemClock } from '#kernel';
import { createLogger } from '#observability';
import { openStores } from '#process';
import { MasterKey } from '#vault';
import { createApp } from '../create-app.ts';
import { readApiEnvironment } from '../env.ts';
import { apiDocument } from './document.ts';

/** Where nobody listens. */
const NOWHERE = '127.0.0.1:1';

/** The document without a running API: no store is asked, and no port is opened. */
export async function documentAlone(): Promise<OpenAPIObject> {
  const environment = readApiEnvironment({
    DATABASE_URL: `postgres://nobody@${NOWHERE}/nothing`,
    REDIS_URL: `redis://${NOWHERE}`,
  });
  const logger = createLogger({ app: 'api', level: 'silent' });
  const app = await createApp({
    environment,
    logger,
    clock: systemClock,
    masterKey: MasterKey.fromBase64(Buffer.alloc(32).toString('base64')),
    ...openStores(environment, logger),
  });
  try {
    return apiDocument(app);
  } finally {
    await app.close();
  }
}
