import type { CodedClient } from './coded-client.ts';
import { toUser, USER_SHOWN, type UserRecord } from './user-repository.ts';

export interface PasswordResetRecord {
  readonly userId: string;
  /** Of the account. */
  readonly email: string;
  readonly expiresAt: Date;
}

/** Links by which people set a new password, by what the link holds. */
export class PasswordResetRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** Ends an earlier link of theirs. */
  async save(userId: string, tokenHash: string, expiresAt: Date): Promise<void> {
    const made = { tokenHash, expiresAt, createdAt: new Date() };
    await this.#client.queries.passwordReset.upsert({
      where: { userId },
      create: { userId, ...made },
      update: made,
    });
  }

  /** Undefined when it is unknown, used or over, or its account is disabled. */
  async find(tokenHash: string, now: Date): Promise<PasswordResetRecord | undefined> {
    const row = await this.#client.queries.passwordReset.findFirst({
      where: { tokenHash, expiresAt: { gt: now }, user: { disabledAt: null } },
      select: { userId: true, expiresAt: true, user: { select: { email: true } } },
    });
    if (row === null) return undefined;
    const { userId, expiresAt, user } = row;
    return { userId, expiresAt, email: user.email };
  }

  /** Uses the link up, and signs its user out everywhere. Undefined as for `find`. */
  async use(tokenHash: string, now: Date, passwordHash: string): Promise<UserRecord | undefined> {
    return this.#client.transaction(async (queries) => {
      const where = { tokenHash, expiresAt: { gt: now }, user: { disabledAt: null } };
      const found = await queries.passwordReset.findFirst({ where, select: { userId: true } });
      if (found === null) return undefined;
      // Of two at once, one deletes it.
      const { count } = await queries.passwordReset.deleteMany({ where: { tokenHash } });
      if (count === 0) return undefined;
      const { userId } = found;
      await queries.session.deleteMany({ where: { userId } });
      const row = await queries.user.update({
        where: { id: userId },
        data: { passwordHash },
        select: USER_SHOWN,
      });
      return toUser(row);
    });
  }
}
