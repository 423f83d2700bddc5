import type { DesiredStream } from '#contracts';
import type { StoreStanding } from './store-standing.ts';

/** Streams whose last known wishes are kept; the one unasked the longest goes first. */
const STREAMS_MAX = 10_000;

/** Asks Postgres. Both reject when it is away. */
export interface DesiredSource {
  load(streamId: string): Promise<DesiredStream | undefined>;
  loadMany(streamIds: readonly string[]): Promise<readonly DesiredStream[]>;
}

interface DesiredSurroundings {
  /** Of Postgres. */
  readonly standing?: StoreStanding;
  /** Hears what Postgres says, for the next process. */
  readonly keeper?: { keepWishes(desired: DesiredStream): void };
}

interface Known {
  readonly desired: DesiredStream;
  /** Number of the question that this answers. */
  readonly question: number;
}

/**
 * What owners want of their streams, as Postgres said last. Answers overtake one another on their
 * way; one to an older question never takes the place of one to a newer.
 */
export class DesiredStates {
  readonly #source: DesiredSource;
  readonly #around: DesiredSurroundings;
  readonly #known = new Map<string, Known>();
  #questions = 0;

  constructor(source: DesiredSource, around: DesiredSurroundings = {}) {
    this.#source = source;
    this.#around = around;
  }

  /** What a process before this one was told; any answer of Postgres is newer. */
  recall(wishes: readonly DesiredStream[]): void {
    for (const desired of wishes) this.#newest(desired, 0);
  }

  /** What was said last, without asking. */
  known(streamId: string): DesiredStream | undefined {
    return this.#known.get(streamId)?.desired;
  }

  load(streamId: string): Promise<DesiredStream | undefined> {
    return this.#ask(() => this.#load(streamId));
  }

  async loadMany(streamIds: readonly string[]): Promise<readonly DesiredStream[]> {
    const question = this.#nextQuestion();
    const all = await this.#ask(() => this.#source.loadMany(streamIds));
    return all.map((desired) => this.#heard(desired, question));
  }

  /** While Postgres is away: what it said last. Rejects when it never spoke of that stream. */
  loadOrRecall(streamId: string): Promise<DesiredStream | undefined> {
    const known = this.#known.get(streamId);
    if (known === undefined) return this.load(streamId);
    const { standing } = this.#around;
    const load = () => this.#load(streamId);
    return standing === undefined
      ? load().catch(() => known.desired)
      : standing.askOrRecall(load, known.desired);
  }

  async #load(streamId: string): Promise<DesiredStream | undefined> {
    const question = this.#nextQuestion();
    const desired = await this.#source.load(streamId);
    return desired === undefined ? undefined : this.#heard(desired, question);
  }

  #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const { standing } = this.#around;
    return standing === undefined ? question() : standing.ask(question);
  }

  #heard(desired: DesiredStream, question: number): DesiredStream {
    const newest = this.#newest(desired, question);
    this.#around.keeper?.keepWishes(newest);
    return newest;
  }

  #nextQuestion(): number {
    this.#questions += 1;
    return this.#questions;
  }

  #newest(desired: DesiredStream, question: number): DesiredStream {
    const { streamId } = desired;
    const known = this.#known.get(streamId);
    const newest = known !== undefined && known.question > question ? known : { desired, question };
    this.#known.delete(streamId);
    this.#known.set(streamId, newest);
    const oldest = this.#known.keys().next();
    if (this.#known.size > STREAMS_MAX && !oldest.done) this.#known.delete(oldest.value);
    return newest.desired;
  }
}
