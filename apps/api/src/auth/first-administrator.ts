import { Inject, Injectable } from '@nestjs/common';
import type { SetUpBody } from '#contracts';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import type { UserRecord } from '#persistence';
import { hashToken, newToken } from '#vault';
import type { ApiEnvironment } from '../env.ts';
import { CLOCK, ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { countAttemptFrom, hashOfLink, LINK_ATTEMPT_LIMITS } from './attempts.ts';
import { PasswordWork } from './password-work.ts';

const LINK_LIFETIME_MS = 24 * 3_600_000;

/** How the first person gets in: by the environment, else by a link that works once. */
@Injectable()
export class FirstAdministrator {
  readonly #attempts: AttemptLimiter;
  #someoneExists = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#attempts = new AttemptLimiter(LINK_ATTEMPT_LIMITS, clock);
  }

  /**
   * Once per start. Gives the path of a new set-up link when there is nobody and the environment
   * names nobody.
   */
  async prepare(): Promise<string | undefined> {
    if (!(await this.isPending())) return undefined;
    const { FORKCAST_ADMIN_EMAIL: email, FORKCAST_ADMIN_PASSWORD: password } = this.environment;
    if (email !== undefined && password !== undefined) {
      const passwordHash = await this.passwords.hash(password);
      await this.database.system.users.createFirst({ email, passwordHash });
      return undefined;
    }
    const token = newToken();
    const expiresAt = new Date(this.clock.wallMs() + LINK_LIFETIME_MS);
    await this.database.system.users.saveSetUpToken(hashToken(token), expiresAt);
    return `/setup?token=${token.reveal()}`;
  }

  /** Whether there is nobody yet. Users are never unmade, so a yes once is a yes for good. */
  async isPending(): Promise<boolean> {
    this.#someoneExists ||= (await this.database.system.users.count()) > 0;
    return !this.#someoneExists;
  }

  /** Rejects with SET_UP_DONE, SET_UP_LINK_INVALID or TOO_MANY_ATTEMPTS. */
  async createWithToken(body: SetUpBody, address: string): Promise<UserRecord> {
    countAttemptFrom(this.#attempts, address);
    if (!(await this.isPending())) {
      const sentence = 'Forkcast is set up already; sign in instead.';
      throw new ProblemError('SET_UP_DONE', sentence, { status: 409 });
    }
    const passwordHash = await this.passwords.hash(body.password);
    const tokenHash = hashOfLink(body.token);
    const { email } = body;
    const user = await this.database.system.users.createFirstWithToken(tokenHash, {
      email,
      passwordHash,
    });
    if (user !== undefined) return user;
    const sentence = 'This link is no longer good; restart Forkcast to get a new one.';
    throw new ProblemError('SET_UP_LINK_INVALID', sentence, { status: 403 });
  }
}
