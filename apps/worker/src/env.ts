import { z } from 'zod';
import {
  cidrListSchema,
  mailVariables,
  masterKeyVariables,
  postgresUrlSchema,
  readEnvironment,
  redisUrlSchema,
  type Variables,
} from '#environment';
import { LOG_LEVELS } from '#observability';

const RETENTION_DAYS_DEFAULT = 90;
const RETENTION_DAYS_MAX = 3650;

/** The worker's environment; anything else that is set is not its business. */
const workerEnvironmentSchema = z.object({
  DATABASE_URL: postgresUrlSchema,
  REDIS_URL: redisUrlSchema,
  /** How long history is kept. */
  FORKCAST_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(RETENTION_DAYS_MAX)
    .default(RETENTION_DAYS_DEFAULT),
  ...masterKeyVariables,
  ...mailVariables,
  ALLOW_PRIVATE_DESTINATIONS: cidrListSchema.default(''),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

export type WorkerEnvironment = z.infer<typeof workerEnvironmentSchema>;

/** Throws an `EnvironmentFault` that names every fault. */
export function readWorkerEnvironment(variables: Variables): WorkerEnvironment {
  return readEnvironment(workerEnvironmentSchema, variables);
}

/** What this process is started with. */
export function processEnvironment(): WorkerEnvironment {
  return readWorkerEnvironment(process.env);
}
