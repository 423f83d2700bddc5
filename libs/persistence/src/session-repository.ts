import type { CodedClient } from './coded-client.ts';
import { toUser, USER_SHOWN } from './user-repository.ts';
import type { UserRecord } from './user-repository.ts';

export interface NewSession {
  readonly userId: string;
  /** sha256 of the cookie's token, hex. */
  readonly tokenHash: string;
  readonly createdAt: Date;
  /** Absolute end. */
  readonly expiresAt: Date;
}

export interface SessionRecord {
  readonly id: string;
  readonly user: UserRecord;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Who is signed in. */
export class SessionRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async create(session: NewSession): Promise<void> {
    await this.#client.queries.session.create({
      data: { ...session, lastSeenAt: session.createdAt },
    });
  }

  /** The session if it is not over at `now` and was last used after `idleSince`. */
  async find(tokenHash: string, now: Date, idleSince: Date): Promise<SessionRecord | undefined> {
    const row = await this.#client.queries.session.findFirst({
      where: {
        tokenHash,
        expiresAt: { gt: now },
        lastSeenAt: { gt: idleSince },
        user: { disabledAt: null },
      },
      select: { id: true, lastSeenAt: true, expiresAt: true, user: { select: USER_SHOWN } },
    });
    return row === null ? undefined : { ...row, user: toUser(row.user) };
  }

  async touch(id: string, now: Date): Promise<void> {
    await this.#client.queries.session.updateMany({
      where: { id, lastSeenAt: { lt: now } },
      data: { lastSeenAt: now },
    });
  }

  async remove(tokenHash: string): Promise<void> {
    await this.#client.queries.session.deleteMany({ where: { tokenHash } });
  }

  /** Gives how many were over or idle too long. */
  async removeEnded(now: Date, idleSince: Date): Promise<number> {
    const { count } = await this.#client.queries.session.deleteMany({
      where: { OR: [{ expiresAt: { lte: now } }, { lastSeenAt: { lte: idleSince } }] },
    });
    return count;
  }
}
