import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { acts } from './act.ts';
import type { SilentAct } from './act.ts';
import type { AppName, StoreName } from './house.ts';
import { runInLane } from './lane-debugger.ts';

const ANSWER_WITHIN_MS = 5_000;
const LANES = 2;

/** A part of the product itself stops or dies. */
export const HOUSE_FAULTS = acts({
  'lane throws': (scene, { chance }) =>
    runInLane(scene.house, laneOf(chance), "throw new Error('thrown by the soak')"),
  'lane loops': (scene, { chance }) => runInLane(scene.house, laneOf(chance), 'for (;;);'),
  'Redis frozen': frozen('redis'),
  'Postgres frozen': frozen('postgres'),
  'both stores frozen': frozen('redis', 'postgres'),
  'Redis killed': storeKilled('redis'),
  'Postgres killed': storeKilled('postgres'),
  'Redis emptied': async ({ house }) => {
    const redis = new Redis(await house.redisUrl(), {
      commandTimeout: ANSWER_WITHIN_MS,
      maxRetriesPerRequest: 0,
    });
    try {
      await redis.flushall();
    } finally {
      redis.disconnect();
    }
  },
  'API killed': appKilled('api'),
  'worker killed': appKilled('worker'),
  'relay killed': appKilled('relay'),
});

function laneOf(chance: number): string {
  return `lane-${Math.floor(chance * LANES)}`;
}

/** Connections to it stay, and nothing answers. */
function frozen(...stores: StoreName[]): SilentAct {
  return async ({ house }, { forMs }) => {
    const pids = (await Promise.all(stores.map((store) => house.storePids(store)))).flat();
    for (const pid of pids) signal(pid, 'SIGSTOP');
    await delay(forMs);
    for (const pid of pids) signal(pid, 'SIGCONT');
  };
}

function storeKilled(store: StoreName): SilentAct {
  return async ({ house }) => {
    const [pid] = await house.storePids(store);
    if (pid !== undefined) signal(pid, 'SIGKILL');
  };
}

function appKilled(app: AppName): SilentAct {
  return async ({ house }) => {
    const pid = await house.appPid(app);
    if (pid === undefined) throw new Error(`no ${app} runs`);
    signal(pid, 'SIGKILL');
  };
}

/** Postgres ends processes of its own at any time. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
