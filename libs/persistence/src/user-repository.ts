import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { roleSchema, type Role } from '#control';
import type { CodedClient, Queries } from './coded-client.ts';
import type { Prisma } from './generated/client.ts';
import { isId } from './new-id.ts';
import { earlierThan, readPage } from './page-cursor.ts';
import type { PageQuery, RecordPage } from './page-cursor.ts';

/** Where somebody works, and as what. */
export interface Standing {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly role: Role;
}

export interface UserRecord {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string | null;
  readonly isInstanceAdmin: boolean;
  readonly isDisabled: boolean;
  readonly createdAt: Date;
  /** The workspace that they joined first comes first. */
  readonly standings: readonly Standing[];
}

export interface UserWithPassword extends UserRecord {
  readonly passwordHash: string;
}

export interface NewUser {
  /** Lower case. */
  readonly email: string;
  readonly passwordHash: string;
  readonly name?: string | null;
  readonly instanceAdmin?: boolean;
}

export interface UserChanges {
  readonly name?: string | null;
  readonly isInstanceAdmin?: boolean;
  readonly isDisabled?: boolean;
}

/** `last-admin`: nobody would be left above the instance, so nothing was changed. */
export type UserChange = UserRecord | 'no-user' | 'last-admin';

/** All that the outside of this room may hold of a user; the password is asked for by itself. */
export const USER_SHOWN = {
  id: true,
  email: true,
  name: true,
  instanceAdmin: true,
  disabledAt: true,
  createdAt: true,
  memberships: {
    where: { workspace: { deletedAt: null } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { role: true, workspace: { select: { id: true, name: true } } },
  },
} satisfies Prisma.UserSelect;
type ShownUser = Prisma.UserGetPayload<{ select: typeof USER_SHOWN }>;

/** People who may sign in, and the one-time token that makes the first of them. */
export class UserRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async count(): Promise<number> {
    return this.#client.queries.user.count();
  }

  /** Who may sign in with this address: nobody who is disabled. */
  async findByEmail(email: string): Promise<UserWithPassword | undefined> {
    const row = await this.#client.queries.user.findFirst({
      where: { email, disabledAt: null },
      select: { ...USER_SHOWN, passwordHash: true },
    });
    return row === null ? undefined : { ...toUser(row), passwordHash: row.passwordHash };
  }

  async find(id: string): Promise<UserRecord | undefined> {
    if (!isId(id)) return undefined;
    const { user } = this.#client.queries;
    const row = await user.findUnique({ where: { id }, select: USER_SHOWN });
    return row === null ? undefined : toUser(row);
  }

  /** Who came last comes first. */
  page(query: PageQuery): Promise<RecordPage<UserRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        const rows = await this.#client.queries.user.findMany({
          where: earlierThan('createdAt', after),
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          select: USER_SHOWN,
          take,
        });
        return rows.map(toUser);
      },
    );
  }

  /** Rejects with ROW_EXISTS when there is an account with this address. */
  async create(user: NewUser): Promise<UserRecord> {
    const row = await this.#client.queries.user.create({ data: { ...user }, select: USER_SHOWN });
    return toUser(row);
  }

  /** Whoever is disabled is signed out everywhere. */
  async change(id: string, changes: UserChanges): Promise<UserChange> {
    if (!isId(id)) return 'no-user';
    return this.#client.transaction(async (queries): Promise<UserChange> => {
      // Two administrators who disable each other at once must not both succeed.
      await queries.$executeRaw`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`;
      const loses = changes.isInstanceAdmin === false || changes.isDisabled === true;
      if (loses && (await isLastAdmin(queries, id))) return 'last-admin';
      const { name, isInstanceAdmin, isDisabled } = changes;
      await queries.user.updateMany({
        where: { id },
        data: {
          ...(name !== undefined && { name }),
          ...(isInstanceAdmin !== undefined && { instanceAdmin: isInstanceAdmin }),
          ...(isDisabled !== undefined && { disabledAt: isDisabled ? new Date() : null }),
        },
      });
      if (isDisabled === true) await queries.session.deleteMany({ where: { userId: id } });
      const row = await queries.user.findUnique({ where: { id }, select: USER_SHOWN });
      return row === null ? 'no-user' : toUser(row);
    });
  }

  async passwordHash(id: string): Promise<string | undefined> {
    const row = await this.#client.queries.user.findUnique({
      where: { id },
      select: { passwordHash: true },
    });
    return row?.passwordHash;
  }

  async setPasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.#client.queries.user.updateMany({ where: { id }, data: { passwordHash } });
  }

  /** Undefined when there is a user already. */
  async createFirst(user: NewUser): Promise<UserRecord | undefined> {
    return this.#client.transaction((queries) => createIfNone(queries, user));
  }

  /** Ends every earlier token: only the newest link works. */
  async saveSetUpToken(tokenHash: string, expiresAt: Date): Promise<void> {
    await this.#client.transaction(async (queries) => {
      await queries.setUpToken.deleteMany();
      await queries.setUpToken.create({ data: { tokenHash, expiresAt } });
    });
  }

  /** Uses the token up. Undefined when it is unknown, used or over, or when there is a user. */
  async createFirstWithToken(tokenHash: string, user: NewUser): Promise<UserRecord | undefined> {
    const now = new Date();
    return this.#client.transaction(async (queries) => {
      const { count } = await queries.setUpToken.updateMany({
        where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      });
      return count === 0 ? undefined : createIfNone(queries, user);
    });
  }
}

async function isLastAdmin(queries: Queries, id: string): Promise<boolean> {
  const admins = await queries.user.findMany({
    where: { instanceAdmin: true, disabledAt: null },
    select: { id: true },
    take: 2,
  });
  return admins.length === 1 && admins[0]?.id === id;
}

/** The first is above the instance, and owns the workspace that there is. */
async function createIfNone(queries: Queries, user: NewUser): Promise<UserRecord | undefined> {
  // Two starts at once must not both find the table empty.
  await queries.$executeRaw`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`;
  if ((await queries.user.count()) > 0) return undefined;
  const row = await queries.user.create({
    data: {
      ...user,
      instanceAdmin: true,
      memberships: { create: { workspaceId: DEFAULT_WORKSPACE_ID, role: 'owner' } },
    },
    select: USER_SHOWN,
  });
  return toUser(row);
}

export function toUser({ memberships, instanceAdmin, ...user }: ShownUser): UserRecord {
  const { id, email, name, disabledAt, createdAt } = user;
  const isDisabled = disabledAt !== null;
  const standings = memberships.map(({ role, workspace }) => ({
    workspaceId: workspace.id,
    workspaceName: workspace.name,
    // A role that this version does not know may do what the least may.
    role: roleSchema.catch('viewer').parse(role),
  }));
  return { id, email, name, isInstanceAdmin: instanceAdmin, isDisabled, createdAt, standings };
}
