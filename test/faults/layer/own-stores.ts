import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePostgres } from '../../../tools/services/embedded-postgres.ts';
import type { EmbeddedService } from '../../../tools/services/embedded-redis.ts';
import { startOwnRedis } from '../../integration/own-redis.ts';
import type { OwnRedis } from '../../integration/own-redis.ts';
import { FaultProxy } from './proxy.ts';
import type { Surroundings } from './stage.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const ENDED_WITHIN_MS = 20_000;

/** A Postgres that nobody starts again but the test, behind a proxy that can make it slow. */
export class OwnPostgres {
  readonly proxy: FaultProxy;
  readonly #directory: string;
  readonly #service: EmbeddedService;
  #child: ChildProcess | undefined;

  private constructor(directory: string, service: EmbeddedService, proxy: FaultProxy) {
    this.#directory = directory;
    this.#service = service;
    this.proxy = proxy;
  }

  static async start(): Promise<OwnPostgres> {
    const directory = await mkdtemp(join(tmpdir(), 'forkcast-postgres-'));
    const service = await preparePostgres(join(directory, 'postgres'), REPOSITORY);
    const proxy = await FaultProxy.open(Number(new URL(service.url).port));
    const postgres = new OwnPostgres(directory, service, proxy);
    await postgres.start();
    return postgres;
  }

  /** Past the proxy, for the test itself. */
  get directUrl(): string {
    return this.#service.url;
  }

  /** As the product is told. */
  get url(): string {
    const url = new URL(this.#service.url);
    url.port = String(this.proxy.port);
    return url.href;
  }

  /** Does nothing where it runs. */
  async start(): Promise<void> {
    if (this.#isRunning) return;
    const child = this.#service.plan.launch();
    this.#child = child;
    const ready = Promise.withResolvers<void>();
    this.#service.plan.watchReady(child, ready.resolve);
    child.stdout?.resume();
    child.once('exit', () => ready.reject(new Error('Postgres ended before it was ready')));
    await ready.promise;
  }

  /** With -9, so that it can tidy nothing. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stands still where it is: it takes connections, and answers nobody. Gives the way back. */
  async freeze(): Promise<() => void> {
    const pids = await this.#pids();
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    return () => {
      for (const pid of pids.splice(0)) process.kill(pid, 'SIGCONT');
    };
  }

  async close(): Promise<void> {
    await this.#end('SIGINT');
    await this.proxy.close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  get #isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.#isRunning) return;
    const [postmaster = 0] = await this.#pids();
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(ENDED_WITHIN_MS) });
    process.kill(postmaster, signal);
    await exited;
  }

  /** The server, and whoever it has made for its connections. */
  async #pids(): Promise<number[]> {
    const file = join(this.#directory, 'postgres', 'data', 'postmaster.pid');
    const postmaster = Number.parseInt(await readFile(file, 'utf8'), 10);
    const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
    return [postmaster, ...children.trim().split(' ').map(Number)];
  }
}

/** Stores of a test's own, which the product is told to use; nobody else starts them again. */
export class OwnStores {
  #postgres: OwnPostgres | undefined;
  #redis: OwnRedis | undefined;

  get postgres(): OwnPostgres {
    if (this.#postgres === undefined) throw new Error('there is no Postgres yet');
    return this.#postgres;
  }

  get redis(): OwnRedis {
    if (this.#redis === undefined) throw new Error('there is no Redis yet');
    return this.#redis;
  }

  /** For a stage that stands on them. */
  async open(): Promise<Surroundings> {
    [this.#postgres, this.#redis] = await Promise.all([OwnPostgres.start(), startOwnRedis()]);
    return {
      prefix: [],
      environment: { DATABASE_URL: this.postgres.url, REDIS_URL: this.redis.url },
      close: async () => {
        await Promise.all([this.postgres.close(), this.redis.stop()]);
      },
    };
  }
}
