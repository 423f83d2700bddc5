import { Session } from 'node:inspector';
import type { Profiler } from 'node:inspector';

/** Which bytes of a function's source have been run. */
interface Ground {
  readonly covered: Uint8Array;
}

/**
 * What of our sources has ever been run, as V8 counts it by blocks: of this thread, in files whose
 * URL has one of `ground` in it. A function is known by file and place.
 */
export class BlockCoverage {
  readonly #session = new Session();
  readonly #ground: readonly string[];
  readonly #functions = new Map<string, Ground>();
  #blocks = 0;

  constructor(ground: readonly string[]) {
    this.#ground = ground;
    this.#session.connect();
    this.#post('Profiler.enable');
    this.#post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    this.#take();
  }

  /** Stretches of source that were new at some look: as good as blocks. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Forgets what ran since the last look. */
  skip(): void {
    this.#take();
  }

  /** How many blocks, never run before, have run since the last look. They stay new. */
  countNew(): number {
    return this.#look(false);
  }

  /** As `countNew`; they are known from here on. */
  keepNew(): number {
    const found = this.#look(true);
    this.#blocks += found;
    return found;
  }

  close(): void {
    this.#session.disconnect();
  }

  #look(isKept: boolean): number {
    let found = 0;
    for (const { url, functions } of this.#take()) {
      if (!this.#ground.some((path) => url.includes(path))) continue;
      for (const { ranges } of functions) found += this.#lookAt(url, ranges, isKept);
    }
    return found;
  }

  /** Ranges come from the outside in; each counts for all of its bytes that no later one has. */
  #lookAt(url: string, ranges: readonly Profiler.CoverageRange[], isKept: boolean): number {
    const [whole] = ranges;
    if (whole === undefined) return 0;
    const { startOffset: start, endOffset: end } = whole;
    const { covered } = this.#groundOf(`${url}:${start}:${end}`, end - start);
    const ran = new Uint8Array(end - start);
    for (const { startOffset, endOffset, count } of ranges) {
      ran.fill(count > 0 ? 1 : 0, startOffset - start, endOffset - start);
    }
    let found = 0;
    let wasNew = false;
    for (const [at, isRun] of ran.entries()) {
      const isNew = isRun === 1 && covered[at] === 0;
      if (isNew && !wasNew) found += 1;
      if (isNew && isKept) covered[at] = 1;
      wasNew = isNew;
    }
    return found;
  }

  #groundOf(key: string, bytes: number): Ground {
    const known = this.#functions.get(key);
    if (known !== undefined) return known;
    const ground = { covered: new Uint8Array(bytes) };
    this.#functions.set(key, ground);
    return ground;
  }

  /** Counts begin anew with each. */
  #take(): readonly Profiler.ScriptCoverage[] {
    return this.#post('Profiler.takePreciseCoverage').result;
  }

  #post(method: 'Profiler.enable'): unknown;
  #post(method: 'Profiler.startPreciseCoverage', parameters: object): unknown;
  #post(method: 'Profiler.takePreciseCoverage'): Profiler.TakePreciseCoverageReturnType;
  #post(method: string, parameters: object = {}): unknown {
    let answer: unknown = undefined;
    // Within one thread the answer comes before `post` returns.
    this.#session.post(method, parameters, (fault, given) => {
      if (fault !== null) throw fault;
      answer = given;
    });
    return answer;
  }
}
