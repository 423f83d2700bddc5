import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { monotonicMs } from '#testing';
import type { AppName, House } from './house.ts';
import { processFigures } from './process-figures.ts';
import { readMetrics } from './prometheus.ts';
import type { Sample, SeriesName, Values } from './samples.ts';
import type { Scene } from './scene.ts';

const LOOK_MS = 5_000;
const ANSWER_WITHIN_MS = 1_500;
/** Postgres is asked for its size once in so many looks. */
const SIZE_LOOKS = 6;
const MEGABYTE = 1_000_000;

const TITLES: Readonly<Record<AppName, 'relay' | 'API' | 'worker'>> = {
  relay: 'relay',
  api: 'API',
  worker: 'worker',
};

/** Looks every five seconds at what the product holds, and how late its witnesses are. */
export class Sampler {
  readonly samples: Sample[] = [];
  /** The longest that a frame took to any witness in a look, with when; none is left out. */
  ageMsMax = 0;
  readonly #scene: Scene;
  readonly #beganAtMs: number;
  readonly #onSample: (sample: Sample) => void;
  #isOver = false;
  #postgresMegabytes: number | undefined;

  constructor(scene: Scene, beganAtMs: number, onSample: (sample: Sample) => void) {
    this.#scene = scene;
    this.#beganAtMs = beganAtMs;
    this.#onSample = onSample;
  }

  async run(): Promise<void> {
    for (let look = 0; !this.#isOver; look += 1) {
      const atMs = monotonicMs() - this.#beganAtMs;
      const sample = await this.#look(atMs, look);
      this.samples.push(sample);
      this.#onSample(sample);
      const dueAtMs = this.#beganAtMs + (look + 1) * LOOK_MS;
      await delay(Math.max(0, dueAtMs - monotonicMs()));
    }
  }

  stop(): void {
    this.#isOver = true;
  }

  async #look(atMs: number, look: number): Promise<Sample> {
    const { house } = this.#scene;
    const values: Values = { load: loadavg()[0] ?? 0 };
    const pids = { relay: 0, API: 0, worker: 0 };
    for (const app of ['relay', 'api', 'worker'] as const) {
      pids[TITLES[app]] = await lookAtProcess(house, app, values);
    }
    this.#lookAtAges(values);
    const [metrics, redisMegabytes] = await Promise.all([house.metrics(), redisMemory(house)]);
    lookAtMetrics(metrics, values);
    if (redisMegabytes !== undefined) values['Redis memory'] = redisMegabytes;
    if (look % SIZE_LOOKS === 0) this.#postgresMegabytes = await postgresSize(house);
    if (this.#postgresMegabytes !== undefined) values['Postgres size'] = this.#postgresMegabytes;
    return { atMs: Math.round(atMs), values, pids };
  }

  #lookAtAges(values: Values): void {
    for (const { receiver, proxy } of this.#scene.pushes) if (proxy) receiver.agesMs.length = 0;
    const ages = this.#scene.witnesses.flatMap(({ receiver }) => receiver.agesMs.splice(0));
    if (ages.length === 0) return;
    ages.sort((one, other) => one - other);
    const at = (share: number): number => ages[Math.floor((ages.length - 1) * share)] ?? 0;
    values['age p50'] = at(0.5);
    values['age p99'] = at(0.99);
    this.ageMsMax = Math.max(this.ageMsMax, at(1));
  }
}

async function lookAtProcess(house: House, app: AppName, values: Values): Promise<number> {
  const pid = await house.appPid(app);
  const figures = pid === undefined ? undefined : await processFigures(pid);
  if (pid === undefined || figures === undefined) return 0;
  const title = TITLES[app];
  values[`${title} RSS`] = figures.rssBytes / MEGABYTE;
  values[`${title} PSS`] = figures.pssBytes / MEGABYTE;
  values[`${title} descriptors`] = figures.descriptors;
  values[`${title} threads`] = figures.threads;
  return pid;
}

function lookAtMetrics(text: string, values: Values): void {
  const metrics = readMetrics(text);
  const take = (series: SeriesName, name: string, factor: number): void => {
    const value = metrics.get(name);
    if (value !== undefined) values[series] = value * factor;
  };
  take('relay heap', 'forkcast_nodejs_heap_size_used_bytes', 1 / MEGABYTE);
  take('relay external', 'forkcast_nodejs_external_memory_bytes', 1 / MEGABYTE);
  take('relay rings', 'forkcast_ring_bytes', 1 / MEGABYTE);
  take('pushes live', 'forkcast_pushes{state="live"}', 1);
  for (const thread of ['main', 'lane-0', 'lane-1'] as const) {
    const name = `forkcast_event_loop_delay_max_seconds{thread="${thread}"}`;
    take(`${thread} delay`, name, 1_000);
  }
}

async function redisMemory(house: House): Promise<number | undefined> {
  const redis = new Redis(await house.redisUrl(), {
    ...{ commandTimeout: ANSWER_WITHIN_MS, connectTimeout: ANSWER_WITHIN_MS },
    ...{ maxRetriesPerRequest: 0, retryStrategy: () => null },
  });
  redis.on('error', () => undefined);
  try {
    const bytes = /^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1];
    return bytes === undefined ? undefined : Number(bytes) / MEGABYTE;
  } catch {
    return undefined;
  } finally {
    redis.disconnect();
  }
}

async function postgresSize(house: House): Promise<number | undefined> {
  const client = new Client({
    connectionString: await house.databaseUrl(),
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const sql = 'SELECT pg_database_size(current_database())::float8 AS bytes';
    const { rows } = await client.query<{ bytes: number }>(sql);
    return (rows[0]?.bytes ?? 0) / MEGABYTE;
  } catch {
    return undefined;
  } finally {
    // One that stands still ends by itself.
    void client.end().catch(() => undefined);
  }
}
