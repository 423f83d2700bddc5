import { createHash, randomBytes } from 'node:crypto';

import { VaultError } from './vault-error.ts';

const MASTER_KEY_BYTES = 32;
const KEY_ID_CHARS = 8;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
/** How often the place of the keys is looked at: a process follows a rotation so soon. */
export const LOOK_MS = 1_000;

/** The key that seals now and those that were it before, in base64. */
export interface KeyTexts {
  readonly current: string;
  readonly previous: readonly string[];
}

/** Reads the place of the keys anew. Throws when it cannot be read. */
export type KeyReader = () => KeyTexts;

interface Key {
  /** Says which key sealed something, and nothing about the key. */
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * The key that seals all others, and those before it, which still open what they sealed. It does
 * not print, and `sealing`, `opening` and `all` are for this room alone.
 *
 * While a rotation is under way, somebody may have sealed with a key that was put in its place a
 * moment ago: the place is read anew for a key that is not known, and before something is sealed,
 * once a second at most.
 */
export class MasterKey {
  #current: Key;
  readonly #previous = new Map<string, Buffer>();
  readonly #read: KeyReader | undefined;
  readonly #nowMs: () => number;
  #lookedAtMs: number;

  private constructor(texts: KeyTexts, read: KeyReader | undefined, nowMs: () => number) {
    this.#current = keyOf(texts.current);
    this.#remember(texts.previous);
    this.#read = read;
    this.#nowMs = nowMs;
    this.#lookedAtMs = nowMs();
  }

  /**
   * Reads 32 bytes in base64 or base64url; white space around them is passed over.
   *
   * @throws VaultError `MASTER_KEY_INVALID`.
   */
  static fromBase64(text: string): MasterKey {
    return MasterKey.fromTexts({ current: text, previous: [] });
  }

  /**
   * The same with the keys before it; `read` where they may be replaced while the process runs.
   *
   * @throws VaultError `MASTER_KEY_INVALID`.
   */
  static fromTexts(
    texts: KeyTexts,
    read?: KeyReader,
    nowMs: () => number = () => performance.now(),
  ): MasterKey {
    return new MasterKey(texts, read, nowMs);
  }

  /** Of the key that seals now. */
  get id(): string {
    return this.#current.id;
  }

  /** Of the keys before it that are here. */
  get previousIds(): readonly string[] {
    return [...this.#previous.keys()];
  }

  toJSON(): { readonly id: string } {
    return { id: this.id };
  }

  sealing(): Key {
    this.#look();
    return this.#current;
  }

  /** The one that seals now, and behind it those before it. */
  all(): readonly Key[] {
    return [this.sealing(), ...[...this.#previous].map(([id, bytes]) => ({ id, bytes }))];
  }

  /** Undefined: no such key is here. */
  opening(id: string): Buffer | undefined {
    const known = this.#known(id);
    if (known !== undefined) return known;
    this.#look();
    return this.#known(id);
  }

  #known(id: string): Buffer | undefined {
    return id === this.#current.id ? this.#current.bytes : this.#previous.get(id);
  }

  #look(): void {
    const nowMs = this.#nowMs();
    if (this.#read === undefined || nowMs - this.#lookedAtMs < LOOK_MS) return;
    this.#lookedAtMs = nowMs;
    try {
      const { current, previous } = this.#read();
      const next = keyOf(current);
      this.#previous.set(this.#current.id, this.#current.bytes);
      this.#remember(previous);
      this.#previous.delete(next.id);
      this.#current = next;
    } catch {
      // Somebody is at it: what is known serves until the next look.
    }
  }

  #remember(texts: readonly string[]): void {
    for (const { id, bytes } of texts.map((text) => keyOf(text))) {
      if (id !== this.#current.id) this.#previous.set(id, bytes);
    }
  }
}

/** 32 random bytes in base64. */
export function newMasterKeyText(): string {
  return randomBytes(MASTER_KEY_BYTES).toString('base64');
}

function keyOf(text: string): Key {
  const trimmed = text.trim();
  const bytes = BASE64.test(trimmed) ? Buffer.from(trimmed, 'base64') : Buffer.alloc(0);
  if (bytes.length !== MASTER_KEY_BYTES) {
    throw new VaultError(
      'MASTER_KEY_INVALID',
      `The master key is not ${MASTER_KEY_BYTES} bytes in base64; ` +
        `make one with: openssl rand -base64 ${MASTER_KEY_BYTES}`,
    );
  }
  const id = createHash('sha256')
    .update('forkcast master key id\0')
    .update(bytes)
    .digest('hex')
    .slice(0, KEY_ID_CHARS);
  return { id, bytes };
}
