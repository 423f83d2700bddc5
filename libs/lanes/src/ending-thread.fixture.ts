import { parentPort, workerData } from 'node:worker_threads';
import type { LaneThreadData } from './lane-thread.ts';
import type { LaneReport, ThreadCommand } from './messages.ts';

/**
 * In a lane's place, a thread that ends in the way that an ingest's id asks it to. It tells that it
 * is up, and what it was started with. Its pulse counts what it is told: so a test says when it
 * beats. On a host named `stuck` it never begins to.
 */
const { settings, pulse } = workerData as LaneThreadData;

function tell(report: LaneReport): void {
  parentPort?.postMessage(report);
}

parentPort?.on('message', (command: ThreadCommand) => {
  if (command.kind === 'end') parentPort?.close();
  if (command.kind !== 'cut-ingest') return;
  switch (command.ingestId) {
    case 'throw':
      throw new Error('thrown in a lane');
    case 'exit':
      process.exit(7);
      break;
    case 'memory':
      leak([]);
      return;
    case 'busy':
      tell({ kind: 'ingest-joinable', ingestId: 'busy' });
      for (;;);
    default:
      Atomics.add(pulse, 0, 1);
      tell({ kind: 'ingest-joinable', ingestId: command.ingestId });
  }
});

while (settings.bindHost === 'stuck');
Atomics.add(pulse, 0, 1);
tell({ kind: 'listen-failed', port: settings.rtmpPort, code: settings.certificate.certificate });
tell({ kind: 'listening' });

/** Turn by turn: Node cannot always contain a thread that takes all memory in one. */
function leak(held: string[]): void {
  for (let count = 0; count < 2_000; count += 1) held.push(`${held.length} ${count}`);
  setImmediate(leak, held);
}
