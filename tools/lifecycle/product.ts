import { join } from 'node:path';
import { Secret, sentenceOf, systemClock, systemTimers } from '#kernel';
import { loadMasterKey } from '#vault';
import { preparePostgres } from '../services/embedded-postgres.ts';
import type { EmbeddedService } from '../services/embedded-redis.ts';
import { prepareRedis } from '../services/embedded-redis.ts';
import { portFault } from '../services/loopback-port.ts';
import { providePrograms, REDIS } from '../services/system-programs.ts';
import type { ProcessPlan } from '../supervise/process-plan.ts';
import { StartFault } from '../supervise/start-fault.ts';
import { SupervisedProcess } from '../supervise/supervised-process.ts';
import type { AppName } from './app-plan.ts';
import { appPlan, kindOf } from './app-plan.ts';
import { lockDirectory } from './directory-lock.ts';
import { buildWhenStale } from './product-build.ts';
import { assertReachable } from './reachable.ts';
import type { Settings } from './settings.ts';
import { stopWithinMs } from './stop-budget.ts';

const APPS: readonly AppName[] = ['relay', 'worker', 'api'];

/** Where the product's news goes. */
export interface Reporter {
  readonly say: (line: string) => void;
  /** A line that one of the apps printed. */
  readonly processLine: (name: string, source: 'stdout' | 'stderr', text: string) => void;
}

export interface ProductOptions {
  readonly repository: string;
  readonly settings: Settings;
  /** What the apps get: the user's variables. Those that we decide go on top. */
  readonly environment: NodeJS.ProcessEnv;
  readonly reporter: Reporter;
}

/**
 * Everything on one machine: stores, migrations, the three apps, each supervised, ended in order.
 */
export class Product {
  readonly #options: ProductOptions;
  readonly #stores: SupervisedProcess[] = [];
  readonly #apps: SupervisedProcess[] = [];
  #unlock: (() => Promise<void>) | undefined;
  #stopping: Promise<void> | undefined;
  #setupUrl: string | undefined;
  /** Lines that apps have printed on stderr. */
  #complaints = 0;

  constructor(options: ProductOptions) {
    this.#options = options;
  }

  /** The one-time link for the first administrator; undefined when there is one already. */
  get setupUrl(): string | undefined {
    return this.#setupUrl;
  }

  /** Throws a StartFault (or another coded error) with a sentence for the terminal. */
  async start(): Promise<void> {
    const { repository, settings, reporter } = this.#options;
    this.#unlock = await lockDirectory(settings.dataDirectory);
    await assertPortsFree(settings);
    await loadMasterKey(masterKeySource(this.#options));
    if (settings.redisUrl === undefined) await providePrograms([REDIS], repository);
    await buildWhenStale(repository, (line) => reporter.say(line));
    const [databaseUrl, redisUrl] = await Promise.all([this.#database(), this.#redis()]);
    // Not at the top: on a bare clone the database client exists only after the build.
    const { migrate } = await import('#persistence');
    await migrate({ url: databaseUrl });
    await this.#startApps(databaseUrl, redisUrl);
  }

  /**
   * Ends everything that runs, apps first. May be called at any time, also while starting, and
   * again.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  async #stopInOrder(): Promise<void> {
    // The relay first: its last words go through what the others still keep running.
    const [relay, ...others] = this.#apps;
    for (const group of [relay === undefined ? [] : [relay], others, this.#stores]) {
      await Promise.all(group.map((each) => each.stop()));
    }
    await this.#unlock?.();
  }

  async #database(): Promise<string> {
    const { repository, settings } = this.#options;
    const { databaseUrl, dataDirectory } = settings;
    if (databaseUrl === undefined) {
      return this.#startStore(preparePostgres(join(dataDirectory, 'postgres'), repository));
    }
    const names = { what: 'the database', variable: 'DATABASE_URL', portDefault: 5432 };
    await assertReachable(databaseUrl, names);
    return databaseUrl;
  }

  async #redis(): Promise<string> {
    const { redisUrl, dataDirectory } = this.#options.settings;
    if (redisUrl === undefined) {
      return this.#startStore(prepareRedis(join(dataDirectory, 'redis'), REDIS.name));
    }
    const names = { what: 'Redis', variable: 'REDIS_URL', portDefault: 6379 };
    await assertReachable(redisUrl, names);
    return redisUrl;
  }

  async #startStore(preparation: Promise<EmbeddedService>): Promise<string> {
    const { plan, url } = await preparation;
    await this.#supervise(plan, this.#stores).start();
    return url;
  }

  async #startApps(databaseUrl: string, redisUrl: string): Promise<void> {
    const { repository, settings } = this.#options;
    const environment = {
      NODE_ENV: 'production',
      ...this.#options.environment,
      FORKCAST_DATA_DIR: settings.dataDirectory,
      FORKCAST_DRAIN_SECONDS: String(settings.drainSeconds),
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
    };
    const apps = APPS.map((name) => {
      const plan = appPlan(name, {
        repository,
        environment,
        stopWithinMs: stopWithinMs(name, settings.drainSeconds),
      });
      return this.#supervise(plan, this.#apps);
    });
    try {
      await Promise.all(apps.map((app) => app.start()));
    } catch (cause) {
      const isSaid = this.#complaints > 0;
      throw new StartFault('PROCESS_ENDED', sentenceOf(cause), { cause, isSaid });
    }
  }

  #supervise(plan: ProcessPlan, group: SupervisedProcess[]): SupervisedProcess {
    if (this.#stopping !== undefined) throw new StartFault('PROCESS_ENDED', 'stopped');
    const { reporter } = this.#options;
    const supervised = new SupervisedProcess(plan, {
      clock: systemClock,
      timers: systemTimers,
      events: {
        line: (name, source, text) => {
          // A store's own chatter is of interest only when it fails, and then it is in the fault.
          if (group !== this.#apps) return;
          if (source === 'stderr') this.#complaints += 1;
          reporter.processLine(name, source, text);
        },
        incident: (name, sentence) => reporter.say(`${name} ${sentence}`),
        message: (_name, message) => this.#heard(message),
      },
    });
    group.push(supervised);
    return supervised;
  }

  #heard(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('url' in message)) return;
    if (kindOf(message) === 'setup-link') this.#setupUrl = String(message.url);
  }
}

function masterKeySource({ environment, settings }: ProductOptions) {
  const value = environment['FORKCAST_MASTER_KEY'] || undefined;
  return {
    value: value === undefined ? undefined : new Secret(value),
    file: environment['FORKCAST_MASTER_KEY_FILE'] || undefined,
    dataDirectory: settings.dataDirectory,
  };
}

/** Said before anything is started, and all at once. */
async function assertPortsFree(settings: Settings): Promise<void> {
  const wanted = [
    ['HTTP_PORT', settings.httpPort, settings.httpHost],
    ['RTMP_PORT', settings.rtmpPort, settings.rtmpHost],
    ['RTMPS_PORT', settings.rtmpsPort, settings.rtmpHost],
    ['METRICS_PORT', settings.metricsPort, settings.metricsHost],
  ] as const;
  const faults = wanted
    .filter(([, port]) => port !== 0)
    .map(async ([name, port, host]) => {
      const code = await portFault(port, host);
      if (code === undefined) return [];
      if (code === 'EADDRINUSE') return [`port ${port} is in use: set ${name} to another one`];
      return [`port ${port} on ${host} cannot be opened: ${code} (${name}, BIND_HOST)`];
    });
  const sentences = (await Promise.all(faults)).flat();
  if (sentences.length > 0) throw new StartFault('PORT_TAKEN', sentences.join('\n'));
}
