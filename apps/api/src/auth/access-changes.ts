import { Injectable } from '@nestjs/common';

/**
 * Tells that somebody may do less than before: what is open on their behalf asks again. Of this
 * process alone; what other processes hold open asks by itself now and then.
 */
@Injectable()
export class AccessChanges {
  readonly #listeners = new Set<() => void>();

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
