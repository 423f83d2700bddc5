import { Inject, Injectable } from '@nestjs/common';
import type { SignInBody } from '#contracts';
import type { Clock } from '#kernel';
import { addressGroup } from '#net';
import { Database } from '#persistence';
import type { UserRecord } from '#persistence';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { refuseAfter } from './attempts.ts';
import { PasswordWork } from './password-work.ts';

const WINDOW_MS = 900_000;
const KEYS_MAX = 10_000;
/** One account from one address (of IPv6: one /64): somebody who forgot. */
const PAIR_LIMITS = { attempts: 5, windowMs: WINDOW_MS / 3, keysMax: KEYS_MAX };
/** One address, whatever the accounts: somebody who tries a list. */
const ADDRESS_LIMITS = { attempts: 30, windowMs: WINDOW_MS, keysMax: KEYS_MAX };
/** One account, whatever the addresses. High, so that nobody can lock the owner out by trying. */
const ACCOUNT_LIMITS = { attempts: 100, windowMs: WINDOW_MS, keysMax: KEYS_MAX };

/** Checks a password, no faster than a person types. */
@Injectable()
export class SignIn {
  readonly #pairs: AttemptLimiter;
  readonly #addresses: AttemptLimiter;
  readonly #accounts: AttemptLimiter;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#pairs = new AttemptLimiter(PAIR_LIMITS, clock);
    this.#addresses = new AttemptLimiter(ADDRESS_LIMITS, clock);
    this.#accounts = new AttemptLimiter(ACCOUNT_LIMITS, clock);
  }

  /**
   * Rejects with SIGN_IN_REFUSED, the same for a wrong account and a wrong password, or
   * TOO_MANY_ATTEMPTS.
   */
  async check(body: SignInBody, address: string): Promise<UserRecord> {
    this.#count(body.email, address);
    const user = await this.database.system.users.findByEmail(body.email);
    const matches = await this.passwords.verify(body.password, user?.passwordHash);
    if (user === undefined || !matches) {
      const sentence = 'This e-mail address and password do not belong together.';
      throw new ProblemError('SIGN_IN_REFUSED', sentence, { status: 401 });
    }
    this.#pairs.forget(pairOf(body.email, address));
    return user;
  }

  /** Counted before the password is looked at, so that many at once are counted too. */
  #count(email: string, address: string): void {
    const waitMs = Math.max(
      this.#addresses.attempt(addressGroup(address)),
      this.#pairs.attempt(pairOf(email, address)),
      this.#accounts.attempt(email),
    );
    refuseAfter(waitMs);
  }
}

function pairOf(email: string, address: string): string {
  return `${addressGroup(address)} ${email}`;
}
