import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { systemClock, systemTimers } from '#kernel';
import { migrate } from '#persistence';
import { buildDashboardWhenStale } from '../../tools/lifecycle/dashboard-build.ts';
import { preparePostgres } from '../../tools/services/embedded-postgres.ts';
import { prepareRedis } from '../../tools/services/embedded-redis.ts';
import { SupervisedProcess } from '../../tools/supervise/supervised-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** An empty Postgres of this run's own. */
    readonly databaseUrl: string;
    /** Name of a database on it that the migrations have made, for copies. */
    readonly migratedDatabase: string;
    /** An empty Redis of this run's own. */
    readonly redisUrl: string;
  }
}

const REPOSITORY = join(import.meta.dirname, '..', '..');
const MIGRATED = 'migrated';
/** Its data goes when the run ends, or with the machine. */
const FORGETFUL = ['fsync', 'full_page_writes', 'synchronous_commit'];

/**
 * Starts a Postgres and a Redis for the integration specs and ends them afterwards. Builds the
 * dashboard, if its sources are new: specs look at the page that people get.
 * Specs read their addresses by `inject('databaseUrl')` and `inject('redisUrl')`, or from the
 * environment.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildDashboardWhenStale(REPOSITORY, (line) => process.stdout.write(`${line}\n`));
  const directory = await mkdtemp(join(tmpdir(), 'forkcast-test-'));
  const services = await Promise.all([
    preparePostgres(join(directory, 'postgres'), REPOSITORY),
    prepareRedis(join(directory, 'redis'), 'redis-server'),
  ]);
  const events = { line: () => undefined, incident: () => undefined };
  const ports = { clock: systemClock, timers: systemTimers, events };
  const processes = services.map((service) => new SupervisedProcess(service.plan, ports));
  await Promise.all(processes.map((each) => each.start()));
  const [postgres, redis] = services;
  await prepareDatabases(postgres.url);
  process.env['DATABASE_URL'] = postgres.url;
  process.env['REDIS_URL'] = redis.url;
  project.provide('databaseUrl', postgres.url);
  project.provide('migratedDatabase', MIGRATED);
  project.provide('redisUrl', redis.url);
  return async () => {
    await Promise.all(processes.map((each) => each.stop()));
    await rm(directory, { recursive: true, force: true });
  };
}

/** Migrates once what each spec then copies: a copy costs a fifth of the migrations. */
async function prepareDatabases(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    for (const setting of FORGETFUL) await client.query(`ALTER SYSTEM SET ${setting} = off`);
    await client.query('SELECT pg_reload_conf()');
    await client.query(`CREATE DATABASE ${MIGRATED}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${MIGRATED}`;
  await migrate({ url: url.href });
}
