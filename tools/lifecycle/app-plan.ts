import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ProcessPlan } from '../supervise/process-plan.ts';

const READY_WITHIN_MS = 30_000;
/**
 * Garbage of a busy start is given back instead of kept: 60 to 170 MB of the relay, and no time on
 * a processor that could be measured (docs/adr/0008-memory-added-up.md).
 */
const SMALL_HEAPS = '--optimize-for-size';
/**
 * Node writes no dump unless it is told to; one that an operator asks for names no environment, in
 * which the master key may stand.
 */
const NO_SECRETS_IN_REPORTS = '--report-exclude-env';
const END_WITH_PARENT = join(import.meta.dirname, 'end-with-parent.mjs');

/** What Node is told for each of our processes. */
export const APP_OPTIONS = [SMALL_HEAPS, NO_SECRETS_IN_REPORTS, '--enable-source-maps'] as const;

export type AppName = 'api' | 'relay' | 'worker';

/** One of our own processes, from `dist`. It says over IPC when it is ready. */
export function appPlan(
  name: AppName,
  options: {
    readonly repository: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly stopWithinMs: number;
  },
): ProcessPlan {
  const entry = join(options.repository, 'dist', 'apps', name, 'src', 'main.js');
  return {
    name,
    launch: () =>
      fork(entry, [], {
        cwd: options.repository,
        env: options.environment,
        execArgv: [...APP_OPTIONS, '--import', END_WITH_PARENT],
        // A group of its own: Ctrl-C in the terminal is for `npm start`, which ends the parts in
        // order.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      }),
    watchReady: (child, ready) => {
      child.on('message', (message) => {
        if (kindOf(message) === 'ready') ready();
      });
    },
    readyWithinMs: READY_WITHIN_MS,
    stopSignal: 'SIGTERM',
    stopWithinMs: options.stopWithinMs,
  };
}

/** The `kind` of a message over IPC. */
export function kindOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'kind' in message
    ? message.kind
    : undefined;
}
