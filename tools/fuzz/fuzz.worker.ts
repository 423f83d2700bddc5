import { parentPort, workerData } from 'node:worker_threads';
import { assert, systemClock } from '#kernel';
import { seededRandom } from '#testing';
import { BlockCoverage } from './block-coverage.ts';
import type { Find } from './find.ts';
import { Fuzzer } from './fuzzer.ts';
import { InputWindow } from './input-window.ts';
import type { FuzzTarget } from './target.ts';

/** What one thread is to do. */
export interface FuzzOrder {
  /** Exports `TARGETS`. */
  readonly module: string;
  readonly target: string;
  readonly seed: number;
  /** It ends with whichever comes first. */
  readonly msMax: number;
  readonly inputsMax: number;
  readonly findsMax: number;
  /** To begin with, beside the target's own. */
  readonly inputs: readonly Uint8Array[];
  /** Where it shows which input it is at. */
  readonly window: SharedArrayBuffer;
}

export interface FuzzFigures {
  readonly inputs: number;
  readonly blocks: number;
  readonly kept: number;
  readonly finds: number;
}

export type FuzzReport =
  | { readonly kind: 'find'; readonly find: Find; readonly input: Uint8Array }
  | { readonly kind: 'kept'; readonly input: Uint8Array }
  | { readonly kind: 'figures'; readonly figures: FuzzFigures };

/** Between two reports of figures. */
const FIGURES_MS = 1000;

const order = workerData as FuzzOrder;
const report = (message: FuzzReport): void => parentPort?.postMessage(message);
const { TARGETS } = (await import(order.module)) as { readonly TARGETS: readonly FuzzTarget[] };
const target = TARGETS.find(({ name }) => name === order.target);
assert(target !== undefined, 'the thread is told of a target that there is');

// Else a rejection that nobody awaits would end the thread without its input.
process.on('unhandledRejection', (thrown) => {
  throw thrown;
});

const window = new InputWindow(order.window);
const coverage = new BlockCoverage(target.ground);
const fuzzer = new Fuzzer(target, {
  random: seededRandom(order.seed),
  coverage,
  onInput: (input) => window.show(input),
  onRest: () => window.hide(),
  onFind: (find, input) => report({ kind: 'find', find, input }),
  onKept: (input) => report({ kind: 'kept', input }),
});
const tell = (): void => {
  const { inputs, kept, finds } = fuzzer;
  report({ kind: 'figures', figures: { inputs, kept, finds, blocks: coverage.blocks } });
};

const endMs = systemClock.monotonicMs() + order.msMax;
await fuzzer.begin(order.inputs.map((input) => Buffer.from(input)));
let toldMs = 0;
const isOver = (): boolean =>
  fuzzer.inputs >= order.inputsMax ||
  fuzzer.finds >= order.findsMax ||
  systemClock.monotonicMs() >= endMs;
while (!isOver()) {
  await fuzzer.step();
  if (systemClock.monotonicMs() - toldMs < FIGURES_MS) continue;
  toldMs = systemClock.monotonicMs();
  tell();
}
await target.close?.();
tell();
