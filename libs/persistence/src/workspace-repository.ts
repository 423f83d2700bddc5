import type { Quota } from '#control';
import type { CodedClient } from './coded-client.ts';
import type { Prisma } from './generated/client.ts';
import { isId } from './new-id.ts';
import { earlierThan, readPage } from './page-cursor.ts';
import type { PageQuery, RecordPage } from './page-cursor.ts';
import { asSeen, assertSeen } from './row-version.ts';

export interface WorkspaceRecord {
  readonly id: string;
  readonly name: string;
  readonly quota: Quota;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewWorkspace {
  readonly name: string;
  readonly quota: Partial<Quota>;
  /** The user who owns it; null: nobody yet. */
  readonly ownerId: string | null;
}

const SHOWN = {
  id: true,
  name: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  streamsMax: true,
  destinationsMax: true,
  outKbpsMax: true,
  relayMinutesMax: true,
} satisfies Prisma.WorkspaceSelect;
type ShownWorkspace = Prisma.WorkspaceGetPayload<{ select: typeof SHOWN }>;

/** Workspaces that are not deleted, as those see them who are above all of them. */
export class WorkspaceRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async find(id: string): Promise<WorkspaceRecord | undefined> {
    if (!isId(id)) return undefined;
    const row = await this.#client.queries.workspace.findFirst({
      where: { id, deletedAt: null },
      select: SHOWN,
    });
    return row === null ? undefined : toRecord(row);
  }

  /** Newest first. */
  page(query: PageQuery): Promise<RecordPage<WorkspaceRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        const rows = await this.#client.queries.workspace.findMany({
          where: { deletedAt: null, ...earlierThan('createdAt', after) },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          select: SHOWN,
          take,
        });
        return rows.map(toRecord);
      },
    );
  }

  async create({ name, quota, ownerId }: NewWorkspace): Promise<WorkspaceRecord> {
    const memberships = ownerId === null ? {} : { create: { userId: ownerId, role: 'owner' } };
    const row = await this.#client.queries.workspace.create({
      data: { name, ...quota, memberships },
      select: SHOWN,
    });
    return toRecord(row);
  }

  /** @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given. */
  async change(
    id: string,
    changes: Partial<Quota> & { readonly name?: string },
    version?: number,
  ): Promise<WorkspaceRecord | undefined> {
    if (!isId(id)) return undefined;
    const { count } = await this.#client.queries.workspace.updateMany({
      where: { id, deletedAt: null, ...asSeen(version) },
      data: { ...changes, version: { increment: 1 } },
    });
    const found = await this.find(id);
    assertSeen(count, found);
    return found;
  }

  /** Its rows stay, out of everybody's sight. False when there is none. */
  async remove(id: string): Promise<boolean> {
    if (!isId(id)) return false;
    const { count } = await this.#client.queries.workspace.updateMany({
      where: { id, deletedAt: null },
      data: { deletedAt: new Date() },
    });
    return count > 0;
  }

  /** Of its streams that are not deleted. */
  async streamIds(id: string): Promise<string[]> {
    const rows = await this.#client.queries.stream.findMany({
      where: { workspaceId: id, deletedAt: null },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }
}

function toRecord(row: ShownWorkspace): WorkspaceRecord {
  const { streamsMax, destinationsMax, outKbpsMax, relayMinutesMax, ...rest } = row;
  return { ...rest, quota: { streamsMax, destinationsMax, outKbpsMax, relayMinutesMax } };
}
