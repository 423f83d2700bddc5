import type { CodedClient } from './coded-client.ts';

/** Rows deleted by one statement, so that each stays well within its deadline. */
const BATCH_ROWS = 2_000;
/** Statements of one round at most; what is left waits for the next round. */
const BATCHES_MAX = 500;

export interface RemovedHistory {
  readonly broadcasts: number;
  readonly attempts: number;
  readonly events: number;
}

/** What keeps the tables small and true, whoever is away. */
export class UpkeepRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** Nodes that history believes to have a broadcast or an attempt under way. */
  async nodesWithOpenHistory(): Promise<string[]> {
    const rows = await this.#client.queries.$queryRaw<{ node_id: string }[]>`
      SELECT node_id FROM broadcasts WHERE ended_at IS NULL
      UNION SELECT node_id FROM attempts WHERE ended_at IS NULL`;
    return rows.map((row) => row.node_id);
  }

  /** Removes what ended before a time. What is still under way stays, however old. */
  async removeHistoryBefore(before: Date): Promise<RemovedHistory> {
    const { queries } = this.#client;
    return {
      events: await inBatches(
        () => queries.$executeRaw`
          DELETE FROM events WHERE id IN
            (SELECT id FROM events WHERE at < ${before} LIMIT ${BATCH_ROWS})`,
      ),
      attempts: await inBatches(
        () => queries.$executeRaw`
          DELETE FROM attempts WHERE id IN
            (SELECT id FROM attempts WHERE ended_at < ${before} LIMIT ${BATCH_ROWS})`,
      ),
      broadcasts: await inBatches(
        () => queries.$executeRaw`
          DELETE FROM broadcasts WHERE id IN
            (SELECT id FROM broadcasts WHERE ended_at < ${before} LIMIT ${BATCH_ROWS})`,
      ),
    };
  }
}

/** Until a batch is not full. */
async function inBatches(removeBatch: () => Promise<number>): Promise<number> {
  let removed = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const rows = await removeBatch();
    removed += rows;
    if (rows < BATCH_ROWS) break;
  }
  return removed;
}
