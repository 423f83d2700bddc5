import type { CodedClient } from './coded-client.ts';
import type { AuditEntry, Prisma } from './generated/client.ts';
import { inBatches } from './in-batches.ts';
import { earlierThan, readPage } from './page-cursor.ts';
import type { PageQuery, RecordPage } from './page-cursor.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export interface NewAuditRecord {
  /** Null: what is above every workspace. */
  readonly workspaceId: string | null;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly targetKind: string | null;
  readonly targetId: string | null;
  readonly targetName: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly detail: Readonly<Record<string, Prisma.InputJsonValue>>;
}

export interface AuditRow extends Omit<NewAuditRecord, 'detail'> {
  readonly id: string;
  readonly detail: AuditEntry['detail'];
}

export interface AuditQuery extends PageQuery {
  readonly action?: string | undefined;
  readonly actorId?: string | undefined;
  readonly targetId?: string | undefined;
}

/** Who did what in a workspace. */
export class AuditRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** Newest first. */
  page({ action, actorId, targetId, ...query }: AuditQuery): Promise<RecordPage<AuditRow>> {
    const filters = {
      ...(action !== undefined && { action }),
      ...(actorId !== undefined && { actorId }),
      ...(targetId !== undefined && { targetId }),
    };
    return readPage(
      query,
      ({ at }) => at,
      async (after, take) =>
        this.#client.queries.auditEntry.findMany({
          where: { ...filters, ...earlierThan('at', after) },
          orderBy: [{ at: 'desc' }, { id: 'desc' }],
          take,
        }),
    );
  }
}

/** Where all of it is written, and what is too old removed. */
export class AuditTrail {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async write(record: NewAuditRecord): Promise<void> {
    await this.#client.queries.auditEntry.create({ data: { ...record } });
  }

  /** Gives how many went. */
  removeBefore(before: Date): Promise<number> {
    return inBatches(
      (rowsMax) => this.#client.queries.$executeRaw`
        DELETE FROM audit_entries WHERE id IN
          (SELECT id FROM audit_entries WHERE at < ${before} LIMIT ${rowsMax})`,
    );
  }
}
