import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { Secret } from '#kernel';

import type { MasterKey } from './master-key.ts';
import { VaultError } from './vault-error.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';
const SEALED = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

/**
 * Encrypts a destination's stream key for the database. The sealed form is bound to `ownerId`:
 * copied to another row, it does not open.
 *
 *     v1 . <key id> . base64url( nonce 12 | ciphertext | tag 16 )
 */
export function sealKey(master: MasterKey, ownerId: string, secret: Secret): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, master.bytes(), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bindingOf(master.id, ownerId));
  const parts = [
    nonce,
    cipher.update(secret.reveal(), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ];
  return `${VERSION}.${master.id}.${Buffer.concat(parts).toString('base64url')}`;
}

/** @throws VaultError `SEALED_INVALID`, `SEALED_BY_ANOTHER_KEY` or `SEALED_TAMPERED`. */
export function openKey(master: MasterKey, ownerId: string, sealed: string): Secret {
  const { keyId, bytes } = readSealed(sealed);
  if (keyId !== master.id) {
    throw new VaultError(
      'SEALED_BY_ANOTHER_KEY',
      'This stream key was stored under another master key; ' +
        'bring that key back or enter the stream key anew.',
    );
  }
  const tagAt = bytes.length - TAG_BYTES;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, master.bytes(), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bindingOf(keyId, ownerId));
  decipher.setAuthTag(bytes.subarray(tagAt));
  const opened = decipher.update(bytes.subarray(NONCE_BYTES, tagAt));
  try {
    return new Secret(Buffer.concat([opened, decipher.final()]).toString('utf8'));
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
  if (keyId === '' || bytes.length < NONCE_BYTES + TAG_BYTES) {
    throw new VaultError('SEALED_INVALID', 'This stored stream key is not in a form known here.');
  }
  return { keyId, bytes };
}

function bindingOf(keyId: string, ownerId: string): Buffer {
  return Buffer.from(`forkcast sealed key ${VERSION}\0${keyId}\0${ownerId}`, 'utf8');
}
