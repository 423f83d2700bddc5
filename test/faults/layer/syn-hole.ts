import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/**
 * A listener with the shortest queue there is, in a thread that never takes a connection out of it:
 * Linux drops the packets of whoever comes once the queue is full. Plain JavaScript, so that it
 * needs no loader.
 */
const THREAD = `
const { createServer } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const server = createServer();
server.listen({ ...workerData.address, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => Atomics.wait(workerData.lock, 0, 0));
});
`;
/** A connection that stands in the queue is there at once; one that is dropped never. */
const FILLED_AFTER_MS = 300;
const FILLERS_MAX = 8;

/** A port to which nobody gets through: it does not refuse, it does not answer. */
export class SynHole {
  readonly port: number;
  readonly #worker: Worker;
  readonly #lock: Int32Array;
  readonly #fillers: Socket[];

  private constructor(worker: Worker, lock: Int32Array, port: number, fillers: Socket[]) {
    this.#worker = worker;
    this.#lock = lock;
    this.port = port;
    this.#fillers = fillers;
  }

  /** Any address of 127.0.0.0/8. */
  static async open(host = '127.0.0.1', port = 0): Promise<SynHole> {
    const lock = new Int32Array(new SharedArrayBuffer(4));
    const workerData = { address: { host, port }, lock };
    const worker = new Worker(THREAD, { eval: true, workerData });
    const [bound] = (await once(worker, 'message')) as [number];
    const fillers: Socket[] = [];
    const hole = new SynHole(worker, lock, bound, fillers);
    for (let isFull = false; !isFull;) {
      if (fillers.length === FILLERS_MAX) {
        await hole.close();
        throw new Error('the queue of a listener takes more than it says');
      }
      const filler = connect({ host, port: bound });
      fillers.push(filler);
      filler.on('error', () => undefined);
      isFull = !(await stands(filler));
    }
    return hole;
  }

  async close(): Promise<void> {
    for (const filler of this.#fillers) filler.destroy();
    Atomics.store(this.#lock, 0, 1);
    Atomics.notify(this.#lock, 0);
    await this.#worker.terminate();
  }
}

function stands(filler: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), FILLED_AFTER_MS);
    filler.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
