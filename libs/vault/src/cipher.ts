import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** NIST SP 800-38D: authenticated, with a random nonce of 96 bits and a tag of 128. */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What sealing adds to the bytes. */
export const ENVELOPE_BYTES = NONCE_BYTES + TAG_BYTES;

/** Gives `nonce | ciphertext | tag`. `binding` is no part of it; it must be the same to open. */
export function encrypt(key: Buffer, binding: Buffer, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(binding);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/**
 * `sealed` has at least `ENVELOPE_BYTES`.
 *
 * @throws Error of node:crypto when key, binding or bytes are not those it was sealed with.
 */
export function decrypt(key: Buffer, binding: Buffer, sealed: Uint8Array): Buffer {
  const tagAt = sealed.length - TAG_BYTES;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(binding);
  decipher.setAuthTag(sealed.subarray(tagAt));
  const opened = decipher.update(sealed.subarray(NONCE_BYTES, tagAt));
  return Buffer.concat([opened, decipher.final()]);
}
