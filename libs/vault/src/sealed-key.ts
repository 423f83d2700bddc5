import { Secret } from '#kernel';

import { encrypt, decrypt, ENVELOPE_BYTES } from './cipher.ts';
import type { MasterKey } from './master-key.ts';
import { VaultError } from './vault-error.ts';

const VERSION = 'v1';
const SEALED = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

/**
 * Encrypts a destination's stream key for the database. The sealed form is bound to `ownerId`:
 * copied to another row, it does not open.
 *
 *     v1 . <key id> . base64url( nonce 12 | ciphertext | tag 16 )
 */
export function sealKey(master: MasterKey, ownerId: string, secret: Secret): string {
  const { id, bytes: key } = master.sealing();
  const bytes = encrypt(key, bindingOf(id, ownerId), Buffer.from(secret.reveal(), 'utf8'));
  return `${VERSION}.${id}.${bytes.toString('base64url')}`;
}

/** @throws VaultError `SEALED_INVALID`, `SEALED_BY_ANOTHER_KEY` or `SEALED_TAMPERED`. */
export function openKey(master: MasterKey, ownerId: string, sealed: string): Secret {
  const { keyId, bytes } = readSealed(sealed);
  const key = master.opening(keyId);
  if (key === undefined) {
    throw new VaultError(
      'SEALED_BY_ANOTHER_KEY',
      'This stream key was stored under another master key; ' +
        'bring that key back or enter the stream key anew.',
    );
  }
  try {
    return new Secret(decrypt(key, bindingOf(keyId, ownerId), bytes).toString('utf8'));
  } catch (cause) {
    throw new VaultError(
      'SEALED_TAMPERED',
      'This stored stream key was changed or moved to another place; enter the stream key anew.',
      { cause },
    );
  }
}

/**
 * Which master key a sealed form needs, for finding what is left to re-seal.
 *
 * @throws VaultError `SEALED_INVALID`.
 */
export function sealingKeyId(sealed: string): string {
  return readSealed(sealed).keyId;
}

function readSealed(sealed: string): { readonly keyId: string; readonly bytes: Buffer } {
  const [, keyId = '', encoded = ''] = SEALED.exec(sealed) ?? [];
  const bytes = Buffer.from(encoded, 'base64url');
  if (keyId === '' || bytes.length < ENVELOPE_BYTES) {
    throw new VaultError('SEALED_INVALID', 'This stored stream key is not in a form known here.');
  }
  return { keyId, bytes };
}

function bindingOf(keyId: string, ownerId: string): Buffer {
  return Buffer.from(`forkcast sealed key ${VERSION}\0${keyId}\0${ownerId}`, 'utf8');
}
