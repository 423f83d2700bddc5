import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts, RunningProgram, temporaryDirectory } from '#testing';

const REPOSITORY = join(import.meta.dirname, '..', '..');

describe('npm start that cannot', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const [http, rtmp, rtmps, metrics] = await freePorts(4);
    const { PATH, HOME } = process.env;
    environment = {
      PATH,
      HOME,
      FORKCAST_DATA_DIR: join(directory.path, 'data'),
      BIND_HOST: '127.0.0.1',
      HTTP_PORT: `${http}`,
      RTMP_PORT: `${rtmp}`,
      RTMPS_PORT: `${rtmps}`,
      METRICS_PORT: `${metrics}`,
    };
  });

  afterAll(() => directory.remove());

  /** What it says on stderr, having ended with a code other than 0. */
  async function refusal(changes: NodeJS.ProcessEnv): Promise<string> {
    const script = join(REPOSITORY, 'tools', 'start.ts');
    const running = new RunningProgram(process.execPath, ['--conditions=source', script], {
      cwd: REPOSITORY,
      env: { ...environment, ...changes },
    });
    expect((await running.ended).code).toBe(1);
    return running.stderr;
  }

  it('names every wrong variable, a line each', async () => {
    const lines = await refusal({ HTTP_PORT: 'web', REDIS_URL: 'http://localhost' });
    expect(lines).toMatch(/^forkcast: HTTP_PORT .*"web"\nforkcast: REDIS_URL .*\n$/);
  });

  it('passes on what an app says of a variable that only the app knows', async () => {
    expect(await refusal({ RELAY_LANES: 'many' })).toMatch(/^forkcast-relay: RELAY_LANES.*\n$/);
  });

  it('names the port that is taken', async () => {
    const server = createServer().listen(Number(environment['RTMP_PORT']), '127.0.0.1');
    await once(server, 'listening');
    const line = await refusal({});
    await once(server.close(), 'close');
    expect(line).toMatch(/^forkcast: port \d+ is in use: set RTMP_PORT to another one\n$/);
  });

  it.each([
    ['DATABASE_URL', 'postgresql://someone:hidden-word@127.0.0.1:PORT/forkcast'],
    ['REDIS_URL', 'redis://:hidden-word@127.0.0.1:PORT'],
  ])('names the address of a store that does not answer (%s)', async (variable, url) => {
    const [port] = await freePorts(1);
    const line = await refusal({ [variable]: url.replace('PORT', `${port}`) });
    expect(line).toMatch(new RegExp(`^forkcast: .*127\\.0\\.0\\.1:${port} .*${variable}.*\\n$`));
    expect(line).not.toContain('hidden-word');
  });

  it('leaves a data directory alone in which another runs', async () => {
    const script = join(REPOSITORY, 'tools', 'start.ts');
    const first = new RunningProgram(process.execPath, ['--conditions=source', script], {
      cwd: REPOSITORY,
      env: environment,
    });
    await expect.poll(() => first.stdout, { timeout: 60_000 }).toContain('Forkcast is ready');
    expect(await refusal({})).toMatch(/^forkcast: Forkcast is already running in .*\n$/);
    expect(first.isRunning).toBe(true);
    expect((await first.stop()).code).toBe(0);
  });
});
