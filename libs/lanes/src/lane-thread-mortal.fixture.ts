import { parentPort } from 'node:worker_threads';
import './lane.worker.ts';
import type { ThreadCommand } from './messages.ts';

/** A lane as it is, that a test can kill: an order to cut an ingest that is called so does it. */

parentPort?.on('message', (command: ThreadCommand) => {
  if (command.kind !== 'cut-ingest') return;
  switch (command.ingestId) {
    case 'throw':
      throw new Error('thrown in a lane');
    case 'memory':
      leak([]);
      return;
    case 'busy':
      for (;;);
  }
});

/**
 * Turn by turn, as leaks do. All in one turn Node now and then fails to contain: one collection may
 * bring up more than the room that it has left for the end, and then the process dies.
 */
function leak(held: string[]): void {
  for (let count = 0; count < 2_000; count += 1) held.push(`${held.length} ${count}`);
  setImmediate(leak, held);
}
