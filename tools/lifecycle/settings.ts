import { resolve } from 'node:path';
import { DRAIN_SECONDS_DEFAULT, DRAIN_SECONDS_MAX } from '../../apps/relay/src/end-budget.ts';
import { StartFault } from '../supervise/start-fault.ts';

/**
 * What `npm start` itself needs of the environment. Each app reads and checks the rest on its own.
 */
export interface Settings {
  readonly dataDirectory: string;
  readonly httpPort: number;
  /** 0: off. */
  readonly rtmpPort: number;
  /** 0: off. */
  readonly rtmpsPort: number;
  readonly metricsPort: number;
  readonly httpHost: string;
  readonly rtmpHost: string;
  readonly metricsHost: string;
  /** How long the relay may let broadcasts end. */
  readonly drainSeconds: number;
  /** undefined: a Postgres of our own. */
  readonly databaseUrl: string | undefined;
  /** undefined: a Redis of our own. */
  readonly redisUrl: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Throws a StartFault that names every wrong variable, one line each. An empty variable counts as
 * unset.
 */
export function readSettings(environment: Environment, directory: string): Settings {
  const faults: string[] = [];
  const value = (name: string) => environment[name] || undefined;
  const port = (name: string, fallback: number) => {
    const text = value(name) ?? String(fallback);
    const valid = /^\d{1,5}$/.test(text) && Number(text) < 65_536;
    if (!valid) faults.push(`${name} must be a port number from 0 to 65535, not "${text}"`);
    return valid ? Number(text) : fallback;
  };
  const drainSeconds = (): number => {
    const name = 'FORKCAST_DRAIN_SECONDS';
    const text = value(name) ?? String(DRAIN_SECONDS_DEFAULT);
    const valid = /^\d{1,4}$/.test(text) && Number(text) <= DRAIN_SECONDS_MAX;
    if (!valid) faults.push(`${name} must be 0 to ${DRAIN_SECONDS_MAX} seconds, not "${text}"`);
    return valid ? Number(text) : DRAIN_SECONDS_DEFAULT;
  };
  const url = (name: string, schemes: readonly string[]) => {
    const text = value(name);
    const valid = text === undefined || schemes.includes(URL.parse(text)?.protocol ?? '');
    // The text itself is not shown: it holds a password.
    if (!valid) faults.push(`${name} must be a URL that begins with ${schemes.join('// or ')}//`);
    return text;
  };
  const bindHost = value('BIND_HOST');
  const settings = {
    dataDirectory: resolve(directory, value('FORKCAST_DATA_DIR') ?? '.forkcast'),
    httpPort: port('HTTP_PORT', 8080),
    rtmpPort: port('RTMP_PORT', 1935),
    rtmpsPort: port('RTMPS_PORT', 1936),
    metricsPort: port('METRICS_PORT', 9464),
    httpHost: bindHost ?? '127.0.0.1',
    rtmpHost: bindHost ?? '0.0.0.0',
    metricsHost: value('METRICS_HOST') ?? '127.0.0.1',
    drainSeconds: drainSeconds(),
    databaseUrl: url('DATABASE_URL', ['postgresql:', 'postgres:']),
    redisUrl: url('REDIS_URL', ['redis:', 'rediss:']),
  };
  if (faults.length > 0) throw new StartFault('SETTING_INVALID', faults.join('\n'));
  return settings;
}
