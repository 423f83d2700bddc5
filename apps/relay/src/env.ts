import { availableParallelism } from 'node:os';
import type { DynamicModule } from '@nestjs/common';
import { ConfigModule, type ConfigService } from '@nestjs/config';
import { z } from 'zod';
import {
  cidrListSchema,
  masterKeyVariables,
  portSchema,
  postgresUrlSchema,
  readEnvironment,
  redisUrlSchema,
  textSchema,
  type Variables,
} from '#environment';
import { LOG_LEVELS } from '#observability';
import { DRAIN_SECONDS_DEFAULT, DRAIN_SECONDS_MAX } from './end-budget.ts';
import { MEMORY_MBYTES_MAX, MEMORY_MBYTES_MIN, memoryMbytesDefault } from './memory-budget.ts';

const LANES_MAX = 64;
/** A hundred gigabits per second. */
const UPLINK_KBPS_MAX = 100_000_000;

/** Rules about several variables are looked at even when one of them has a fault of its own. */
const ALWAYS = { when: () => true } as const;

/** The relay's environment; anything else that is set is not its business. */
const relayEnvironmentSchema = z
  .object({
    DATABASE_URL: postgresUrlSchema,
    REDIS_URL: redisUrlSchema,
    /** 0 turns plain RTMP ingest off. */
    RTMP_PORT: portSchema.default(1935),
    /** 0 turns RTMPS ingest off. */
    RTMPS_PORT: portSchema.default(1936),
    BIND_HOST: textSchema.default('0.0.0.0'),
    TLS_CERT_FILE: textSchema.optional(),
    TLS_KEY_FILE: textSchema.optional(),
    ...masterKeyVariables,
    FORKCAST_NODE_ID: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -')
      .default('local'),
    ALLOW_PRIVATE_DESTINATIONS: cidrListSchema.default(''),
    RELAY_LANES: z.coerce
      .number()
      .int()
      .min(1)
      .max(LANES_MAX)
      .default(Math.min(LANES_MAX, Math.max(1, availableParallelism() - 1))),
    /** What the relay may use in all: it takes no publish that does not fit. */
    RELAY_MEMORY_MBYTES: z.coerce
      .number()
      .int()
      .min(MEMORY_MBYTES_MIN)
      .max(MEMORY_MBYTES_MAX)
      .default(memoryMbytesDefault()),
    /** How long SIGTERM lets broadcasts end; what is delayed needs as long to be played out. */
    FORKCAST_DRAIN_SECONDS: z.coerce
      .number()
      .int()
      .min(0)
      .max(DRAIN_SECONDS_MAX)
      .default(DRAIN_SECONDS_DEFAULT),
    /** Codes slates; without it the last picture is held. */
    FORKCAST_FFMPEG: textSchema.default('ffmpeg'),
    PATH: textSchema.optional(),
    METRICS_HOST: textSchema.default('127.0.0.1'),
    /** 0 turns metrics off. */
    METRICS_PORT: portSchema.default(9464),
    /** Where the API fetches previews of streams and test destinations. */
    PREVIEW_HOST: textSchema.default('127.0.0.1'),
    /** 0: any that is free; the API is told which. */
    PREVIEW_PORT: portSchema.default(0),
    /** What leaves this node at most, all destinations together; owners are warned beyond it. */
    RELAY_UPLINK_KBPS: z.coerce.number().int().min(1).max(UPLINK_KBPS_MAX).optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  })
  .refine((env) => (env.TLS_CERT_FILE === undefined) === (env.TLS_KEY_FILE === undefined), {
    ...ALWAYS,
    path: ['TLS_KEY_FILE'],
    message: 'TLS_CERT_FILE and TLS_KEY_FILE belong together: set both or neither',
  })
  .refine((env) => env.RTMP_PORT !== 0 || env.RTMPS_PORT !== 0, {
    ...ALWAYS,
    path: ['RTMPS_PORT'],
    message: 'RTMP_PORT and RTMPS_PORT cannot both be 0: nobody could publish',
  })
  .refine((env) => env.RTMP_PORT !== env.RTMPS_PORT || env.RTMP_PORT === 0, {
    ...ALWAYS,
    path: ['RTMPS_PORT'],
    message: 'RTMP_PORT and RTMPS_PORT must be two ports',
  });

export type RelayEnvironment = z.infer<typeof relayEnvironmentSchema>;

/** How the relay's parts ask for their settings. */
export type RelaySettings = ConfigService<RelayEnvironment, true>;

/** Throws an `EnvironmentFault` that names every fault. */
export function readRelayEnvironment(variables: Variables): RelayEnvironment {
  return readEnvironment(relayEnvironmentSchema, variables);
}

/**
 * The settings module of this process, read from its environment now. Rejects with an
 * `EnvironmentFault` that names every fault.
 */
export function settingsModule(): Promise<DynamicModule> {
  return ConfigModule.forRoot({
    ignoreEnvFile: true,
    // What was judged is all there is: a value set to '' would else come back from `process.env`.
    skipProcessEnv: true,
    validate: readRelayEnvironment,
  });
}
