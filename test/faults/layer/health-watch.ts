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

/**
 * Asks again and again, all through a fault, whether the product says to be alive, and its relay to
 * take encoders.
 */
export class HealthWatch {
  /** What was not 200. */
  readonly faults: string[] = [];
  readonly #base: string;
  readonly #asked: readonly string[];
  readonly #ending = new AbortController();
  readonly #watching: Promise<void>;
  #looks = 0;

  constructor({ httpPort, metricsUrl }: Pick<Forkcast, 'httpPort' | 'metricsUrl'>) {
    this.#base = `http://127.0.0.1:${httpPort}`;
    const ofRelay = ['/healthz', '/readyz'].map((path) => new URL(path, metricsUrl).href);
    this.#asked = [`${this.#base}/healthz`, ...ofRelay];
    this.#watching = this.#watch();
  }

  get looks(): number {
    return this.#looks;
  }

  async readiness(): Promise<Standing> {
    const answer = await ask(`${this.#base}/readyz`);
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
      await Promise.all(this.#asked.map((url) => this.#look(url)));
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(url: string): Promise<void> {
    const said = await ask(url).then(
      ({ status }) => String(status),
      (thrown: unknown) => String(thrown),
    );
    if (said !== '200') this.faults.push(`${url}: ${said}`);
  }
}

function ask(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
}
