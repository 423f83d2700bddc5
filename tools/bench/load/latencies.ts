/** Steps of a twentieth of a millisecond, up to ten seconds. */
const STEPS_PER_MS = 20;
const STEPS = 10_000 * STEPS_PER_MS;

export interface LatencyFigures {
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Counts delays into equal steps: nothing grows while it measures. */
export class Latencies {
  readonly #counts = new Uint32Array(STEPS + 1);
  #samples = 0;
  #maxMs = 0;

  add(ms: number): void {
    const step = Math.min(STEPS, Math.max(0, Math.floor(ms * STEPS_PER_MS)));
    this.#counts[step] = (this.#counts[step] ?? 0) + 1;
    this.#samples += 1;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  reset(): void {
    this.#counts.fill(0);
    this.#samples = 0;
    this.#maxMs = 0;
  }

  figures(): LatencyFigures {
    return {
      samples: this.#samples,
      p50Ms: this.#percentile(0.5),
      p99Ms: this.#percentile(0.99),
      maxMs: this.#maxMs,
    };
  }

  /** The upper edge of the step in which that share of all samples is reached. */
  #percentile(share: number): number {
    const wanted = Math.ceil(this.#samples * share);
    let seen = 0;
    for (let step = 0; step <= STEPS; step += 1) {
      seen += this.#counts[step] ?? 0;
      if (seen >= wanted && seen > 0) return Math.min((step + 1) / STEPS_PER_MS, this.#maxMs);
    }
    return 0;
  }
}
