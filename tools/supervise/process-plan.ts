import type { ChildProcess } from 'node:child_process';

/**
 * How one process is started, recognised as ready, and ended. The supervisor knows nothing else of
 * it.
 */
export interface ProcessPlan {
  readonly name: string;
  readonly launch: () => ChildProcess;
  /** Calls `ready` when that child can be used; never, if it never can. */
  readonly watchReady: (child: ChildProcess, ready: () => void) => void;
  readonly readyWithinMs: number;
  /** Asks the process to end cleanly. */
  readonly stopSignal: NodeJS.Signals;
  /** After this long it is killed. */
  readonly stopWithinMs: number;
}
