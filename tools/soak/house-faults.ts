import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { waitFor } from '#testing';
import { acts } from './act.ts';
import type { SilentAct } from './act.ts';
import type { AppName, StoreName } from './house.ts';
import { openDebugger, runInLane } from './lane-debugger.ts';
import { readMetrics } from './prometheus.ts';

const ANSWER_WITHIN_MS = 5_000;
const LANES = 2;
const LOST_WITHIN_MS = 20_000;
const RELAY_WITHIN_MS = 60_000;

/** A part of the product itself stops or dies. */
export const HOUSE_FAULTS = acts({
  'lane throws': laneLost("throw new Error('thrown by the soak')"),
  'lane loops': laneLost('for (;;);'),
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
  'relay killed': async (scene, fault) => {
    const { house } = scene;
    await appKilled('relay')(scene, fault);
    const answers = async () => (await house.metrics()) !== '';
    await waitFor('the next relay runs', answers, RELAY_WITHIN_MS);
    // What it holds open is to be the same for as long as it lives.
    await openDebugger(house);
  },
});

/** Until the relay has seen that the lane is gone. */
function laneLost(code: string): SilentAct {
  return async ({ house }, { chance }) => {
    const lost = async (): Promise<number | undefined> =>
      readMetrics(await house.metrics()).get('forkcast_lanes_lost');
    const before = await waitFor('the relay counts its lanes', lost, LOST_WITHIN_MS);
    await runInLane(house, `lane-${Math.floor(chance * LANES)}`, code);
    const isLost = async (): Promise<boolean> => ((await lost()) ?? before) > before;
    await waitFor('the relay has lost a lane', isLost, LOST_WITHIN_MS);
  };
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
