import type { Clock, Timers } from '#kernel';

/** After a question in vain a store is not waited for this long, where an answer is known. */
export const AWAY_FOR_MS = 5_000;
/** Where an answer is known, a new one is waited for so long. */
export const PATIENCE_MS = 500;

/**
 * Whether a store was seen to be away just now. One that is frozen costs each question its whole
 * deadline, and questions in a row add up: an encoder that comes back would wait for all of them.
 */
export class StoreStanding {
  readonly #clock: Clock;
  readonly #timers: Timers;
  #awayUntilMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Who knows an answer already need not ask. */
  get isAway(): boolean {
    return this.#clock.monotonicMs() < this.#awayUntilMs;
  }

  /** Waits for the answer, and learns from it. Rejects as the question does. */
  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await question();
      this.#awayUntilMs = Number.NEGATIVE_INFINITY;
      return answer;
    } catch (error) {
      this.#noteAway();
      throw error;
    }
  }

  /**
   * The answer; or `known`, when it does not come soon or the store is away. The question is put in
   * any case: whoever puts it may learn from a late answer for the next time. Never rejects.
   */
  askOrRecall<Answer>(question: () => Promise<Answer>, known: Answer): Promise<Answer> {
    const asked = this.ask(question);
    if (this.isAway) {
      asked.catch(() => undefined);
      return Promise.resolve(known);
    }
    return new Promise((resolve) => {
      const cancel = this.#timers.after(PATIENCE_MS, () => {
        this.#noteAway();
        resolve(known);
      });
      asked.then(resolve, () => resolve(known)).finally(cancel);
    });
  }

  #noteAway(): void {
    this.#awayUntilMs = this.#clock.monotonicMs() + AWAY_FOR_MS;
  }
}
