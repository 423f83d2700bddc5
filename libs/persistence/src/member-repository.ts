import { roleSchema, type Role } from '#control';
import type { ModelQueries } from './coded-client.ts';
import { isId } from './new-id.ts';
import { earlierThan, readPage } from './page-cursor.ts';
import type { PageQuery, RecordPage } from './page-cursor.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export interface MemberRecord {
  /** The user's. */
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly createdAt: Date;
}

/** `last-owner`: nobody would be left to own the workspace, so nothing was changed. */
export type MemberChange = 'changed' | 'no-member' | 'last-owner';

const SHOWN = {
  role: true,
  createdAt: true,
  user: { select: { id: true, email: true, name: true } },
} as const;

/** Who works in a workspace. */
export class MemberRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  async find(userId: string): Promise<MemberRecord | undefined> {
    if (!isId(userId)) return undefined;
    const { membership } = this.#client.queries;
    const row = await membership.findFirst({ where: { userId }, select: SHOWN });
    return row === null ? undefined : toMember(row);
  }

  async isMember(email: string): Promise<boolean> {
    const { membership } = this.#client.queries;
    return (await membership.count({ where: { user: { email } } })) > 0;
  }

  /** Who came last comes first. */
  page(query: PageQuery): Promise<RecordPage<MemberRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        const rows = await this.#client.queries.membership.findMany({
          where: earlierThan('createdAt', after, 'userId'),
          orderBy: [{ createdAt: 'desc' }, { userId: 'desc' }],
          select: SHOWN,
          take,
        });
        return rows.map(toMember);
      },
    );
  }

  async changeRole(userId: string, role: Role): Promise<MemberChange> {
    return this.#unlessLast(userId, role === 'owner', async (queries) => {
      await queries.membership.updateMany({ where: { userId }, data: { role } });
    });
  }

  /** The tokens that they made here stop working, too. */
  async remove(userId: string): Promise<MemberChange> {
    return this.#unlessLast(userId, false, async (queries) => {
      await queries.membership.deleteMany({ where: { userId } });
      await queries.apiToken.updateMany({
        where: { createdBy: userId, revokedAt: null },
        data: { revokedAt: new Date() },
      });
    });
  }

  /** Makes somebody who has an account a member. False when they are one already. */
  async add(userId: string, role: Role): Promise<boolean> {
    const { workspaceId } = this.#client;
    return this.#client.transaction(async (queries, locks) => {
      await locks.workspace();
      if ((await queries.membership.count({ where: { userId } })) > 0) return false;
      await queries.membership.create({ data: { workspaceId, userId, role } });
      return true;
    });
  }

  /** Under the workspace's lock: two owners who remove each other at once must not both succeed. */
  async #unlessLast(
    userId: string,
    staysOwner: boolean,
    work: (queries: ModelQueries) => Promise<void>,
  ): Promise<MemberChange> {
    if (!isId(userId)) return 'no-member';
    return this.#client.transaction(async (queries, locks): Promise<MemberChange> => {
      await locks.workspace();
      const member = await queries.membership.findFirst({ where: { userId } });
      if (member === null) return 'no-member';
      const others = { userId: { not: userId }, role: 'owner', user: { disabledAt: null } };
      const isOwner = member.role === 'owner';
      if (isOwner && !staysOwner && (await queries.membership.count({ where: others })) === 0) {
        return 'last-owner';
      }
      await work(queries);
      return 'changed';
    });
  }
}

function toMember(row: {
  readonly role: string;
  readonly createdAt: Date;
  readonly user: { readonly id: string; readonly email: string; readonly name: string | null };
}): MemberRecord {
  const { role, createdAt, user } = row;
  return { ...user, role: roleSchema.catch('viewer').parse(role), createdAt };
}
