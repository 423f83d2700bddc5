import type { CodedClient } from './coded-client.ts';
import { isId } from './new-id.ts';
import { toUser, USER_SHOWN } from './user-repository.ts';
import type { UserRecord } from './user-repository.ts';

/** A session ends when nobody used it for this long, in ms (72 hours). */
export const SESSION_IDLE_MS = 259_200_000;

/** Sessions of one person that are listed at most. */
const LISTED_MAX = 200;

export interface NewSession {
  readonly userId: string;
  /** sha256 of the cookie's token, hex. */
  readonly tokenHash: string;
  readonly createdAt: Date;
  /** Absolute end. */
  readonly expiresAt: Date;
  /** Where it was begun from, and with what, cleaned. */
  readonly address?: string | null;
  readonly userAgent?: string | null;
}

/** As its owner sees it in a list. */
export interface ListedSession {
  readonly id: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
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

  /** Where somebody is signed in, the latest use first. */
  async listOf(userId: string, now: Date, idleSince: Date): Promise<ListedSession[]> {
    return this.#client.queries.session.findMany({
      where: { userId, expiresAt: { gt: now }, lastSeenAt: { gt: idleSince } },
      orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
      take: LISTED_MAX,
      select: {
        id: true,
        address: true,
        userAgent: true,
        createdAt: true,
        lastSeenAt: true,
        expiresAt: true,
      },
    });
  }

  /** False when they have no such session. */
  async removeOne(userId: string, id: string): Promise<boolean> {
    if (!isId(id)) return false;
    const { count } = await this.#client.queries.session.deleteMany({ where: { id, userId } });
    return count > 0;
  }

  /** All of somebody's, but for the one that may stay. */
  async removeOthers(userId: string, exceptId?: string): Promise<number> {
    const { count } = await this.#client.queries.session.deleteMany({
      where: { userId, ...(exceptId !== undefined && { id: { not: exceptId } }) },
    });
    return count;
  }

  /** Gives how many were over or idle too long. */
  async removeEnded(now: Date, idleSince: Date): Promise<number> {
    const { count } = await this.#client.queries.session.deleteMany({
      where: { OR: [{ expiresAt: { lte: now } }, { lastSeenAt: { lte: idleSince } }] },
    });
    return count;
  }
}
