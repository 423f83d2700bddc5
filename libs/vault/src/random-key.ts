import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import { Secret } from '#kernel';

const INGEST_KEY_PREFIX = 'fc_';
const INGEST_KEY_BYTES = 24;
const TOKEN_PREFIX = 'fct_';
const TOKEN_BYTES = 32;

/**
 * A stream key for an encoder: `fc_` and 192 random bits, safe in a URL and in any encoder's form.
 */
export function newIngestKey(): Secret {
  return new Secret(INGEST_KEY_PREFIX + randomBytes(INGEST_KEY_BYTES).toString('base64url'));
}

/** An API token, session id or set-up link: `fct_` and 256 random bits. */
export function newToken(): Secret {
  return new Secret(TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url'));
}

/** SHA-256 in hex. A plain hash is enough for values that are random: there is nothing to guess. */
export function hashIngestKey(key: Secret): string {
  return sha256(key);
}

/** SHA-256 in hex, as for ingest keys. */
export function hashToken(token: Secret): string {
  return sha256(token);
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function equalHashes(one: string, other: string): boolean {
  const oneBytes = Buffer.from(one, 'utf8');
  const otherBytes = Buffer.from(other, 'utf8');
  return oneBytes.length === otherBytes.length && timingSafeEqual(oneBytes, otherBytes);
}

function sha256(secret: Secret): string {
  return createHash('sha256').update(secret.reveal(), 'utf8').digest('hex');
}
