import type { Logger } from './logger.ts';

/** What a server framework asks of a logger; NestJS' `LoggerService` has this shape. */
export interface FrameworkLogger {
  log(message: unknown, ...details: unknown[]): void;
  error(message: unknown, ...details: unknown[]): void;
  warn(message: unknown, ...details: unknown[]): void;
  debug(message: unknown, ...details: unknown[]): void;
  verbose(message: unknown, ...details: unknown[]): void;
  fatal(message: unknown, ...details: unknown[]): void;
}

type Level = 'debug' | 'error' | 'fatal' | 'info' | 'trace' | 'warn';

/**
 * Lets a framework speak through our logger. Its own account of itself ("routes resolved") is for a
 * developer, so `log` goes to debug; warnings and errors keep their rank. The last string detail
 * names the speaker.
 */
export function frameworkLogger(logger: Logger): FrameworkLogger {
  const say = (level: Level, message: unknown, details: readonly unknown[]): void => {
    const speaker = details.findLast((detail) => typeof detail === 'string');
    const err = [message, ...details].find((detail) => detail instanceof Error);
    logger[level]({ speaker, ...(err === undefined ? {} : { err }) }, textOf(message));
  };
  return {
    log: (message, ...details) => say('debug', message, details),
    error: (message, ...details) => say('error', message, details),
    warn: (message, ...details) => say('warn', message, details),
    debug: (message, ...details) => say('trace', message, details),
    verbose: (message, ...details) => say('trace', message, details),
    fatal: (message, ...details) => say('fatal', message, details),
  };
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
