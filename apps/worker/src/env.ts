import { z } from 'zod';
import { LOG_LEVELS } from '#observability';

const RETENTION_DAYS_DEFAULT = 90;
const RETENTION_DAYS_MAX = 3650;

/** The worker's environment; anything else that is set is not its business. */
const workerEnvironmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** How long history is kept. */
  FORKCAST_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(RETENTION_DAYS_MAX)
    .default(RETENTION_DAYS_DEFAULT),
  ALLOW_PRIVATE_DESTINATIONS: z.string().default(''),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

export type WorkerEnvironment = z.infer<typeof workerEnvironmentSchema>;

/** A value of the environment cannot be used; `message` has one line for each that cannot. */
export class EnvironmentFault extends Error {
  override readonly name = 'EnvironmentFault';
}

/**
 * Reads the environment. An empty value counts as absent. Throws an `EnvironmentFault` that names
 * every fault.
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): WorkerEnvironment {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
  const parsed = workerEnvironmentSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new EnvironmentFault(lines.join('\n'));
}

/** What this process is started with. */
export function processEnvironment(): WorkerEnvironment {
  return readEnvironment(process.env);
}
