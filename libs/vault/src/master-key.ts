import { createHash } from 'node:crypto';

import { VaultError } from './vault-error.ts';

export const MASTER_KEY_BYTES = 32;
const KEY_ID_CHARS = 8;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** The key that seals all others. It does not print, and `bytes()` is for this room alone. */
export class MasterKey {
  /** Says which key sealed something, and nothing about the key. */
  readonly id: string;
  readonly #bytes: Buffer;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.id = createHash('sha256')
      .update('forkcast master key id\0')
      .update(bytes)
      .digest('hex')
      .slice(0, KEY_ID_CHARS);
  }

  /**
   * Reads 32 bytes in base64 or base64url; white space around them is passed over.
   *
   * @throws VaultError `MASTER_KEY_INVALID`.
   */
  static fromBase64(text: string): MasterKey {
    const trimmed = text.trim();
    const bytes = BASE64.test(trimmed) ? Buffer.from(trimmed, 'base64') : Buffer.alloc(0);
    if (bytes.length !== MASTER_KEY_BYTES) {
      throw new VaultError(
        'MASTER_KEY_INVALID',
        `The master key is not ${MASTER_KEY_BYTES} bytes in base64; ` +
          `make one with: openssl rand -base64 ${MASTER_KEY_BYTES}`,
      );
    }
    return new MasterKey(bytes);
  }

  bytes(): Buffer {
    return this.#bytes;
  }
}
