import type { Random } from '#kernel';
import { seededRandom } from '#testing';

/** All chance of one run, from its seed. */
export class Chance {
  readonly random: Random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A whole number from `min` up to, not including, `max`. */
  between(min: number, max: number): number {
    return Math.floor(min + this.random() * (max - min));
  }

  once(share: number): boolean {
    return this.random() < share;
  }

  oneOf<T>(list: readonly T[]): T {
    const one = this.maybeOneOf(list);
    if (one === undefined) throw new Error('there is nothing to choose from');
    return one;
  }

  /** Undefined for an empty list. */
  maybeOneOf<T>(list: readonly T[]): T | undefined {
    return list[this.between(0, list.length)];
  }
}
