import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eachLine } from '../supervise/line-splitter.ts';
import type { ProcessPlan } from '../supervise/process-plan.ts';
import { keptPassword } from './kept-password.ts';
import { LOOPBACK, rememberedPort } from './loopback-port.ts';
import { endOrphan } from './orphan.ts';

const READY_WITHIN_MS = 30_000;
export const REDIS_STOP_WITHIN_MS = 3000;

export interface EmbeddedService {
  readonly plan: ProcessPlan;
  /** With user and password inside. */
  readonly url: string;
}

/**
 * A Redis of our own in `directory`: loopback only, with a password, every write in an append-only
 * file, and never evicting (BullMQ's condition). `program` is the path of redis-server.
 */
export async function prepareRedis(directory: string, program: string): Promise<EmbeddedService> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pidFile = join(directory, 'redis.pid');
  await endOrphan(pidFile, directory, 'SIGTERM', REDIS_STOP_WITHIN_MS);
  const port = await rememberedPort(join(directory, 'port'));
  const password = (await keptPassword(join(directory, 'password'))).reveal();
  const settings = [
    `bind ${LOOPBACK}`,
    `port ${port}`,
    `requirepass ${password}`,
    'daemonize no',
    `pidfile "${pidFile}"`,
    `dir "${directory}"`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
  ];
  const file = join(directory, 'redis.conf');
  // In a file, because a command line can be read by every user of the machine.
  await writeFile(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  return {
    url: `redis://default:${password}@${LOOPBACK}:${port}`,
    plan: {
      name: 'redis',
      // A group of its own: Ctrl-C in the terminal is for `npm start`, which ends the parts in
      // order.
      launch: () =>
        spawn(program, [file], {
          cwd: directory,
          detached: true,
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      watchReady: (child, ready) => {
        eachLine(child.stdout, (line) => {
          if (line.includes('Ready to accept connections')) ready();
        });
      },
      readyWithinMs: READY_WITHIN_MS,
      stopSignal: 'SIGTERM',
      stopWithinMs: REDIS_STOP_WITHIN_MS,
    },
  };
}
