import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { sentenceOf } from '#kernel';
import { freePorts, makeTestCertificates } from '#testing';
import type { ForkcastApi, TestCertificates } from '#testing';
import { newToken } from '#vault';
import { CanaryWatch } from '../../test/e2e/canary-watch.ts';
import { ownChildren } from '../bench/process-cost.ts';
import { Product } from '../lifecycle/product.ts';
import { readSettings } from '../lifecycle/settings.ts';
import { REPOSITORY } from '../services/repository.ts';

const ANSWER_WITHIN_MS = 5_000;
const LANES = 2;

export const APPS = ['relay', 'api', 'worker'] as const;
export type AppName = (typeof APPS)[number];
export type StoreName = 'redis' | 'postgres';

export interface HouseOptions {
  readonly directory: string;
  /** Everything that the product prints. */
  readonly logFile: string;
  readonly onLine: (text: string) => void;
}

interface Ports {
  readonly http: number;
  readonly rtmp: number;
  readonly rtmps: number;
  readonly metrics: number;
}

/** The whole product with its stores, each process supervised, as `npm start` runs it. */
export class House {
  readonly api: ForkcastApi;
  readonly certificates: TestCertificates;
  readonly ports: Ports;
  readonly #options: HouseOptions;
  readonly #watch: CanaryWatch;
  readonly #log: WriteStream;
  readonly #product: Product;
  #debuggerUrl: string | undefined;

  private constructor(
    options: HouseOptions,
    parts: { readonly certificates: TestCertificates; readonly ports: Ports },
  ) {
    this.#options = options;
    this.certificates = parts.certificates;
    this.ports = parts.ports;
    const token = newToken().reveal();
    this.#watch = new CanaryWatch();
    this.api = this.#watch.api(`http://127.0.0.1:${this.ports.http}`, token);
    this.#log = createWriteStream(options.logFile);
    const environment = this.#environment(token);
    const say = (text: string): void => this.#line(text);
    this.#product = new Product({
      repository: REPOSITORY,
      settings: readSettings(environment, REPOSITORY),
      environment,
      reporter: { say, processLine: (_name, _source, text) => this.#line(text) },
    });
  }

  static async start(options: HouseOptions): Promise<House> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    const [http = 0, rtmp = 0, rtmps = 0, metrics = 0] = await freePorts(4);
    const certificates = await makeTestCertificates();
    const house = new House(options, { certificates, ports: { http, rtmp, rtmps, metrics } });
    await writeFile(house.#authorityFile, certificates.authority);
    try {
      await house.#product.start();
    } catch (thrown) {
      await house.#product.stop();
      throw new Error(`${sentenceOf(thrown)}; see ${options.logFile}`, { cause: thrown });
    }
    await house.#watch.plantOwn(house.#data);
    return house;
  }

  /** Where the relay's debugger listens, once it was told to. */
  get debuggerUrl(): string | undefined {
    return this.#debuggerUrl;
  }

  async appPid(app: AppName): Promise<number | undefined> {
    const [pid] = await ownChildren(join('apps', app, 'src', 'main.js'));
    return pid;
  }

  /** The server's process, and for Postgres those of its connections. */
  async storePids(store: StoreName): Promise<readonly number[]> {
    const file = {
      redis: ['redis', 'redis.pid'],
      postgres: ['postgres', 'data', 'postmaster.pid'],
    };
    const pid = Number.parseInt(await readFile(join(this.#data, ...file[store]), 'utf8'), 10);
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    return [pid, ...children.split(' ').filter(Boolean).map(Number)];
  }

  async isReady(): Promise<boolean> {
    const url = `http://127.0.0.1:${this.ports.http}/readyz`;
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return fetch(url, { signal }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
  }

  /** The relay's Prometheus text; empty while it gives none. */
  async metrics(): Promise<string> {
    const url = `http://127.0.0.1:${this.ports.metrics}/metrics`;
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return fetch(url, { signal }).then(
      (answer) => answer.text(),
      () => '',
    );
  }

  async redisUrl(): Promise<string> {
    const read = (name: string) => readFile(join(this.#data, 'redis', name), 'utf8');
    const [port, password] = await Promise.all([read('port'), read('password')]);
    return `redis://default:${password.trim()}@127.0.0.1:${port.trim()}`;
  }

  async databaseUrl(): Promise<string> {
    const read = (name: string) => readFile(join(this.#data, 'postgres', name), 'utf8');
    const [port, password] = await Promise.all([read('port'), read('password')]);
    return `postgresql://forkcast:${password.trim()}@127.0.0.1:${port.trim()}/postgres`;
  }

  /** Ends all of it, without a look at what it leaves. */
  async end(): Promise<void> {
    await this.#product.stop();
    this.#log.end();
  }

  /** Ends all of it. Gives how long that took, and what of its secrets was seen outside. */
  async stop(): Promise<{ readonly tookMs: number; readonly secretsSeen: string }> {
    const seen = await this.#searchStores().then(
      () => '',
      (thrown: unknown) => `the stores could not be searched: ${sentenceOf(thrown)}`,
    );
    const beganAtMs = performance.now();
    await this.#product.stop();
    const tookMs = performance.now() - beganAtMs;
    this.#log.end();
    await once(this.#log, 'finish');
    await this.#watch.searchRest(await readFile(this.#options.logFile, 'utf8'), this.#data);
    try {
      this.#watch.assertUnseen();
      return { tookMs, secretsSeen: seen };
    } catch (thrown) {
      return { tookMs, secretsSeen: sentenceOf(thrown) };
    }
  }

  async #searchStores(): Promise<void> {
    const [database, redis] = await Promise.all([this.databaseUrl(), this.redisUrl()]);
    const metrics = `http://127.0.0.1:${this.ports.metrics}/metrics`;
    await this.#watch.searchStores({ database, redis, metrics });
  }

  #line(text: string): void {
    this.#log.write(`${new Date().toISOString()} ${text}\n`);
    const listening = /Debugger listening on (ws:\S+)/.exec(text)?.[1];
    if (listening !== undefined) this.#debuggerUrl = listening;
    // Of the debugger that we have opened ourselves.
    if (!/^(?:Debugger |For help, see)/.test(text)) this.#options.onLine(text);
  }

  get #data(): string {
    return join(this.#options.directory, 'data');
  }

  get #authorityFile(): string {
    return join(this.#options.directory, 'authority.pem');
  }

  #environment(token: string): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    const { http, rtmp, rtmps, metrics } = this.ports;
    return {
      ...{ PATH, HOME },
      FORKCAST_DATA_DIR: this.#data,
      FORKCAST_BOOTSTRAP_TOKEN: token,
      HTTP_PORT: String(http),
      RTMP_PORT: String(rtmp),
      RTMPS_PORT: String(rtmps),
      METRICS_PORT: String(metrics),
      BIND_HOST: '127.0.0.1',
      ALLOW_PRIVATE_DESTINATIONS: '127.0.0.0/8',
      NODE_EXTRA_CA_CERTS: this.#authorityFile,
      RELAY_LANES: String(LANES),
      // The debugger, by which a lane is thrown, takes a port that is free.
      NODE_OPTIONS: '--inspect-port=0',
    };
  }
}
