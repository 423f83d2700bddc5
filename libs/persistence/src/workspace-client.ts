import { readOutcomes } from './broadcast-outcomes.ts';
import type { BroadcastOutcome } from './broadcast-outcomes.ts';
import type { CodedClient, ModelQueries, Queries, ScopedPrisma } from './coded-client.ts';
import { codedFault } from './coded-fault.ts';
import { isId } from './new-id.ts';
import { writeOutward } from './outbox-events.ts';
import type { OutwardDraft } from './outbox-events.ts';

/** Locks of rows, held until the transaction ends. */
export interface RowLocks {
  /**
   * So that two requests that count or rotate cannot pass each other. False when there is no such
   * stream in this workspace.
   */
  stream(id: string): Promise<boolean>;
  /**
   * So that two requests that count against quotas, or owners, cannot pass each other. Rows that
   * point to the workspace can still be made meanwhile. Gives what it may have.
   */
  workspace(): Promise<CountedQuota>;
}

/** How many a workspace may have. Null: any number. */
export interface CountedQuota {
  readonly streamsMax: number | null;
  readonly destinationsMax: number | null;
}

/** What hangs on a broadcast without naming its workspace. */
export type BroadcastChildren = Pick<Queries, 'attempt' | 'statisticsSecond'>;

/** What repositories of one workspace ask with: rows of another are not there for it. */
export class WorkspaceClient {
  readonly workspaceId: string;
  readonly queries: ModelQueries;
  readonly #all: CodedClient;
  readonly #client: ScopedPrisma;

  constructor(all: CodedClient, workspaceId: string) {
    this.workspaceId = workspaceId;
    this.#all = all;
    this.#client = all.within(workspaceId);
    this.queries = this.#client;
  }

  /** All or nothing. `work` must ask only through the queries that it is given. */
  async transaction<T>(work: (queries: ModelQueries, locks: RowLocks) => Promise<T>): Promise<T> {
    try {
      return await this.#client.$transaction((queries) =>
        work(queries, locksOf(queries, this.workspaceId)),
      );
    } catch (thrown) {
      throw codedFault(thrown);
    }
  }

  /** Writes an event to the workspace's outbox, without deliveries. Its number among the others. */
  async keepOutward(draft: Omit<OutwardDraft, 'workspaceId'>): Promise<number> {
    const whole = { ...draft, workspaceId: this.workspaceId };
    const [event] = await this.#all.transaction((queries) => writeOutward(queries, [whole]));
    return event?.sequence ?? 0;
  }

  /** What became of each destination in these broadcasts. */
  async outcomesOf(broadcastIds: readonly string[], until: Date): Promise<BroadcastOutcome[]> {
    if (broadcastIds.length === 0) return [];
    return readOutcomes(this.#all.queries, this.workspaceId, broadcastIds, until);
  }

  /** Undefined when it is none of this workspace. Name the broadcast in each query. */
  async ofBroadcast(broadcastId: string): Promise<BroadcastChildren | undefined> {
    if (!isId(broadcastId)) return undefined;
    const found = await this.queries.broadcast.count({ where: { id: broadcastId } });
    return found === 0 ? undefined : this.#all.queries;
  }
}

function locksOf(queries: Pick<Queries, '$queryRaw'>, workspaceId: string): RowLocks {
  return {
    async stream(id) {
      if (!isId(id)) return false;
      const rows = await queries.$queryRaw<unknown[]>`
        SELECT id FROM streams
         WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL
           FOR UPDATE`;
      return rows.length > 0;
    },
    async workspace() {
      const [quota] = await queries.$queryRaw<CountedQuota[]>`
        SELECT streams_max AS "streamsMax", destinations_max AS "destinationsMax" FROM workspaces
         WHERE id = ${workspaceId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
      return quota ?? { streamsMax: 0, destinationsMax: 0 };
    },
  };
}
