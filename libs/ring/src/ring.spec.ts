import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { describeRing, type WriterUnderTest } from './ring.conformance.ts';
import { RingWriter } from './ring-writer.ts';
import { applyOrder, writeFlood, type WriterOrder } from './writer-orders.fixture.ts';

describeRing('in the reader’s own thread', async (memory) => {
  let writer = new RingWriter(memory);
  return {
    async write(orders) {
      for (const order of orders) writer = applyOrder(writer, memory, order);
    },
    async flood(messages) {
      writeFlood(writer, messages);
    },
    async close() {},
  };
});

describeRing('in another thread', async (memory) => {
  const worker = new Worker(new URL('./writer-thread.fixture.ts', import.meta.url), {
    workerData: memory,
    execArgv: ['--conditions=source'],
  });
  await once(worker, 'online');
  return writerIn(worker);
});

function writerIn(worker: Worker): WriterUnderTest {
  const tell = async (message: readonly WriterOrder[] | { readonly flood: number }) => {
    const done = once(worker, 'message');
    worker.postMessage(message);
    await done;
  };
  return {
    write: tell,
    flood: (messages) => tell({ flood: messages }),
    async close() {
      const gone = once(worker, 'exit');
      worker.postMessage('exit');
      await gone;
    },
  };
}
