import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import { codedFault } from './coded-fault.ts';
import { scopedArguments } from './workspace-scope.ts';

/** How long Postgres may take before a caller hears that it is away, in ms. */
export interface DatabaseDeadlines {
  readonly connectMs: number;
  readonly queryMs: number;
  readonly transactionMs: number;
}

/** Measured: with these, a frozen Postgres fails a query in 2 s, and works again when thawed. */
export const DEADLINES: DatabaseDeadlines = {
  connectMs: 1_500,
  queryMs: 2_000,
  transactionMs: 5_000,
};

/** Connections of one process to Postgres at most. */
const CONNECTIONS_MAX = 10;

export interface ConnectionOptions {
  readonly url: string;
  readonly deadlines?: Partial<DatabaseDeadlines>;
  /** Told of connections that Postgres closed while they were idle. */
  readonly onIdleFault?: (fault: Error) => void;
}

/** What a repository may ask. The same inside and outside a transaction. */
export type Queries = Omit<
  ReturnType<typeof connect>,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'
>;

/** The same, model by model: nothing raw. */
export type ModelQueries = Omit<
  Queries,
  '$queryRaw' | '$queryRawUnsafe' | '$executeRaw' | '$executeRawUnsafe'
>;

/** A Prisma client with deadlines on everything, whose rejections are PersistenceErrors. */
export class CodedClient {
  readonly queries: Queries;
  readonly #client: ReturnType<typeof connect>;

  constructor(options: ConnectionOptions) {
    this.#client = connect(options);
    this.queries = this.#client;
  }

  /** All or nothing. `work` must ask only through the queries that it is given. */
  async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    try {
      return await this.#client.$transaction(work);
    } catch (thrown) {
      throw codedFault(thrown);
    }
  }

  /** The same connections, narrowed to what one workspace has. */
  within(workspaceId: string): ScopedPrisma {
    return scoped(this.#client, workspaceId);
  }

  async close(): Promise<void> {
    await this.#client.$disconnect();
  }
}

export type ScopedPrisma = ReturnType<typeof scoped>;

/** The one place where a workspace's queries are narrowed. */
function scoped(client: ReturnType<typeof connect>, workspaceId: string) {
  return client.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          const narrowed = scopedArguments(workspaceId, model, operation, args);
          const answer: unknown = await query(narrowed as typeof args);
          return answer;
        },
      },
    },
  });
}

function connect({ url, deadlines, onIdleFault }: ConnectionOptions) {
  const { connectMs, queryMs, transactionMs } = { ...DEADLINES, ...deadlines };
  const report = onIdleFault ?? (() => undefined);
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: CONNECTIONS_MAX,
      keepAlive: true,
      connectionTimeoutMillis: connectMs,
      query_timeout: queryMs,
      statement_timeout: queryMs,
      idle_in_transaction_session_timeout: transactionMs,
    },
    // Without listeners an idle connection's end would end the process.
    { onPoolError: report, onConnectionError: report },
  );
  const client = new PrismaClient({
    adapter,
    errorFormat: 'minimal',
    transactionOptions: { maxWait: connectMs, timeout: transactionMs },
  });
  return client.$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          const answer: unknown = await query(args);
          return answer;
        } catch (thrown) {
          throw codedFault(thrown);
        }
      },
    },
  });
}
