import type { CodedClient, Queries } from './coded-client.ts';
import type { User } from './generated/client.ts';
import { isId } from './new-id.ts';

export type UserRecord = User;

export interface NewUser {
  /** Lower case. */
  readonly email: string;
  readonly passwordHash: string;
}

/** People who may sign in, and the one-time token that makes the first of them. */
export class UserRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async count(): Promise<number> {
    return this.#client.queries.user.count();
  }

  async findByEmail(email: string): Promise<UserRecord | undefined> {
    return (await this.#client.queries.user.findUnique({ where: { email } })) ?? undefined;
  }

  async find(id: string): Promise<UserRecord | undefined> {
    if (!isId(id)) return undefined;
    return (await this.#client.queries.user.findUnique({ where: { id } })) ?? undefined;
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

async function createIfNone(queries: Queries, user: NewUser): Promise<UserRecord | undefined> {
  // Two starts at once must not both find the table empty.
  await queries.$executeRaw`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`;
  if ((await queries.user.count()) > 0) return undefined;
  return queries.user.create({ data: { ...user } });
}
