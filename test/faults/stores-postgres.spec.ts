import { Client } from 'pg';
import { describe, expect } from 'vitest';
import type { BroadcastDetail } from '#contracts';
import { HealthWatch } from './layer/health-watch.ts';
import { playOutage } from './layer/outage.ts';
import { OwnStores } from './layer/own-stores.ts';
import { row } from './layer/row.ts';
import { useStage } from './layer/stage.ts';

const AWAY = ['DATABASE_UNAVAILABLE'];
/** Each answer; longer than a question may take. */
const SLOW_MS = 3_000;
const TERMINATIONS = 5;
const TERMINATE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;

describe('Postgres', () => {
  const stores = new OwnStores();
  const stage = useStage({ under: () => stores.open() });

  row(stage, 53, { isAlone: true }, async (scene) => {
    const { api } = scene.forkcast;
    const client = new Client({ connectionString: stores.postgres.directUrl });
    await client.connect();
    scene.afterwards(() => client.end());
    let answeredAtOnce = 0;
    for (let time = 0; time < TERMINATIONS; time += 1) {
      const { rowCount } = await client.query(TERMINATE);
      expect(rowCount).toBeGreaterThan(0);
      // It may be on its way already when the connection's end is heard of.
      const { status } = await api.request('GET', '/streams');
      expect(status).toBeOneOf([200, 503]);
      if (status === 200) answeredAtOnce += 1;
      expect((await api.request('GET', '/streams')).status).toBe(200);
    }
    scene.figure(`answered at once, of ${TERMINATIONS}`, answeredAtOnce, '');
  });

  row(stage, 54, { isAlone: true }, async (scene) => {
    let thaw = (): void => undefined;
    await playOutage(scene, {
      store: 'postgres',
      codes: AWAY,
      begin: async () => (thaw = await stores.postgres.freeze()),
      end: () => thaw(),
    });
  });

  row(stage, 55, { case: 'killed (kill -9), and started later', isAlone: true }, async (scene) => {
    await playOutage(scene, {
      store: 'postgres',
      codes: AWAY,
      begin: () => stores.postgres.kill(),
      end: () => stores.postgres.start(),
    });
  });

  row(stage, 55, { case: 'away while API and worker start', isAlone: true }, async (scene) => {
    const { forkcast } = scene;
    const health = new HealthWatch(forkcast);
    scene.afterwards(() => health.close());
    const said = forkcast.output.length;
    await stores.postgres.kill();
    scene.afterwards(() => stores.postgres.start());
    const pids = [await forkcast.appPid('api'), await forkcast.appPid('worker')];
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await scene.until('it says what it waits for', async () => {
      const { code, missing } = await health.readiness();
      const { output } = forkcast;
      const isSaid = /"missing":\[\{"name":"postgres".*"waiting"/.test(output.slice(said));
      return code === 503 && missing.join() === 'postgres' && isSaid;
    });
    const sent = scene.encoder.sentFrames;
    await scene.until('frames flow', () => (scene.witness.judge.lastFrame ?? 0) > sent);
    await stores.postgres.start();
    const backAtMs = performance.now();
    await scene.until('it is ready', async () => (await health.readiness()).code === 200);
    scene.figure('ready after', performance.now() - backAtMs, 'ms');
    expect((await forkcast.api.request('GET', '/streams')).status).toBe(200);
    expect(await forkcast.appPid('api')).not.toBe(pids[0]);
  });

  row(stage, 57, { isAlone: true }, async (scene) => {
    await playOutage(scene, {
      store: 'postgres',
      codes: AWAY,
      begin: () => stores.postgres.proxy.set('down', { latencyMs: SLOW_MS }),
      end: () => stores.postgres.proxy.clear(),
    });
  });

  // The last: it ends the product, which is then started anew.
  row(stage, 48, { case: 'both stores are dead', isAlone: true }, async (scene) => {
    const { forkcast, stream } = scene;
    const other = await scene.destination();
    await scene.push(other, 'live');
    const path = `/broadcasts/${(await scene.status()).broadcast?.id}`;
    const attempts = async () => {
      const { status, body } = await forkcast.api.request<BroadcastDetail>('GET', path);
      return status === 200 && body.attempts.length === 2 && body;
    };
    await scene.until('its begin is in history', attempts);
    const health = new HealthWatch(forkcast);
    scene.afterwards(() => health.close());
    await Promise.all([stores.postgres.kill(), stores.redis.stop()]);
    await scene.until('both are missed', async () => {
      const { missing } = await health.readiness();
      return missing.toSorted().join() === 'postgres,redis';
    });
    const { code, tookMs } = await forkcast.stop({ storesAreDead: true });
    expect(code).toBe(0);
    scene.figure('ended after', tookMs, 'ms');
    for (const { commandNames } of [await other.link(), await scene.witness.server.link()]) {
      expect(commandNames).toEqual(expect.arrayContaining(['FCUnpublish', 'deleteStream']));
    }
    await Promise.all([stores.postgres.start(), stores.redis.start()]);
    await forkcast.start();
    expect(await forkcast.api.status(stream.id)).toMatchObject({ state: 'offline' });
    // Whoever ended it could not write so; the next start does.
    await scene.until('its end is in history', async () => {
      const broadcast = await attempts();
      const ends = broadcast && [broadcast, ...broadcast.attempts].map(({ endedAt }) => endedAt);
      return ends && !ends.includes(null);
    });
  });
});
