import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Destination,
  InputRole,
  PushState,
  PushStatus,
  StreamStatus,
  StreamWithKey,
} from '#contracts';
import type { ForkcastApi, TestCertificates } from '#testing';
import {
  freePorts,
  makeTestCertificates,
  RunningProgram,
  temporaryDirectory,
  waitFor,
} from '#testing';
import { CanaryWatch } from './canary-watch.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const READY_WITHIN_MS = 90_000;
const STATE_WITHIN_MS = 20_000;
const TOKEN = 'fct_end_to_end_0123456789abcdefghijklmnopqrstuv';

/**
 * The whole product as `npm start` runs it, on free ports with a data directory of its own, and its
 * API. Destinations on this machine are allowed, and those behind `certificates` trusted. Whatever
 * a test is about: at the end of the run its secrets must stand nowhere.
 */
export class Forkcast {
  readonly directory: string;
  readonly certificates: TestCertificates;
  readonly api: ForkcastApi;
  readonly watch = new CanaryWatch();
  readonly httpPort: number;
  readonly rtmpPort: number;
  readonly rtmpsPort: number;
  readonly #metricsPort: number;
  readonly #extraEnvironment: NodeJS.ProcessEnv;
  readonly #prefix: readonly string[];
  readonly #removeDirectory: () => Promise<void>;
  #program: RunningProgram | undefined;

  private constructor(
    directory: Awaited<ReturnType<typeof temporaryDirectory>>,
    certificates: TestCertificates,
    ports: readonly number[],
    settings: { readonly environment: NodeJS.ProcessEnv; readonly prefix: readonly string[] },
  ) {
    this.#extraEnvironment = settings.environment;
    this.#prefix = settings.prefix;
    this.directory = directory.path;
    this.#removeDirectory = directory.remove;
    this.certificates = certificates;
    [this.httpPort = 0, this.rtmpPort = 0, this.rtmpsPort = 0, this.#metricsPort = 0] = ports;
    this.api = this.watch.api(`http://127.0.0.1:${this.httpPort}`, TOKEN);
  }

  /** @param prefix - stands before the command: what the product is started by or in */
  static async start(
    environment: NodeJS.ProcessEnv = {},
    prefix: readonly string[] = [],
  ): Promise<Forkcast> {
    const [directory, certificates, ports] = await Promise.all([
      temporaryDirectory(),
      makeTestCertificates(),
      freePorts(4),
    ]);
    const forkcast = new Forkcast(directory, certificates, ports, { environment, prefix });
    await writeFile(forkcast.#authorityFile, certificates.authority);
    await forkcast.start();
    return forkcast;
  }

  async start(): Promise<void> {
    const script = join(REPOSITORY, 'tools', 'start.ts');
    const command = [...this.#prefix, process.execPath, '--conditions=source', script];
    const [first = '', ...rest] = command;
    const program = new RunningProgram(first, rest, {
      cwd: REPOSITORY,
      env: this.#environment(),
    });
    this.#program = program;
    const isReady = () => program.stdout.includes('Forkcast is ready');
    const isDecided = () => isReady() || !program.isRunning;
    const waited = waitFor('Forkcast is ready', isDecided, READY_WITHIN_MS);
    const cause = await waited.then(
      () => (isReady() ? undefined : new Error('npm start ended')),
      (thrown: unknown) => thrown,
    );
    if (cause !== undefined) {
      // What it has begun, such as a build, ends with it.
      await program.stop();
      throw new Error(`${program.stdout}\n${program.stderr}`, { cause });
    }
    await this.watch.plantOwn(this.#data);
  }

  /** Everything that the product has printed since it was started. */
  get output(): string {
    return `${this.#program?.stdout ?? ''}${this.#program?.stderr ?? ''}`;
  }

  /** Of the process that starts the others. */
  get pid(): number {
    const pid = this.#program?.pid;
    if (pid === undefined) throw new Error('the product was not started');
    return pid;
  }

  /**
   * Ends the product as Ctrl-C does, keeping its data. Rejects when one of its secrets was seen in
   * what it stored, logged or answered; stores that are dead cannot be searched.
   */
  async stop({ storesAreDead = false } = {}): Promise<{
    readonly code: number | null;
    readonly tookMs: number;
  }> {
    const program = this.#program;
    if (program?.isRunning === true && !storesAreDead) await this.#searchStores();
    const startMs = performance.now();
    const end = await (storesAreDead ? endedByItself(program) : program?.stop());
    const tookMs = performance.now() - startMs;
    if (program !== undefined) {
      await this.watch.searchRest(this.output, this.#data);
      this.watch.assertUnseen();
    }
    return { code: end?.code ?? null, tookMs };
  }

  async close(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await this.#removeDirectory();
    }
  }

  /** The process of one app, for tests that kill it. */
  async appPid(app: 'api' | 'relay' | 'worker'): Promise<number> {
    for (const pid of await childrenOf(this.#program?.pid ?? 0)) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (command.includes(join('apps', app, 'src', 'main.js'))) return pid;
    }
    throw new Error(`no process of ${app}`);
  }

  /**
   * Stops Postgres and Redis where they stand: connections to them stay, and nothing answers. Gives
   * what lets them go on.
   */
  async freezeStores(): Promise<() => void> {
    const pids = [await this.storePid('redis'), await this.storePid('postgres')];
    pids.push(...(await childrenOf(pids[1] ?? 0)));
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    // Called again, it does nothing. Whoever was killed meanwhile is gone; the children of a
    // Postgres that was stand until they are let go on, and then end by themselves.
    return () => {
      for (const pid of pids.splice(0)) letGoOn(pid);
    };
  }

  /** The process of an embedded store. */
  async storePid(store: 'postgres' | 'redis'): Promise<number> {
    const file = { postgres: 'data/postmaster.pid', redis: 'redis.pid' }[store];
    return Number.parseInt(await readFile(join(this.#data, store, file), 'utf8'), 10);
  }

  /** Address of Redis, with its password. */
  async redisUrl(): Promise<string> {
    const { REDIS_URL: own } = this.#extraEnvironment;
    if (own !== undefined) return own;
    const read = (name: string) => readFile(join(this.#data, 'redis', name), 'utf8');
    const [port, password] = await Promise.all([read('port'), read('password')]);
    return `redis://default:${password.trim()}@127.0.0.1:${port.trim()}`;
  }

  /** Address of Postgres, with its password. */
  async databaseUrl(): Promise<string> {
    const { DATABASE_URL: own } = this.#extraEnvironment;
    if (own !== undefined) return own;
    const read = (name: string) => readFile(join(this.#data, 'postgres', name), 'utf8');
    const [port, password] = await Promise.all([read('port'), read('password')]);
    return `postgresql://forkcast:${password.trim()}@127.0.0.1:${port.trim()}/postgres`;
  }

  /** Headers of a request that `api` does not make. */
  get authorisation(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${TOKEN}` };
  }

  get metricsUrl(): string {
    return `http://127.0.0.1:${this.#metricsPort}/metrics`;
  }

  /** The address for ffmpeg, whose last part is the key. */
  publishUrl({ ingest }: StreamWithKey, input: InputRole = 'primary'): string {
    const key = input === 'primary' ? ingest.streamKey : ingest.backupStreamKey;
    return `rtmps://localhost:${this.rtmpsPort}/live/${key}`;
  }

  /** Waits until the push to a destination is in that state, and gives it. */
  push(destination: Destination, state: PushState): Promise<PushStatus> {
    const look = async () => {
      const { pushes } = await this.api.status(destination.streamId);
      const push = pushes.find((each) => each.destinationId === destination.id);
      if (push?.state === state) return push;
      throw new Error(`the push is ${JSON.stringify(push)}`);
    };
    return waitFor(`the push to ${destination.name} is ${state}`, look, STATE_WITHIN_MS);
  }

  /** Waits until the stream is in that state. */
  stream(streamId: string, state: StreamStatus['state']): Promise<StreamStatus> {
    const look = async () => {
      const status = await this.api.status(streamId);
      return status.state === state && status;
    };
    return waitFor(`the stream is ${state}`, look, STATE_WITHIN_MS);
  }

  async #searchStores(): Promise<void> {
    const [database, redis] = await Promise.all([this.databaseUrl(), this.redisUrl()]);
    await this.watch.searchStores({ database, redis, metrics: this.metricsUrl });
  }

  get #data(): string {
    return join(this.directory, 'data');
  }

  get #authorityFile(): string {
    return join(this.directory, 'authority.pem');
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return {
      PATH,
      HOME,
      FORKCAST_DATA_DIR: this.#data,
      FORKCAST_BOOTSTRAP_TOKEN: TOKEN,
      HTTP_PORT: `${this.httpPort}`,
      RTMP_PORT: `${this.rtmpPort}`,
      RTMPS_PORT: `${this.rtmpsPort}`,
      METRICS_PORT: `${this.#metricsPort}`,
      BIND_HOST: '127.0.0.1',
      ALLOW_PRIVATE_DESTINATIONS: '127.0.0.0/8',
      NODE_EXTRA_CA_CERTS: this.#authorityFile,
      // Compiled once for all starts of all runs: a fifth of what a start costs.
      NODE_COMPILE_CACHE: join(tmpdir(), 'forkcast-compiled'),
      RELAY_LANES: '2',
      ...this.#extraEnvironment,
    };
  }
}

/** With dead stores it needs all of its own time, which is longer than others are given. */
function endedByItself(program: RunningProgram | undefined): RunningProgram['ended'] | undefined {
  program?.signal('SIGTERM');
  return program?.ended;
}

function letGoOn(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}
