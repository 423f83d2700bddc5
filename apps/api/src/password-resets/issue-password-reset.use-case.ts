import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import { hashToken, newToken } from '#vault';
import { AuditLog } from '../audit/audit-log.ts';
import type { Principal } from '../auth/principal.ts';
import type { ApiEnvironment } from '../env.ts';
import { CLOCK, ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { NewPasswordReset } from './password-reset-bodies.ts';

const LINK_LIFETIME_MS = 24 * 3_600_000;

/** How somebody who has forgotten a password is helped, where no mail can be sent. */
@Injectable()
export class IssuePasswordReset {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The link goes to whoever asks, this once: they know how to reach the person. Until it is used,
   * nothing changes. Rejects with USER_NOT_FOUND.
   */
  async run(userId: string, by: Principal, request: Request): Promise<NewPasswordReset> {
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
}
