import { addressGroup } from '#net';
import type { Clock, Random } from '#kernel';

/** What guessing at keys may cost us, and what it costs whoever guesses. */
export const FAILED_KEY_LIMITS = {
  /** Different keys that are not known, from one address within `windowMs`. */
  keys: 10,
  windowMs: 60_000,
  /** With one more, nobody there is answered for so long. */
  blockMs: 60_000,
  /** A refusal waits up to so long: its time tells nothing, and guessing is slow. */
  delayMs: 1_000,
  /** An address is not blocked for so long after somebody there has published. */
  trustMs: 600_000,
  /** Remembered at most; the one heard of the longest ago goes first. */
  addresses: 10_000,
} as const;

export interface Penalty {
  /** How long the refusal waits. */
  readonly delayMs: number;
  /** From now on nothing from there is taken for so long; 0: it is. */
  readonly blockMs: number;
}

interface Tries {
  readonly firstAtMs: number;
  readonly keys: Set<string>;
}

/**
 * Who guesses at stream keys. An encoder that tries one wrong key again and again is no guesser,
 * and behind an address from which somebody publishes there may be a whole studio: neither is
 * blocked. What is live is never touched.
 */
export class FailedKeys {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tries = new Map<string, Tries>();
  readonly #blockedUntilMs = new Map<string, number>();
  readonly #trustedUntilMs = new Map<string, number>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  isBlocked(address: string): boolean {
    return (this.#blockedUntilMs.get(addressGroup(address)) ?? 0) > this.#clock.monotonicMs();
  }

  /** A publish from there had a key that is not known. */
  failed(address: string, keyHash: string): Penalty {
    const group = addressGroup(address);
    const delayMs = Math.floor(this.#random() * (FAILED_KEY_LIMITS.delayMs + 1));
    if (this.#countOf(group, keyHash) <= FAILED_KEY_LIMITS.keys || this.#isTrusted(group)) {
      return { delayMs, blockMs: 0 };
    }
    const { blockMs } = FAILED_KEY_LIMITS;
    remember(this.#blockedUntilMs, group, this.#clock.monotonicMs() + blockMs);
    this.#tries.delete(group);
    return { delayMs, blockMs };
  }

  /** Somebody there was let in. */
  succeeded(address: string): void {
    const untilMs = this.#clock.monotonicMs() + FAILED_KEY_LIMITS.trustMs;
    remember(this.#trustedUntilMs, addressGroup(address), untilMs);
  }

  #isTrusted(group: string): boolean {
    return (this.#trustedUntilMs.get(group) ?? 0) > this.#clock.monotonicMs();
  }

  #countOf(group: string, keyHash: string): number {
    const nowMs = this.#clock.monotonicMs();
    const before = this.#tries.get(group);
    const isOver = before === undefined || nowMs - before.firstAtMs >= FAILED_KEY_LIMITS.windowMs;
    const tries = isOver ? { firstAtMs: nowMs, keys: new Set<string>() } : before;
    // A trusted address may try any number of them.
    if (tries.keys.size <= FAILED_KEY_LIMITS.keys) tries.keys.add(keyHash);
    remember(this.#tries, group, tries);
    return tries.keys.size;
  }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > FAILED_KEY_LIMITS.addresses && !oldest.done) map.delete(oldest.value);
}
