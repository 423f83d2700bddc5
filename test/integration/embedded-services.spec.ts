import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, systemTimers } from '#kernel';
import { temporaryDirectory } from '#testing';
import { preparePostgres } from '../../tools/services/embedded-postgres.ts';
import type { EmbeddedService } from '../../tools/services/embedded-redis.ts';
import { prepareRedis } from '../../tools/services/embedded-redis.ts';
import { SupervisedProcess } from '../../tools/supervise/supervised-process.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');

const ways = [
  ['postgres', (directory: string) => preparePostgres(directory, REPOSITORY)],
  ['redis', (directory: string) => prepareRedis(directory, 'redis-server')],
] as const;

describe.each(ways)('the embedded %s', (_name, prepare) => {
  let parent: Awaited<ReturnType<typeof temporaryDirectory>>;
  let directory: string;
  let started: SupervisedProcess[];

  beforeEach(async () => {
    parent = await temporaryDirectory();
    directory = join(parent.path, 'data');
    started = [];
  });

  afterEach(async () => {
    await Promise.all(started.map((each) => each.stop()));
    await parent.remove();
  });

  async function start(service: EmbeddedService): Promise<SupervisedProcess> {
    const events = { line: () => undefined, incident: () => undefined };
    const ports = { clock: systemClock, timers: systemTimers, events };
    const supervised = new SupervisedProcess(service.plan, ports);
    started.push(supervised);
    await supervised.start();
    return supervised;
  }

  it('keeps its address and its password, which only its owner may read', async () => {
    const first = await prepare(directory);
    await (await start(first)).stop();
    expect((await prepare(directory)).url).toBe(first.url);
    expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
  });

  it('ends one that a crash left running before it starts another', async () => {
    const orphan = await start(await prepare(directory));
    const { pid } = orphan;
    const next = await prepare(directory);
    // Its parent is this process, which hears of its end a moment later.
    const ask = async () => process.kill(pid ?? 0, 0);
    await expect.poll(() => ask().catch(String)).toContain('ESRCH');
    await orphan.stop();
    expect((await start(next)).state).toBe('ready');
  });

  it('takes another port when a stranger has its own', async () => {
    const first = await prepare(directory);
    const stranger = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(stranger, 'listening');
    const second = await prepare(directory);
    await once(stranger.close(), 'close');
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect((await start(second)).state).toBe('ready');
  });
});

describe('the embedded postgres after a crash', () => {
  it('starts although its lock file names a living process', async () => {
    const parent = await temporaryDirectory();
    const directory = join(parent.path, 'data');
    const { plan, url } = await preparePostgres(directory, REPOSITORY);
    const events = { line: () => undefined, incident: () => undefined };
    const ports = { clock: systemClock, timers: systemTimers, events };
    const killed = new SupervisedProcess({ ...plan, stopSignal: 'SIGKILL' }, ports);
    await killed.start();
    await killed.stop();
    await writeFile(join(directory, 'data', 'postmaster.pid'), `${process.ppid}\n`);
    const again = await preparePostgres(directory, REPOSITORY);
    const supervised = new SupervisedProcess(again.plan, ports);
    await supervised.start();
    const client = new Client(url);
    await client.connect();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    await supervised.stop();
    await parent.remove();
  });
});
