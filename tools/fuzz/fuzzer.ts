import type { Random } from '#kernel';
import type { BlockCoverage } from './block-coverage.ts';
import { findOf, slowFind, type Find } from './find.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutate.ts';
import { INPUT_BYTES_MAX, msMaxOf, type FuzzTarget } from './target.ts';
import { WORDS } from './words.ts';

export interface FuzzerPorts {
  readonly random: Random;
  readonly coverage: BlockCoverage;
  /** Before each run, for whoever watches that it ends. */
  readonly onInput: (input: Uint8Array) => void;
  /** After the last of some runs. */
  readonly onRest: () => void;
  /** Once for each kind; the input is as small as it could be made. */
  readonly onFind: (find: Find, input: Buffer) => void;
  /** An input that runs what none before it did. */
  readonly onKept: (input: Buffer) => void;
}

/** A look at what was covered costs as much as some hundred inputs. */
const BATCH = 256;
/** What is slow because it is compiled or memory is swept is not slow each time. */
const SLOW_TRIES = 3;
/** A target that has more to tell than this has nothing to tell. */
const OUTCOMES_MAX = 2000;
/** Of new inputs, these come from one of the newest. */
const NEWEST_SHARE = 0.5;
const NEWEST = 16;

/**
 * Makes inputs for a target out of those that led somewhere new, guided by what of our sources they
 * run. The same seed and corpus give the same inputs.
 */
export class Fuzzer {
  readonly #target: FuzzTarget;
  readonly #ports: FuzzerPorts;
  readonly #words: readonly Uint8Array[];
  readonly #kept: Buffer[] = [];
  readonly #finds = new Set<string>();
  readonly #outcomes = new Set<string>();
  #inputs = 0;

  constructor(target: FuzzTarget, ports: FuzzerPorts) {
    this.#target = target;
    this.#ports = ports;
    this.#words = [...(target.words ?? []), ...(target.words ?? []), ...WORDS];
  }

  get inputs(): number {
    return this.#inputs;
  }

  get kept(): number {
    return this.#kept.length;
  }

  get finds(): number {
    return this.#finds.size;
  }

  /** What there is to begin with, each by itself. */
  async begin(inputs: readonly Buffer[]): Promise<void> {
    for (const input of [...inputs, ...this.#target.seeds.map((seed) => Buffer.from(seed))]) {
      await this.#sift([input]);
    }
    if (this.#kept.length === 0) this.#keep(Buffer.alloc(0));
  }

  /** One batch of new inputs. */
  async step(): Promise<void> {
    const { random } = this.#ports;
    const { batch = BATCH, inputBytesMax = INPUT_BYTES_MAX } = this.#target;
    const inputs = Array.from({ length: batch }, () => {
      const stock = { words: this.#words, other: this.#any(random), bytesMax: inputBytesMax };
      return mutate(this.#any(random), random, stock);
    });
    await this.#sift(inputs);
  }

  /** Runs them; keeps those that run something new, found by halving. */
  async #sift(inputs: readonly Buffer[]): Promise<void> {
    const { coverage } = this.#ports;
    coverage.skip();
    let outcome: string | undefined = undefined;
    for (const input of inputs) {
      outcome = await this.#run(input);
      if (this.#isNew(outcome)) this.#keep(input);
    }
    this.#ports.onRest();
    const [only] = inputs;
    if (inputs.length === 1 && only !== undefined) {
      const isNew = coverage.keepNew() > 0;
      if (isNew && outcome !== undefined && this.#kept.at(-1) !== only) this.#keep(only);
      return;
    }
    if (coverage.countNew() === 0) return;
    const half = inputs.length >> 1;
    await this.#sift(inputs.slice(0, half));
    await this.#sift(inputs.slice(half));
  }

  #keep(input: Buffer): void {
    this.#kept.push(input);
    this.#ports.onKept(input);
  }

  #isNew(outcome: string | undefined): boolean {
    if (outcome === undefined || this.#outcomes.has(outcome)) return false;
    if (this.#outcomes.size === OUTCOMES_MAX) return false;
    this.#outcomes.add(outcome);
    return true;
  }

  /** Gives what came of it; undefined for a find, which is no ground to go on from. */
  async #run(input: Buffer): Promise<string | undefined> {
    this.#inputs += 1;
    const found = await this.#judge(input);
    if (typeof found === 'string') return found;
    if (this.#finds.has(found.what)) return undefined;
    this.#finds.add(found.what);
    const isAlike = async (smaller: Buffer): Promise<boolean> => {
      const again = await this.#judge(smaller);
      return typeof again !== 'string' && again.what === found.what;
    };
    const smallest = found.what === 'slow' ? input : await minimise(input, isAlike);
    const again = await this.#judge(smallest);
    this.#ports.onFind(typeof again === 'string' ? found : again, smallest);
    return undefined;
  }

  async #judge(input: Buffer): Promise<Find | string> {
    const msMax = msMaxOf(this.#target, input.length);
    let ms = Infinity;
    let outcome = '';
    for (let tries = 0; tries < SLOW_TRIES && ms > msMax; tries += 1) {
      const startMs = threadMs();
      try {
        this.#ports.onInput(input);
        // A copy: what a target does to its input must not reach the corpus.
        const running = this.#target.run(Buffer.from(input));
        outcome = typeof running === 'string' ? running : await running;
      } catch (thrown) {
        return findOf(thrown);
      }
      ms = Math.min(ms, threadMs() - startMs);
    }
    return ms > msMax ? slowFind(ms, msMax) : outcome;
  }

  #any(random: Random): Buffer {
    const newest = Math.min(NEWEST, this.#kept.length);
    const from = random() < NEWEST_SHARE ? this.#kept.length - newest : 0;
    const index = from + Math.floor(random() * (this.#kept.length - from));
    return this.#kept[index] ?? Buffer.alloc(0);
  }
}

/** What this thread has worked: others on the machine change nothing. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
