import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect } from 'vitest';
import { freePorts } from '#testing';
import { playOutage } from './layer/outage.ts';
import { row } from './layer/row.ts';
import type { FaultScene } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';

/** Longer than the outage is to last; ended before. */
const FOR_EVER_MS = 600_000;
/** Holds Redis up until it is told to stop; after 5 s Redis says to everybody that it is busy. */
const BUSY_SCRIPT = "while true do redis.call('EXISTS', KEYS[1]) end";
/** Of milliseconds: a time is told on two clocks. */
const WITHIN_HALF_A_SECOND = -3;
const MARK = 'until all is lost';
const DENIED = 'NetStream.Publish.Denied';
/** Nobody answers; or, of commands, nobody takes them. */
const AWAY = ['LIVE_STORE_UNAVAILABLE', 'QUEUE_UNAVAILABLE'];
/** It answers that it does not. */
const REFUSED = ['LIVE_STORE_REFUSED', 'QUEUE_UNAVAILABLE'];

describe('Redis', () => {
  const stage = useStage();

  /** A connection of the test's own, which ends with its row. */
  async function observe(scene: FaultScene): Promise<Redis> {
    const redis = new Redis(await scene.forkcast.redisUrl(), { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    scene.afterwards(() => redis.disconnect());
    await redis.ping();
    return redis;
  }

  row(stage, 50, { case: 'killed, and not started again', isAlone: true }, async (scene) => {
    const { forkcast } = scene;
    const pid = await forkcast.storePid('redis');
    await playOutage(scene, {
      store: 'redis',
      codes: AWAY,
      begin: () => {
        // Whoever starts it again stands still meanwhile.
        process.kill(forkcast.pid, 'SIGSTOP');
        process.kill(pid, 'SIGKILL');
      },
      end: () => process.kill(forkcast.pid, 'SIGCONT'),
    });
    expect(await forkcast.storePid('redis')).not.toBe(pid);
  });

  row(stage, 50, { case: 'frozen', isAlone: true }, async (scene) => {
    const pid = await scene.forkcast.storePid('redis');
    await playOutage(scene, {
      store: 'redis',
      codes: AWAY,
      begin: () => process.kill(pid, 'SIGSTOP'),
      end: () => process.kill(pid, 'SIGCONT'),
    });
  });

  row(stage, 50, { case: 'holding back writes (CLIENT PAUSE)', isAlone: true }, async (scene) => {
    const redis = await observe(scene);
    await playOutage(scene, {
      store: 'redis',
      codes: AWAY,
      begin: () => redis.call('CLIENT', 'PAUSE', FOR_EVER_MS, 'WRITE'),
      end: () => redis.call('CLIENT', 'UNPAUSE'),
    });
  });

  row(stage, 50, { case: 'busy with a script', isAlone: true }, async (scene) => {
    const redis = await observe(scene);
    const other = await observe(scene);
    await playOutage(scene, {
      store: 'redis',
      codes: [...AWAY, ...REFUSED],
      begin: () => {
        redis.eval(BUSY_SCRIPT, 1, 'nothing').catch(() => undefined);
      },
      // Redis hears of it only when it says to be busy.
      end: () =>
        scene.until('the script has ended', async () => {
          const said = await other.script('KILL').catch(String);
          return String(said).includes('OK') || String(said).includes('NOTBUSY');
        }),
    });
  });

  row(stage, 51, { case: 'full', isAlone: true }, async (scene) => {
    const redis = await observe(scene);
    await playOutage(scene, {
      store: 'redis',
      codes: REFUSED,
      begin: () => redis.config('SET', 'maxmemory', '1'),
      end: () => redis.config('SET', 'maxmemory', '0'),
    });
  });

  row(stage, 51, { case: 'read-only', isAlone: true }, async (scene) => {
    const redis = await observe(scene);
    const [nobody = 0] = await freePorts(1);
    await playOutage(scene, {
      store: 'redis',
      codes: REFUSED,
      begin: () => redis.replicaof('127.0.0.1', nobody),
      end: () => redis.replicaof('NO', 'ONE'),
    });
  });

  row(stage, 52, { case: 'emptied (FLUSHALL)', isAlone: true }, async (scene) => {
    const redis = await observe(scene);
    await loseData(scene, redis, () => redis.flushall());
  });

  row(stage, 52, { case: 'killed, its files lost', isAlone: true }, async (scene) => {
    const { forkcast } = scene;
    const pid = await forkcast.storePid('redis');
    await loseData(scene, await observe(scene), async () => {
      process.kill(forkcast.pid, 'SIGSTOP');
      scene.afterwards(() => process.kill(forkcast.pid, 'SIGCONT'));
      process.kill(pid, 'SIGKILL');
      await rm(join(forkcast.directory, 'data', 'redis', 'appendonlydir'), { recursive: true });
      process.kill(forkcast.pid, 'SIGCONT');
    });
    expect(await forkcast.storePid('redis')).not.toBe(pid);
  });
});

/** Redis has lost everything: what was live goes on, and is known and obeyed again. */
async function loseData(
  scene: FaultScene,
  redis: Redis,
  lose: () => Promise<unknown>,
): Promise<void> {
  const { forkcast, stream } = scene;
  const [live, waiting] = [
    await scene.destination(),
    await scene.destination({
      script: { answers: { publish: (link) => link.status('error', DENIED, 'Not today.') } },
    }),
  ];
  await scene.push(live, 'live');
  const { nextRetryAt } = await scene.push(waiting, 'retrying');
  await redis.set(MARK, 'there');
  await lose();
  const lostAtMs = performance.now();
  await scene.until('all of it is lost', async () => (await redis.get(MARK)) === null);
  await scene.push(live, 'live');
  await forkcast.stream(stream.id, 'live');
  scene.figure('statuses true after', performance.now() - lostAtMs, 'ms');
  // One that waited waits on, and for no longer.
  const { nextRetryAt: later } = await scene.pushNow(waiting);
  expect(Date.parse(later ?? '')).toBeCloseTo(Date.parse(nextRetryAt ?? ''), WITHIN_HALF_A_SECOND);
  await scene.until('the queue carries a command', async () => {
    const asked = await forkcast.api.request('POST', `/destinations/${waiting.api.id}/retry`);
    return asked.status < 300;
  });
  await waiting.link(1);
  scene.figure('commands obeyed after', performance.now() - lostAtMs, 'ms');
  await forkcast.api.switchDestination(live.api.id, 'stop');
  await scene.push(live, 'stopped');
  const { commandNames } = await live.link();
  expect(commandNames.filter((name) => name === 'publish')).toHaveLength(1);
  expect(commandNames).toContain('deleteStream');
}
