import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Secret } from '#kernel';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import type { UserRecord } from '#persistence';
import { hashToken, newToken } from '#vault';
import { AuditLog } from '../audit/audit-log.ts';
import { AccessChanges } from '../auth/access-changes.ts';
import { AttemptLimiter } from '../auth/attempt-limiter.ts';
import { countAttemptFrom } from '../auth/attempts.ts';
import { PasswordWork } from '../auth/password-work.ts';
import { NO_WORKSPACE, type Principal } from '../auth/principal.ts';
import type { ApiEnvironment } from '../env.ts';
import { CLOCK, ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type {
  NewPasswordReset,
  OpenPasswordReset,
  UsePasswordResetBody,
} from './password-reset-bodies.ts';

const LINK_LIFETIME_MS = 24 * 3_600_000;
/** Guesses at 256 random bits are hopeless; this spares the hashing. */
const ATTEMPT_LIMITS = { attempts: 20, windowMs: 900_000, keysMax: 10_000 };

/** How somebody who has forgotten a password gets in again, where no mail can be sent. */
@Injectable()
export class PasswordResets {
  readonly #attempts: AttemptLimiter;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(AccessChanges) private readonly changes: AccessChanges,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#attempts = new AttemptLimiter(ATTEMPT_LIMITS, clock);
  }

  /**
   * The link goes to whoever asks, this once: they know how to reach the person. Until it is used,
   * nothing changes. Rejects with USER_NOT_FOUND.
   */
  async issue(userId: string, by: Principal, request: Request): Promise<NewPasswordReset> {
    const user = await this.database.system.users.find(userId);
    if (user === undefined) throw new ProblemError('USER_NOT_FOUND');
    const token = newToken();
    const expiresAt = new Date(this.clock.wallMs() + LINK_LIFETIME_MS);
    await this.database.system.passwordResets.save(user.id, hashToken(token), expiresAt);
    const target = { kind: 'user', id: user.id, name: user.email };
    await this.audit.write(by, request, { action: 'password-reset.create', target });
    const base = this.environment.FORKCAST_PUBLIC_URL?.replace(/\/+$/, '') ?? '';
    const link = `${base}/reset?token=${token.reveal()}`;
    return { email: user.email, link, expiresAt: expiresAt.toISOString() };
  }

  /** Rejects with PASSWORD_RESET_INVALID or TOO_MANY_ATTEMPTS. */
  async read(token: string, address: string): Promise<OpenPasswordReset> {
    countAttemptFrom(this.#attempts, address);
    const found = await this.database.system.passwordResets.find(hashOf(token), this.#now());
    if (found === undefined) throw new ProblemError('PASSWORD_RESET_INVALID');
    const { email, expiresAt } = found;
    return { email, expiresAt: expiresAt.toISOString() };
  }

  /**
   * They are signed out everywhere: whoever knew the old password is, too. Rejects as `read` does.
   */
  async use({ token, password }: UsePasswordResetBody, request: Request): Promise<UserRecord> {
    // It is not hashed for whoever holds no link.
    await this.read(token, request.ip ?? '');
    const passwordHash = await this.passwords.hash(password);
    const { passwordResets } = this.database.system;
    const user = await passwordResets.use(hashOf(token), this.#now(), passwordHash);
    if (user === undefined) throw new ProblemError('PASSWORD_RESET_INVALID');
    this.changes.tell();
    const { id, email: name } = user;
    await this.audit.writeOf({ kind: 'user', id, name, workspaceId: NO_WORKSPACE }, request, {
      action: 'password-reset.use',
      target: { kind: 'user', id, name },
    });
    return user;
  }

  #now(): Date {
    return new Date(this.clock.wallMs());
  }
}

function hashOf(token: string): string {
  return hashToken(new Secret(token));
}
