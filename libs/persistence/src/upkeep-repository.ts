import type { CodedClient } from './coded-client.ts';
import { inBatches } from './in-batches.ts';

export interface RemovedHistory {
  readonly broadcasts: number;
  readonly attempts: number;
  readonly events: number;
  /** Of figures. */
  readonly minutes: number;
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

  /**
   * Of these nodes, those of which there are no figures since a time. A relay writes some every ten
   * seconds while it has a broadcast, whoever can or cannot see it otherwise.
   */
  async silentSince(nodeIds: readonly string[], since: Date): Promise<string[]> {
    const heard = await this.#client.queries.$queryRaw<{ node_id: string }[]>`
      SELECT DISTINCT node_id FROM broadcasts
      WHERE ended_at IS NULL AND node_id = ANY(${[...nodeIds]}) AND EXISTS (
        SELECT FROM statistics_seconds
        WHERE statistics_seconds.broadcast_id = broadcasts.id AND at >= ${since})`;
    return nodeIds.filter((nodeId) => !heard.some(({ node_id }) => node_id === nodeId));
  }

  /** Removes events of which the outside was told, or should have been, before a time. */
  removeOutboxBefore(before: Date): Promise<number> {
    const { queries } = this.#client;
    return inBatches(
      (rows) => queries.$executeRaw`
        DELETE FROM outbox_events WHERE id IN
          (SELECT id FROM outbox_events WHERE at < ${before} LIMIT ${rows})`,
    );
  }

  /** Removes what ended before a time. What is still under way stays, however old. */
  async removeHistoryBefore(before: Date): Promise<RemovedHistory> {
    const { queries } = this.#client;
    return {
      events: await inBatches(
        (rows) => queries.$executeRaw`
          DELETE FROM events WHERE id IN (
            SELECT id FROM events WHERE at < ${before} AND NOT EXISTS (
              SELECT FROM broadcasts
              WHERE broadcasts.id = events.broadcast_id AND broadcasts.ended_at IS NULL)
            LIMIT ${rows})`,
      ),
      attempts: await inBatches(
        (rows) => queries.$executeRaw`
          DELETE FROM attempts WHERE id IN
            (SELECT id FROM attempts WHERE ended_at < ${before} LIMIT ${rows})`,
      ),
      minutes: await inBatches(
        (rows) => queries.$executeRaw`
          DELETE FROM statistics_buckets WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM statistics_buckets WHERE resolution = 60 AND at < ${before}
            LIMIT ${rows}))`,
      ),
      broadcasts: await inBatches(
        (rows) => queries.$executeRaw`
          DELETE FROM broadcasts WHERE id IN
            (SELECT id FROM broadcasts WHERE ended_at < ${before} LIMIT ${rows})`,
      ),
    };
  }
}
