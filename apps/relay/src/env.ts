import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { LOG_LEVELS } from '#observability';

const portSchema = z.coerce.number().int().min(0).max(65_535);

/** The relay's environment; anything else that is set is not its business. */
const relayEnvironmentSchema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }),
    /** 0 turns plain RTMP ingest off. */
    RTMP_PORT: portSchema.default(1935),
    /** 0 turns RTMPS ingest off. */
    RTMPS_PORT: portSchema.default(1936),
    BIND_HOST: z.string().min(1).default('0.0.0.0'),
    TLS_CERT_FILE: z.string().min(1).optional(),
    TLS_KEY_FILE: z.string().min(1).optional(),
    FORKCAST_DATA_DIR: z.string().min(1).default('./.forkcast'),
    FORKCAST_MASTER_KEY: z.string().min(1).optional(),
    FORKCAST_MASTER_KEY_FILE: z.string().min(1).optional(),
    FORKCAST_NODE_ID: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -')
      .default('local'),
    ALLOW_PRIVATE_DESTINATIONS: z.string().default(''),
    RELAY_LANES: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .default(Math.max(1, availableParallelism() - 1)),
    METRICS_HOST: z.string().min(1).default('127.0.0.1'),
    /** 0 turns the metrics endpoint off. */
    METRICS_PORT: portSchema.default(9464),
    LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  })
  .refine((env) => (env.TLS_CERT_FILE === undefined) === (env.TLS_KEY_FILE === undefined), {
    path: ['TLS_KEY_FILE'],
    message: 'TLS_CERT_FILE and TLS_KEY_FILE belong together: set both or neither',
  })
  .refine((env) => env.RTMP_PORT !== 0 || env.RTMPS_PORT !== 0, {
    path: ['RTMPS_PORT'],
    message: 'RTMP_PORT and RTMPS_PORT cannot both be 0: nobody could publish',
  });

export type RelayEnvironment = z.infer<typeof relayEnvironmentSchema>;

/** A value of the environment cannot be used; `message` has one line for each that cannot. */
export class EnvironmentFault extends Error {
  override readonly name = 'EnvironmentFault';
}

/** Reads the environment. An empty value counts as absent. Throws an `EnvironmentFault` that names every fault. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): RelayEnvironment {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
  const parsed = relayEnvironmentSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new EnvironmentFault(lines.join('\n'));
}

/** What this process is started with. */
export function processEnvironment(): RelayEnvironment {
  return readEnvironment(process.env);
}
