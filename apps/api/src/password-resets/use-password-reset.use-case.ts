import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import type { UserRecord } from '#persistence';
import { AuditLog } from '../audit/audit-log.ts';
import { AccessChanges } from '../auth/access-changes.ts';
import { AttemptLimiter } from '../auth/attempt-limiter.ts';
import { countAttemptFrom, hashOfLink, LINK_ATTEMPT_LIMITS } from '../auth/attempts.ts';
import { PasswordWork } from '../auth/password-work.ts';
import { NO_WORKSPACE } from '../auth/principal.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { OpenPasswordReset, UsePasswordResetBody } from './password-reset-bodies.ts';

/** How somebody with a link gets in again. */
@Injectable()
export class UsePasswordReset {
  readonly #attempts: AttemptLimiter;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(AccessChanges) private readonly changes: AccessChanges,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#attempts = new AttemptLimiter(LINK_ATTEMPT_LIMITS, clock);
  }

  /** Rejects with PASSWORD_RESET_INVALID or TOO_MANY_ATTEMPTS. */
  async read(token: string, address: string): Promise<OpenPasswordReset> {
    countAttemptFrom(this.#attempts, address);
    const found = await this.database.system.passwordResets.find(hashOfLink(token), this.#now());
    if (found === undefined) throw new ProblemError('PASSWORD_RESET_INVALID');
    const { email, expiresAt } = found;
    return { email, expiresAt: expiresAt.toISOString() };
  }

  /**
   * They are signed out everywhere: whoever knew the old password is, too. Rejects as `read` does.
   */
  async run({ token, password }: UsePasswordResetBody, request: Request): Promise<UserRecord> {
    // It is not hashed for whoever holds no link.
    await this.read(token, request.ip ?? '');
    const passwordHash = await this.passwords.hash(password);
    const { passwordResets } = this.database.system;
    const user = await passwordResets.use(hashOfLink(token), this.#now(), passwordHash);
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
