import { resumePolicySchema, type DesiredDestination } from '#contracts';
import type { ModelQueries } from './coded-client.ts';
import type { Destination, Prisma } from './generated/client.ts';
import { isId } from './new-id.ts';
import { readPage } from './page-cursor.ts';
import type { PageQuery, Place, RecordPage } from './page-cursor.ts';
import { asSeen, assertSeen } from './row-version.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** What the owner may see. The sealed key is set here and read by DesiredStateRepository. */
export interface DestinationRecord {
  readonly id: string;
  readonly streamId: string;
  readonly name: string;
  readonly platform: string;
  readonly url: string;
  readonly backupUrl: string | null;
  readonly keyHint: string;
  readonly enabled: boolean;
  readonly delaySeconds: number;
  readonly resume: DesiredDestination['resume'];
  readonly backupAfter: number;
  /** Of the one certificate that its servers may show; 64 lower-case hexadecimal characters. */
  readonly certificateSha256: string | null;
  /** Grows with every change that a person makes. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Columns that a caller may leave to the database's defaults. */
type Defaulted = 'resume' | 'backupAfter' | 'certificateSha256';

export interface NewDestination
  extends
    Omit<DestinationRecord, 'createdAt' | 'updatedAt' | 'version' | Defaulted>,
    Partial<Pick<DestinationRecord, Defaulted>> {
  readonly sealedKey: string;
  /** Equal for equal keys at one host. */
  readonly keyFingerprint?: string | null;
}

export interface DestinationChanges extends Partial<
  Omit<NewDestination, 'id' | 'streamId' | 'restartToken'>
> {
  /** A running connection no longer serves: the relay connects anew. */
  readonly restart?: boolean;
}

export type DestinationCreation =
  | { readonly kind: 'created'; readonly destination: DestinationRecord }
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'too-many' }
  /** The workspace has as many as it may have. */
  | { readonly kind: 'quota'; readonly destinationsMax: number };

/** Destinations of a workspace that are not deleted. */
export class DestinationRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** @param perStreamMax how many a stream may have; counted under the stream's lock. */
  async create(destination: NewDestination, perStreamMax: number): Promise<DestinationCreation> {
    const { streamId } = destination;
    const { workspaceId } = this.#client;
    return this.#client.transaction(async (queries, locks): Promise<DestinationCreation> => {
      const { destinationsMax } = await locks.workspace();
      if (!(await locks.stream(streamId))) return { kind: 'no-stream' };
      const count = await queries.destination.count({ where: { streamId, deletedAt: null } });
      if (count >= perStreamMax) return { kind: 'too-many' };
      if (destinationsMax !== null) {
        const all = await queries.destination.count({ where: { deletedAt: null } });
        if (all >= destinationsMax) return { kind: 'quota', destinationsMax };
      }
      const row = await queries.destination.create({ data: { ...destination, workspaceId } });
      return { kind: 'created', destination: toRecord(row) };
    });
  }

  async find(id: string): Promise<DestinationRecord | undefined> {
    return findDestination(this.#client.queries, id);
  }

  /** In the order in which they were made. */
  page(streamId: string, query: PageQuery): Promise<RecordPage<DestinationRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        if (!isId(streamId)) return [];
        const rows = await this.#client.queries.destination.findMany({
          where: { streamId, deletedAt: null, ...youngerThan(after) },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
          take,
        });
        return rows.map(toRecord);
      },
    );
  }

  /** By stream, each in the order in which they were made. */
  async ofStreams(
    streamIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly DestinationRecord[]>> {
    const rows = await this.#client.queries.destination.findMany({
      where: { streamId: { in: streamIds.filter(isId) }, deletedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return Map.groupBy(rows.map(toRecord), ({ streamId }) => streamId);
  }

  /** @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given. */
  async change(
    id: string,
    changes: DestinationChanges,
    version?: number,
  ): Promise<DestinationRecord | undefined> {
    if (!isId(id)) return undefined;
    const { restart, ...settings } = changes;
    const data = { ...settings, version: { increment: 1 } };
    return this.#client.transaction(async (queries) => {
      const { count } = await queries.destination.updateMany({
        where: { id, deletedAt: null, ...asSeen(version) },
        data: restart === true ? { ...data, restartToken: { increment: 1 } } : data,
      });
      const found = await findDestination(queries, id);
      assertSeen(count, found);
      return found;
    });
  }

  /**
   * Wipes the key. False when there is none.
   *
   * @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given.
   */
  async remove(id: string, version?: number): Promise<boolean> {
    if (!isId(id)) return false;
    const { queries } = this.#client;
    const { count } = await queries.destination.updateMany({
      where: { id, deletedAt: null, ...asSeen(version) },
      data: { deletedAt: new Date(), enabled: false, sealedKey: '' },
    });
    if (count === 0) assertSeen(count, await findDestination(queries, id));
    return count > 0;
  }
}

export async function findDestination(
  queries: ModelQueries,
  id: string,
): Promise<DestinationRecord | undefined> {
  if (!isId(id)) return undefined;
  const row = await queries.destination.findFirst({ where: { id, deletedAt: null } });
  return row === null ? undefined : toRecord(row);
}

function youngerThan(after: Place | undefined): Prisma.DestinationWhereInput {
  if (after === undefined) return {};
  return {
    OR: [{ createdAt: { gt: after.at } }, { createdAt: after.at, id: { gt: after.id } }],
  };
}

function toRecord(row: Destination): DestinationRecord {
  const { id, streamId, name, platform, url, backupUrl, keyHint, enabled } = row;
  const { delaySeconds, backupAfter, certificateSha256, version, createdAt, updatedAt } = row;
  const resume = resumePolicySchema.catch('live').parse(row.resume);
  return {
    ...{ id, streamId, name, platform, url, backupUrl, keyHint, enabled, delaySeconds, resume },
    ...{ backupAfter, certificateSha256, version, createdAt, updatedAt },
  };
}
