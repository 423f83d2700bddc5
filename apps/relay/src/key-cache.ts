import type { InputRole } from '#contracts';
import type { Clock } from '#kernel';
import type { StoreStanding } from './store-standing.ts';

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
  /** When it stops working, on the wall's clock; null or absent: nobody has said so. */
  readonly expiresAtMs?: number | null;
}

/** A key that may let an encoder in before Postgres has spoken. */
export interface KnownKey {
  readonly hash: string;
  readonly holder: KeyHolder;
  readonly ageMs: number;
  /** The age up to which it does. */
  readonly staleMsMax: number;
}

interface Entry {
  readonly holder: KeyHolder;
  readonly askedAtMs: number;
  readonly staleMsMax: number;
}

interface KeySurroundings {
  /** Of Postgres. */
  readonly standing?: StoreStanding;
  /** Hears what Postgres says of keys, for the next process. */
  readonly keeper?: {
    keepKey(keyHash: string, holder: KeyHolder): void;
    dropKey(keyHash: string, streamId: string): void;
  };
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
  readonly #around: KeySurroundings;
  readonly #entries = new Map<string, Entry>();

  constructor(lookup: KeyLookup, clock: Clock, around: KeySurroundings = {}) {
    this.#lookup = lookup;
    this.#clock = clock;
    this.#around = around;
  }

  /** What a process before this one was told. */
  recall(keys: readonly KnownKey[]): void {
    const nowMs = this.#clock.monotonicMs();
    for (const { hash, holder, ageMs, staleMsMax } of keys) {
      this.#remember(hash, { holder, askedAtMs: nowMs - ageMs, staleMsMax });
    }
  }

  /**
   * Errors: rejects with the lookup's own error when the database is away and no young enough
   * answer is known.
   */
  async holderOf(keyHash: string): Promise<KeyHolder | undefined> {
    const known = this.#entries.get(keyHash);
    // Its end was told beforehand; nobody has to be asked.
    if (known !== undefined && this.#hasExpired(known.holder)) return undefined;
    const ageMs = known === undefined ? Infinity : this.#clock.monotonicMs() - known.askedAtMs;
    if (known !== undefined && ageMs <= FRESH_MS) return known.holder;
    const isUsable = known !== undefined && ageMs <= known.staleMsMax;
    const { standing } = this.#around;
    const ask = () => this.#ask(keyHash);
    if (standing === undefined) return isUsable ? ask().catch(() => known.holder) : ask();
    return isUsable ? standing.askOrRecall(ask, known.holder) : standing.ask(ask);
  }

  /**
   * Whether what is known of the key says that its time is over. False for a key that is not known.
   */
  hasExpired(keyHash: string): boolean {
    const known = this.#entries.get(keyHash);
    return known !== undefined && this.#hasExpired(known.holder);
  }

  /**
   * Asks anew for every key of the stream, however young the answer: its owner has changed them.
   * Rejects when the database is away; what was known then stands.
   */
  async recheck(streamId: string): Promise<void> {
    const hashes = [...this.#entries].flatMap(([hash, { holder }]) =>
      holder.streamId === streamId ? [hash] : [],
    );
    const { standing } = this.#around;
    for (const hash of hashes) {
      const ask = () => this.#ask(hash);
      await (standing === undefined ? ask() : standing.ask(ask));
    }
  }

  #hasExpired({ expiresAtMs }: KeyHolder): boolean {
    return typeof expiresAtMs === 'number' && expiresAtMs <= this.#clock.wallMs();
  }

  async #ask(keyHash: string): Promise<KeyHolder | undefined> {
    const holder = await this.#lookup(keyHash);
    const { keeper } = this.#around;
    const before = this.#entries.get(keyHash);
    this.#entries.delete(keyHash);
    if (holder === undefined) {
      if (before !== undefined) keeper?.dropKey(keyHash, before.holder.streamId);
      return undefined;
    }
    const askedAtMs = this.#clock.monotonicMs();
    this.#remember(keyHash, { holder, askedAtMs, staleMsMax: STALE_MAX_MS });
    keeper?.keepKey(keyHash, holder);
    return holder;
  }

  #remember(keyHash: string, entry: Entry): void {
    this.#entries.set(keyHash, entry);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > ENTRIES_MAX && !oldest.done) this.#entries.delete(oldest.value);
  }
}
