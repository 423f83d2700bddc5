import { parentPort } from 'node:worker_threads';
import './lane.worker.ts';
import type { ThreadCommand } from './messages.ts';

/** A lane as it is, that a test can kill: an order to cut an ingest that is called so does it. */

parentPort?.on('message', (command: ThreadCommand) => {
  if (command.kind !== 'cut-ingest') return;
  switch (command.ingestId) {
    case 'throw':
      throw new Error('thrown in a lane');
    case 'memory': {
      const held: string[][] = [];
      for (;;) held.push(Array.from({ length: 10_000 }, (_, index) => `${held.length} ${index}`));
    }
    case 'busy':
      for (;;);
  }
});
