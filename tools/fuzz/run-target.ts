import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { sentenceOf } from '#kernel';
import { HANG, type Find } from './find.ts';
import type { FuzzFigures, FuzzOrder, FuzzReport } from './fuzz.worker.ts';
import { InputWindow } from './input-window.ts';

export interface RunHandler {
  onFind(find: Find, input: Buffer): void;
  onKept(input: Buffer): void;
}

export interface RunAccount extends FuzzFigures {
  /** What ended the thread before its time. */
  readonly cut: Find | undefined;
}

const WORKER = new URL('./fuzz.worker.ts', import.meta.url);
const LOOK_MS = 500;
/** An input that is seen for so long will not end. */
const STUCK_MS = 10_000;
/** What an input may make of the heap. */
const HEAP_MBYTES_MAX = 512;

/** Fuzzes one target in a thread of its own, and ends the thread when an input does not end. */
export async function runTarget(
  order: Omit<FuzzOrder, 'window'>,
  handler: RunHandler,
  stuckMs = STUCK_MS,
): Promise<RunAccount> {
  const memory = InputWindow.memory();
  const window = new InputWindow(memory);
  const worker = new Worker(WORKER, {
    workerData: { ...order, window: memory } satisfies FuzzOrder,
    execArgv: ['--conditions=source'],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MBYTES_MAX },
  });
  let figures: FuzzFigures = { inputs: 0, blocks: 0, kept: 0, finds: 0 };
  let cut: Find | undefined = undefined;
  worker.on('message', (report: FuzzReport) => {
    if (report.kind === 'figures') figures = report.figures;
    else if (report.kind === 'kept') handler.onKept(Buffer.from(report.input));
    else handler.onFind(report.find, Buffer.from(report.input));
  });
  worker.on('error', (thrown: unknown) => {
    cut ??= { what: 'end-of-thread', told: sentenceOf(thrown) };
  });
  const stop = onceStuck(window, stuckMs, () => {
    cut = HANG;
    void worker.terminate();
  });
  await once(worker, 'exit');
  stop();
  if (cut !== undefined) handler.onFind(cut, window.input());
  return { ...figures, cut };
}

function onceStuck(window: InputWindow, stuckMs: number, onStuck: () => void): () => void {
  let seen: number | undefined = undefined;
  let looks = 0;
  const timer = setInterval(() => {
    const running = window.running();
    looks = running !== undefined && running === seen ? looks + 1 : 0;
    seen = running;
    if (looks === Math.ceil(stuckMs / LOOK_MS)) onStuck();
  }, LOOK_MS);
  return () => clearInterval(timer);
}
