import { setTimeout as delay } from 'node:timers/promises';
import type { Forkcast } from '../../e2e/forkcast.ts';

const LOOK_MS = 100;
/** A look that takes longer is no answer. */
const ANSWER_WITHIN_MS = 5_000;

export interface Standing {
  readonly code: number;
  /** What the product leans on and has not. */
  readonly missing: readonly string[];
}

/** Asks again and again, all through a fault, whether the product says to be alive. */
export class HealthWatch {
  /** What was not 200. */
  readonly faults: string[] = [];
  readonly #base: string;
  readonly #ending = new AbortController();
  readonly #watching: Promise<void>;
  #looks = 0;

  constructor({ httpPort }: Pick<Forkcast, 'httpPort'>) {
    this.#base = `http://127.0.0.1:${httpPort}`;
    this.#watching = this.#watch();
  }

  get looks(): number {
    return this.#looks;
  }

  async readiness(): Promise<Standing> {
    const answer = await this.#ask('/readyz');
    const { missing } = (await answer.json()) as { missing: readonly { name: string }[] };
    return { code: answer.status, missing: missing.map(({ name }) => name) };
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      this.#looks += 1;
      const said = await this.#ask('/healthz').then(
        ({ status }) => String(status),
        (thrown: unknown) => String(thrown),
      );
      if (said !== '200') this.faults.push(said);
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #ask(path: string): Promise<Response> {
    return fetch(`${this.#base}${path}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  }
}
