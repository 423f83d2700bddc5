import { createHmac } from 'node:crypto';

import type { Secret } from '#kernel';

import type { MasterKey } from './master-key.ts';

/**
 * Says that two destinations have the same key at the same host, and nothing else. Another master
 * key gives other ones: `npm run rotate-master-key` makes them anew.
 */
export function keyFingerprint(master: MasterKey, host: string, key: Secret): string {
  return hmac(
    master,
    `forkcast key fingerprint v1\0${host.toLowerCase()}\0${key.reveal()}`,
  ).toString('base64url');
}

/** A key for one purpose, the same in every process that has this master key. */
export function deriveKey(master: MasterKey, purpose: string): Buffer {
  return hmac(master, `forkcast derived key v1\0${purpose}`);
}

function hmac(master: MasterKey, text: string): Buffer {
  return createHmac('sha256', master.sealing().bytes).update(text, 'utf8').digest();
}
