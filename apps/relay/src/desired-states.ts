import type { DesiredStream } from '#contracts';

/** Streams whose last known wishes are kept; the one unasked the longest goes first. */
const STREAMS_MAX = 10_000;

/** Asks Postgres. Both reject when it is away. */
export interface DesiredSource {
  load(streamId: string): Promise<DesiredStream | undefined>;
  loadMany(streamIds: readonly string[]): Promise<readonly DesiredStream[]>;
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
  readonly #known = new Map<string, Known>();
  #questions = 0;

  constructor(source: DesiredSource) {
    this.#source = source;
  }

  async load(streamId: string): Promise<DesiredStream | undefined> {
    const question = this.#nextQuestion();
    const desired = await this.#source.load(streamId);
    return desired === undefined ? undefined : this.#newest(desired, question);
  }

  async loadMany(streamIds: readonly string[]): Promise<readonly DesiredStream[]> {
    const question = this.#nextQuestion();
    const all = await this.#source.loadMany(streamIds);
    return all.map((desired) => this.#newest(desired, question));
  }

  /** While Postgres is away: what it said last. Rejects when it never spoke of that stream. */
  async loadOrRecall(streamId: string): Promise<DesiredStream | undefined> {
    try {
      return await this.load(streamId);
    } catch (error) {
      const known = this.#known.get(streamId);
      if (known === undefined) throw error;
      return known.desired;
    }
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
