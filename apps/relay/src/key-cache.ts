import type { Clock } from '#kernel';

/** An answer this young is used without asking the database. */
const FRESH_MS = 2_000;
/**
 * While the database cannot be asked, an answer up to this age still lets an encoder in; then the
 * door stays shut.
 */
const STALE_MAX_MS = 600_000;
/** Keys remembered at most; the one unused the longest goes first. */
const ENTRIES_MAX = 10_000;

export interface KeyHolder {
  readonly streamId: string;
  readonly keyId: string;
}

interface Entry {
  readonly holder: KeyHolder;
  readonly askedAtMs: number;
}

/** Asks the database which stream a key hash belongs to. Rejects when it cannot be asked. */
export type KeyLookup = (keyHash: string) => Promise<KeyHolder | undefined>;

/**
 * Which stream a stream key opens, so that an encoder that comes back is let in even while Postgres
 * is away. Only keys that were found are remembered: wrong keys cannot fill it.
 */
export class KeyCache {
  readonly #lookup: KeyLookup;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(lookup: KeyLookup, clock: Clock) {
    this.#lookup = lookup;
    this.#clock = clock;
  }

  /**
   * Errors: rejects with the lookup's own error when the database is away and no young enough
   * answer is known.
   */
  async holderOf(keyHash: string): Promise<KeyHolder | undefined> {
    const known = this.#entries.get(keyHash);
    const ageMs = known === undefined ? Infinity : this.#clock.monotonicMs() - known.askedAtMs;
    if (known !== undefined && ageMs <= FRESH_MS) return known.holder;
    try {
      const holder = await this.#lookup(keyHash);
      this.#entries.delete(keyHash);
      if (holder !== undefined) this.#remember(keyHash, holder);
      return holder;
    } catch (error) {
      if (known !== undefined && ageMs <= STALE_MAX_MS) return known.holder;
      throw error;
    }
  }

  #remember(keyHash: string, holder: KeyHolder): void {
    this.#entries.set(keyHash, { holder, askedAtMs: this.#clock.monotonicMs() });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > ENTRIES_MAX && !oldest.done) this.#entries.delete(oldest.value);
  }
}
