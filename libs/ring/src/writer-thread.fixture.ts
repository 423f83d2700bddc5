import { parentPort, workerData } from 'node:worker_threads';
import { applyOrder, writeFlood, type WriterOrder } from './writer-orders.fixture.ts';
import { RingWriter } from './ring-writer.ts';

/** A thread that owns a writer and does what it is told. Used by the conformance suite only. */
const memory = workerData as SharedArrayBuffer;
let writer = new RingWriter(memory);

parentPort?.on(
  'message',
  (orders: readonly WriterOrder[] | 'exit' | { readonly flood: number }) => {
    if (orders === 'exit') {
      parentPort?.close();
      return;
    }
    if ('flood' in orders) writeFlood(writer, orders.flood);
    else for (const order of orders) writer = applyOrder(writer, memory, order);
    parentPort?.postMessage('done');
  },
);
