import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { openLogOutput } from './log-output.ts';
import { reduceUrls } from './log-text.ts';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  /** Name of the process: `api`, `relay`, `worker`. */
  readonly app: string;
  readonly level: LogLevel;
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
}

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'streamKey',
  'sealedKey',
  'masterKey',
  'bootstrapToken',
  'secret',
  'token',
  'ingestKey',
] as const;

/**
 * Each secret field at the top of a line, one level down, and in the headers of a request or an
 * answer.
 */
const REDACTED_PATHS = [
  ...SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  '*.headers["set-cookie"]',
  'headers["set-cookie"]',
];

/**
 * A logger whose lines are JSON with ISO times. Secrets are kept out three times: by type (`Secret`
 * prints a mask), by field name, and by rewriting every URL and ingest key of the finished line.
 */
export function createLogger(options: LoggerOptions): Logger {
  const logger: Logger = pino(
    {
      level: options.level,
      base: { app: options.app },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED_PATHS, censor: '***' },
      hooks: { streamWrite: reduceUrls },
    },
    options.destination ??
      openLogOutput(process.stdout, (lines) => {
        logger.warn({ lines }, 'log lines were lost: nobody read them, or there was no room');
      }),
  );
  return logger;
}
