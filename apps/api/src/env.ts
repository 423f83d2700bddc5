import { z } from 'zod';
import {
  cidrListSchema,
  mailVariables,
  masterKeyVariables,
  portSchema,
  postgresUrlSchema,
  readEnvironment,
  redisUrlSchema,
  textSchema,
  type Variables,
} from '#environment';
import { LOG_LEVELS } from '#observability';

/** Shortest secrets taken from the operator, who is trusted to know better than any form. */
const ADMIN_PASSWORD_CHARACTERS_MIN = 8;
const BOOTSTRAP_TOKEN_CHARACTERS_MIN = 8;

/** A hundred times what is usual is as good as no limit. */
const RATE_LIMIT_PERCENT_MAX = 10_000;

/** The API's environment; anything else that is set is not its business. */
const apiEnvironmentSchema = z
  .object({
    DATABASE_URL: postgresUrlSchema,
    REDIS_URL: redisUrlSchema,
    /** 0: any free port, for tests. */
    HTTP_PORT: portSchema.default(8080),
    BIND_HOST: textSchema.default('127.0.0.1'),
    /** How people reach this process when it is not by BIND_HOST and HTTP_PORT. */
    FORKCAST_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Proxies whose X-Forwarded-* headers are believed: addresses or CIDRs, comma-separated. */
    TRUSTED_PROXIES: z.string().default('loopback'),
    /** Where encoders publish; shown to people. 0: turned off. */
    RTMP_PORT: portSchema.default(1935),
    RTMPS_PORT: portSchema.default(1936),
    ...masterKeyVariables,
    ...mailVariables,
    FORKCAST_ADMIN_EMAIL: z.email().max(254).toLowerCase().optional(),
    FORKCAST_ADMIN_PASSWORD: z.string().min(ADMIN_PASSWORD_CHARACTERS_MIN).max(256).optional(),
    FORKCAST_BOOTSTRAP_TOKEN: z.string().min(BOOTSTRAP_TOKEN_CHARACTERS_MIN).optional(),
    ALLOW_PRIVATE_DESTINATIONS: cidrListSchema.default(''),
    /** Of the limits on how often the API may be asked; 0: no limits. */
    RATE_LIMIT_PERCENT: z.coerce.number().int().min(0).max(RATE_LIMIT_PERCENT_MAX).default(100),
    LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  })
  .refine(
    (env) =>
      (env.FORKCAST_ADMIN_EMAIL === undefined) === (env.FORKCAST_ADMIN_PASSWORD === undefined),
    {
      path: ['FORKCAST_ADMIN_PASSWORD'],
      message: 'FORKCAST_ADMIN_EMAIL and FORKCAST_ADMIN_PASSWORD belong together',
      // Said together with the faults of the fields, not after them.
      when: () => true,
    },
  );

export type ApiEnvironment = z.infer<typeof apiEnvironmentSchema>;

/** What a variable is when nobody sets it; undefined: nothing. */
export function apiDefaultOf<Name extends keyof ApiEnvironment>(
  name: Name,
): ApiEnvironment[Name] | undefined {
  return apiEnvironmentSchema.shape[name].safeParse(undefined).data as ApiEnvironment[Name];
}

/** Throws an `EnvironmentFault` that names every fault. */
export function readApiEnvironment(variables: Variables): ApiEnvironment {
  return readEnvironment(apiEnvironmentSchema, variables);
}

/** What this process is started with. */
export function processEnvironment(): ApiEnvironment {
  return readApiEnvironment(process.env);
}
