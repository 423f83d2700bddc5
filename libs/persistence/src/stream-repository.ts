import { takeoverPolicySchema, type TakeoverPolicy } from '#contracts';
import type { ModelQueries } from './coded-client.ts';
import type { Prisma } from './generated/client.ts';
import { isId } from './new-id.ts';
import { readPage } from './page-cursor.ts';
import type { PageQuery, Place, RecordPage } from './page-cursor.ts';
import { asSeen, assertSeen } from './row-version.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export interface StreamRecord {
  readonly id: string;
  readonly name: string;
  readonly graceSeconds: number;
  readonly endOnUnpublish: boolean;
  readonly takeover: TakeoverPolicy;
  /** Last characters of the newest key of the primary input. */
  readonly keyHint: string;
  /** Of the newest key of the backup input; null as long as it was given none. */
  readonly backupKeyHint: string | null;
  /** Grows with every change that a person makes. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An ingest key as it is stored: never itself. */
export interface StoredIngestKey {
  /** sha256, hex. */
  readonly hash: string;
  readonly hint: string;
}

export interface StreamSettings {
  readonly name: string;
  readonly graceSeconds: number;
  readonly endOnUnpublish?: boolean;
  readonly takeover?: TakeoverPolicy;
}

/** `quota`: the workspace has as many as it may have. */
export type StreamCreation =
  | { readonly kind: 'created'; readonly stream: StreamRecord }
  | { readonly kind: 'quota'; readonly streamsMax: number };

/** At most one of each role: its predecessors have their end. */
const NEWEST_KEYS = {
  ingestKeys: {
    where: { expiresAt: null, revokedAt: null },
    orderBy: { createdAt: 'desc' },
    select: { keyHint: true, role: true },
  },
} satisfies Prisma.StreamInclude;
type StreamRow = Prisma.StreamGetPayload<{ include: typeof NEWEST_KEYS }>;

/** Streams of a workspace that are not deleted. */
export class StreamRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  async create(
    settings: StreamSettings,
    key: StoredIngestKey,
    backupKey?: StoredIngestKey,
  ): Promise<StreamCreation> {
    const keys = [{ role: 'primary', keyHash: key.hash, keyHint: key.hint }];
    if (backupKey !== undefined) {
      keys.push({ role: 'backup', keyHash: backupKey.hash, keyHint: backupKey.hint });
    }
    const { workspaceId } = this.#client;
    return this.#client.transaction(async (queries, locks): Promise<StreamCreation> => {
      const { streamsMax } = await locks.workspace();
      if (streamsMax !== null) {
        const count = await queries.stream.count({ where: { deletedAt: null } });
        if (count >= streamsMax) return { kind: 'quota', streamsMax };
      }
      const row = await queries.stream.create({
        data: { ...settings, workspaceId, ingestKeys: { create: keys } },
        include: NEWEST_KEYS,
      });
      return { kind: 'created', stream: toRecord(row) };
    });
  }

  async find(id: string): Promise<StreamRecord | undefined> {
    return findStream(this.#client.queries, id);
  }

  /** Newest first. */
  page(query: PageQuery): Promise<RecordPage<StreamRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        const rows = await this.#client.queries.stream.findMany({
          where: { deletedAt: null, ...olderThan(after) },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          include: NEWEST_KEYS,
          take,
        });
        return rows.map(toRecord);
      },
    );
  }

  /** @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given. */
  async change(
    id: string,
    changes: Partial<StreamSettings>,
    version?: number,
  ): Promise<StreamRecord | undefined> {
    if (!isId(id)) return undefined;
    return this.#client.transaction(async (queries) => {
      const { count } = await queries.stream.updateMany({
        where: { id, deletedAt: null, ...asSeen(version) },
        data: { ...changes, version: { increment: 1 } },
      });
      const found = await findStream(queries, id);
      assertSeen(count, found);
      return found;
    });
  }

  /**
   * Its keys stop working; destinations' keys and the slate are wiped. False: there is none.
   *
   * @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given.
   */
  async remove(id: string, version?: number): Promise<boolean> {
    if (!isId(id)) return false;
    const now = new Date();
    return this.#client.transaction(async (queries) => {
      const { count } = await queries.stream.updateMany({
        where: { id, deletedAt: null, ...asSeen(version) },
        data: { deletedAt: now },
      });
      if (count === 0) {
        assertSeen(count, await findStream(queries, id));
        return false;
      }
      await queries.ingestKey.updateMany({
        where: { streamId: id, revokedAt: null },
        data: { revokedAt: now },
      });
      await queries.destination.updateMany({
        where: { streamId: id, deletedAt: null },
        data: { deletedAt: now, enabled: false, sealedKey: '' },
      });
      await queries.slate.deleteMany({ where: { streamId: id } });
      return true;
    });
  }
}

export async function findStream(
  queries: ModelQueries,
  id: string,
): Promise<StreamRecord | undefined> {
  if (!isId(id)) return undefined;
  const row = await queries.stream.findFirst({
    where: { id, deletedAt: null },
    include: NEWEST_KEYS,
  });
  return row === null ? undefined : toRecord(row);
}

function olderThan(after: Place | undefined): Prisma.StreamWhereInput {
  if (after === undefined) return {};
  return {
    OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
  };
}

function toRecord(row: StreamRow): StreamRecord {
  const { id, name, graceSeconds, endOnUnpublish, version, createdAt, updatedAt } = row;
  const { ingestKeys } = row;
  return {
    id,
    name,
    graceSeconds,
    endOnUnpublish,
    takeover: takeoverPolicySchema.catch('takeover').parse(row.takeover),
    keyHint: ingestKeys.find(({ role }) => role === 'primary')?.keyHint ?? '',
    backupKeyHint: ingestKeys.find(({ role }) => role === 'backup')?.keyHint ?? null,
    version,
    createdAt,
    updatedAt,
  };
}
