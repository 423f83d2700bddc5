import type { InputRole } from '#contracts';
import type { InputRole } from '#contracts';
import type { Clock } from '#kernel';
import { StoreStanding } from './store-standing.ts';

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
  /** Which of the stream's inputs it opens. */
  readonly role: InputRole;
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
  readonly #keeper: KeyKeeper | undefined;
  readonly #standing: StoreStanding;
  readonly #entries = new Map<string, Entry>();

  constructor(
    lookup: KeyLookup,
    clock: Clock,
    keeper?: KeyKeeper,
    standing = new StoreStanding(clock),
  ) {
    this.#lookup = lookup;
    this.#clock = clock;
    this.#keeper = keeper;
    this.#standing = standing;
  }

  /** What a process before this one was told of a key. */
  recall(keyHash: string, holder: KeyHolder, age: { readonly ms: number; readonly msMax: number }) {
    const askedAtMs = this.#clock.monotonicMs() - age.ms;
    this.#remember(keyHash, { holder, askedAtMs, staleMsMax: age.msMax });
  }

  /**
   * Errors: rejects with the lookup's own error when the database is away and no young enough
   * answer is known.
   */
  async holderOf(keyHash: string): Promise<KeyHolder | undefined> {
    const known = this.#entries.get(keyHash);
    const ageMs = known === undefined ? Infinity : this.#clock.monotonicMs() - known.askedAtMs;
    if (known !== undefined && ageMs <= FRESH_MS) return known.holder;
    const isUsable = known !== undefined && ageMs <= known.staleMsMax;
    const asked = this.#ask(keyHash);
    if (isUsable && this.#standing.isAway) {
      // The store is asked all the same: its answer is for the next time.
      asked.catch(() => undefined);
      return known.holder;
    }
    try {
      return await asked;
    } catch (error) {
      if (isUsable) return known.holder;
      throw error;
    }
  }

  async #ask(keyHash: string): Promise<KeyHolder | undefined> {
    const holder = await this.#standing.ask(() => this.#lookup(keyHash));
    const before = this.#entries.get(keyHash);
    this.#entries.delete(keyHash);
    if (holder === undefined) {
      if (before !== undefined) this.#keeper?.dropKey(keyHash, before.holder.streamId);
      return undefined;
    }
    const askedAtMs = this.#clock.monotonicMs();
    this.#remember(keyHash, { holder, askedAtMs, staleMsMax: STALE_MAX_MS });
    this.#keeper?.keepKey(keyHash, holder);
    return holder;
  }

  #remember(keyHash: string, entry: Entry): void {
    this.#entries.set(keyHash, entry);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > ENTRIES_MAX && !oldest.done) this.#entries.delete(oldest.value);
  }
}
