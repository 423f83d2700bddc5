import { Inject, Injectable } from '@nestjs/common';
import type { ChangePasswordBody } from '#control';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { countAttempt } from './attempts.ts';
import { PasswordWork } from './password-work.ts';
import type { Principal } from './principal.ts';
import { Sessions } from './sessions.ts';

/** Somebody at a screen that was left open must not be able to guess. */
const ATTEMPT_LIMITS = { attempts: 5, windowMs: 300_000, keysMax: 10_000 };

@Injectable()
export class ChangePassword {
  readonly #attempts: AttemptLimiter;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#attempts = new AttemptLimiter(ATTEMPT_LIMITS, clock);
  }

  /** Rejects with NOT_ALLOWED for tokens, PASSWORD_WRONG or TOO_MANY_ATTEMPTS. */
  async run(principal: Principal, body: ChangePasswordBody): Promise<void> {
    if (principal.kind !== 'user') {
      throw new ProblemError('NOT_ALLOWED', 'A token has no password; sign in to change yours.');
    }
    const { id } = principal.user;
    countAttempt(this.#attempts, id);
    const { users } = this.database.system;
    const matches = await this.passwords.verify(body.currentPassword, await users.passwordHash(id));
    if (!matches) throw new ProblemError('PASSWORD_WRONG');
    await users.setPasswordHash(id, await this.passwords.hash(body.newPassword));
    await this.sessions.endOthers(id, principal.sessionId);
    this.#attempts.forget(id);
  }
}
