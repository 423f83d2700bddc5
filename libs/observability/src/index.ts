/**
 * Log lines: one shape for every process, secrets kept out of it, and floods of one fault folded
 * into one line. It decides nothing, keeps no history, and knows no framework: the apps pass it
 * what they want said. Parts: logger (pino, redaction), log-output (writes that end
 * nothing), log-text (URLs, keys, remote strings), coalescing-reporter, framework-logger.
 */
export { CoalescingReporter } from './coalescing-reporter.ts';
export type { CoalescedReport, CoalescingReporterOptions } from './coalescing-reporter.ts';
export { frameworkLogger } from './framework-logger.ts';
export type { FrameworkLogger } from './framework-logger.ts';
export { openLogOutput } from './log-output.ts';
export type { LogOutput } from './log-output.ts';
export { reduceUrls, remoteText } from './log-text.ts';
export { createLogger, LOG_LEVELS } from './logger.ts';
export type { Logger, LoggerOptions, LogLevel } from './logger.ts';
