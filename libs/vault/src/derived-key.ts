import { createHmac } from 'node:crypto';

import type { Secret } from '#kernel';

import type { MasterKey } from './master-key.ts';

/**
 * Says that two destinations have the same key at the same host, and nothing else. Another master
 * key gives other ones: `npm run rotate-master-key` makes them anew.
 */
export function keyFingerprint(master: MasterKey, host: string, key: Secret): string {
  return hmac(
    master.sealing().bytes,
    `forkcast key fingerprint v1\0${host.toLowerCase()}\0${key.reveal()}`,
  ).toString('base64url');
}

/**
 * Keys for one purpose, the same in every process that has these master keys: of the current one,
 * and behind it of those before it, for processes that have not seen a rotation yet.
 */
export function deriveKeys(master: MasterKey, purpose: string): readonly Buffer[] {
  return master.all().map(({ bytes }) => hmac(bytes, `forkcast derived key v1\0${purpose}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
