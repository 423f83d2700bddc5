import { encrypt, decrypt, ENVELOPE_BYTES } from './cipher.ts';
import type { MasterKey } from './master-key.ts';
import { VaultError } from './vault-error.ts';

const MAGIC = Buffer.from('fcs1', 'latin1');
const KEY_ID_CHARS = 8;
const HEAD_BYTES = MAGIC.length + KEY_ID_CHARS;
/** How much longer sealed bytes are than the bytes themselves. */
export const SEAL_BYTES = HEAD_BYTES + ENVELOPE_BYTES;

/**
 * Encrypts bytes for a place that others may read, a disk. They are bound to `context`: what it is,
 * and whose. Put in another place, they do not open.
 *
 *     'fcs1' | key id 8 | nonce 12 | ciphertext | tag 16
 */
export function sealBytes(master: MasterKey, context: string, bytes: Uint8Array): Buffer {
  const { id, bytes: key } = master.sealing();
  const sealed = encrypt(key, bindingOf(id, context), bytes);
  return Buffer.concat([MAGIC, Buffer.from(id, 'latin1'), sealed]);
}

/** @throws VaultError `SEALED_INVALID`, `SEALED_BY_ANOTHER_KEY` or `SEALED_TAMPERED`. */
export function openBytes(master: MasterKey, context: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < SEAL_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new VaultError('SEALED_INVALID', 'These bytes are not in a sealed form known here.');
  }
  const keyId = bytes.toString('latin1', MAGIC.length, HEAD_BYTES);
  const key = master.opening(keyId);
  if (key === undefined) {
    throw new VaultError(
      'SEALED_BY_ANOTHER_KEY',
      'These bytes were sealed under another master key.',
    );
  }
  try {
    return decrypt(key, bindingOf(keyId, context), bytes.subarray(HEAD_BYTES));
  } catch (cause) {
    throw new VaultError(
      'SEALED_TAMPERED',
      'These sealed bytes were changed, torn, or moved to another place.',
      { cause },
    );
  }
}

function bindingOf(keyId: string, context: string): Buffer {
  return Buffer.from(`forkcast sealed bytes v1\0${keyId}\0${context}`, 'utf8');
}
