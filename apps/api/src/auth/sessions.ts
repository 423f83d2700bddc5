import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Clock, Secret } from '#kernel';
import type { User } from '#contracts';
import { Database, SESSION_IDLE_MS } from '#persistence';
import type { ListedSession, Standing, UserRecord } from '#persistence';
import { hashToken, newToken } from '#vault';
import { CLOCK } from '../infrastructure/tokens.ts';
import { AccessChanges } from './access-changes.ts';

const HOUR_MS = 3_600_000;
/** A session ends after this, used or not. */
export const SESSION_LIFETIME_MS = 30 * 24 * HOUR_MS;
/** Use is written down no more often than this. */
const TOUCH_EVERY_MS = 300_000;
const USER_AGENT_CHARACTERS_MAX = 200;

export interface FoundSession {
  readonly id: string;
  readonly user: User;
  readonly standings: readonly Standing[];
  readonly expiresAt: Date;
}

/** Who is signed in. The browser holds a random token; Postgres holds its hash. */
@Injectable()
export class Sessions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AccessChanges) private readonly changes: AccessChanges,
  ) {}

  /** The token for the cookie: it is shown this once. */
  async begin(userId: string, request: Request): Promise<Secret> {
    const token = newToken();
    const createdAt = new Date(this.clock.wallMs());
    const expiresAt = new Date(createdAt.getTime() + SESSION_LIFETIME_MS);
    const tokenHash = hashToken(token);
    await this.database.system.sessions.create({
      ...{ userId, tokenHash, createdAt, expiresAt },
      address: request.ip ?? null,
      userAgent: userAgentOf(request),
    });
    return token;
  }

  async find(token: Secret): Promise<FoundSession | undefined> {
    const now = new Date(this.clock.wallMs());
    const idleSince = new Date(now.getTime() - SESSION_IDLE_MS);
    const found = await this.database.system.sessions.find(hashToken(token), now, idleSince);
    if (found === undefined) return undefined;
    if (now.getTime() - found.lastSeenAt.getTime() > TOUCH_EVERY_MS) {
      await this.database.system.sessions.touch(found.id, now);
    }
    const { id, user, expiresAt } = found;
    return { id, user: userOf(user), standings: user.standings, expiresAt };
  }

  /** Where somebody is signed in, the latest use first. */
  async listOf(userId: string) {
    const now = new Date(this.clock.wallMs());
    const idleSince = new Date(now.getTime() - SESSION_IDLE_MS);
    const listed = await this.database.system.sessions.listOf(userId, now, idleSince);
    return listed.map(sessionView);
  }

  /** False when they have no such session. */
  async endOne(userId: string, id: string): Promise<boolean> {
    const isEnded = await this.database.system.sessions.removeOne(userId, id);
    this.changes.tell();
    return isEnded;
  }

  async endOthers(userId: string, exceptId: string): Promise<void> {
    await this.database.system.sessions.removeOthers(userId, exceptId);
    this.changes.tell();
  }

  async end(token: Secret): Promise<void> {
    await this.database.system.sessions.remove(hashToken(token));
    this.changes.tell();
  }
}

function sessionView(session: ListedSession) {
  const { createdAt, lastSeenAt, expiresAt, ...rest } = session;
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** As the browser calls itself: shown to its owner alone, and still not believed. */
function userAgentOf(request: Request): string | null {
  const said = request.get('user-agent');
  if (said === undefined) return null;
  return said.replaceAll(/[^\x20-\x7e]/g, '').slice(0, USER_AGENT_CHARACTERS_MAX);
}

/** A user as the outside sees one. */
export function userOf(record: UserRecord): User {
  const { id, email, name, isInstanceAdmin, createdAt } = record;
  return { id, email, name, isInstanceAdmin, createdAt: createdAt.toISOString() };
}
