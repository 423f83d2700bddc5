import { roleSchema, type Role } from '#control';
import type { CodedClient } from './coded-client.ts';
import { isId } from './new-id.ts';
import { earlierThan, readPage } from './page-cursor.ts';
import type { PageQuery, RecordPage } from './page-cursor.ts';
import type { NewUser } from './user-repository.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export interface InvitationRecord {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface OpenInvitationRecord extends InvitationRecord {
  readonly workspaceId: string;
  readonly workspaceName: string;
}

export interface NewInvitationRecord {
  readonly email: string;
  readonly role: Role;
  readonly tokenHash: string;
  readonly invitedBy: string | null;
  readonly expiresAt: Date;
}

/** `gone`: used, revoked or over. */
export type Acceptance =
  | { readonly kind: 'accepted'; readonly userId: string; readonly workspaceId: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'member-already' };

const STANDS = { acceptedAt: null, revokedAt: null } as const;

/** The open invitations of a workspace. */
export class InvitationRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** Takes the place of an earlier one to the same address. */
  async create(invitation: NewInvitationRecord): Promise<InvitationRecord> {
    const { workspaceId } = this.#client;
    return this.#client.transaction(async (queries) => {
      await queries.invitation.updateMany({
        where: { email: invitation.email, ...STANDS },
        data: { revokedAt: new Date() },
      });
      return toInvitation(
        await queries.invitation.create({ data: { ...invitation, workspaceId } }),
      );
    });
  }

  /** Newest first. */
  page(query: PageQuery, now: Date): Promise<RecordPage<InvitationRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        const rows = await this.#client.queries.invitation.findMany({
          where: { ...STANDS, expiresAt: { gt: now }, ...earlierThan('createdAt', after) },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take,
        });
        return rows.map(toInvitation);
      },
    );
  }

  /** Gives whom it was for; undefined when there is none that stands. */
  async revoke(id: string): Promise<InvitationRecord | undefined> {
    if (!isId(id)) return undefined;
    const { invitation } = this.#client.queries;
    const row = await invitation.findFirst({ where: { id, ...STANDS } });
    const { count } = await invitation.updateMany({
      where: { id, ...STANDS },
      data: { revokedAt: new Date() },
    });
    return count === 0 || row === null ? undefined : toInvitation(row);
  }
}

/** Invitations by what their link holds: whoever accepts one is not in the workspace yet. */
export class InvitationLinks {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async find(tokenHash: string, now: Date): Promise<OpenInvitationRecord | undefined> {
    const row = await this.#client.queries.invitation.findFirst({
      where: { tokenHash, ...STANDS, expiresAt: { gt: now }, workspace: { deletedAt: null } },
      include: { workspace: { select: { name: true } } },
    });
    if (row === null) return undefined;
    const { workspaceId, workspace } = row;
    return { ...toInvitation(row), workspaceId, workspaceName: workspace.name };
  }

  /** Uses the link up. Rejects with ROW_EXISTS when the account is made meanwhile by another. */
  async accept(
    tokenHash: string,
    now: Date,
    who: { readonly userId: string } | { readonly newUser: NewUser },
  ): Promise<Acceptance> {
    return this.#client.transaction(async (queries): Promise<Acceptance> => {
      const { count } = await queries.invitation.updateMany({
        where: { tokenHash, ...STANDS, expiresAt: { gt: now }, workspace: { deletedAt: null } },
        data: { acceptedAt: now },
      });
      const row = await queries.invitation.findUnique({ where: { tokenHash } });
      if (count === 0 || row === null) return { kind: 'gone' };
      const { workspaceId, role } = row;
      const userId =
        'userId' in who
          ? who.userId
          : (await queries.user.create({ data: { ...who.newUser }, select: { id: true } })).id;
      if ((await queries.membership.count({ where: { workspaceId, userId } })) > 0) {
        return { kind: 'member-already' };
      }
      await queries.membership.create({ data: { workspaceId, userId, role } });
      return { kind: 'accepted', userId, workspaceId };
    });
  }
}

function toInvitation(row: {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}): InvitationRecord {
  const { id, email, createdAt, expiresAt } = row;
  return { id, email, role: roleSchema.catch('viewer').parse(row.role), createdAt, expiresAt };
}
