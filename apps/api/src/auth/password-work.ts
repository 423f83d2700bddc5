import { Injectable } from '@nestjs/common';
import { Secret } from '#kernel';
import { hashPassword, verifyPassword } from '#vault';

/** Passwords hashed at once: each takes 19 MiB and a thread of four. */
const AT_ONCE_MAX = 4;

/** Hashes passwords, a few at a time, so that many sign-ins at once do not take the memory. */
@Injectable()
export class PasswordWork {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hashPassword(new Secret(password)));
  }

  /** Takes its time for an unknown account (`stored` undefined), too. */
  verify(password: string, stored: string | undefined): Promise<boolean> {
    return this.#inTurn(() => verifyPassword(new Secret(password), stored));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE_MAX) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The turn is handed over, or given back.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
