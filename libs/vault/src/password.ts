import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Secret } from '#kernel';

import { VaultError } from './vault-error.ts';

/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** What a stored hash may ask of us: a row changed by hand must not take the machine's memory. */
const MEMORY_KIB_MAX = 262_144;
const PASSES_MAX = 10;
const LANES_MAX = 4;

interface PasswordHash {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/**
 * `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>`, base64 without padding (PHC string).
 */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([^$]{11,86})\$([^$]{22,86})$/;

/** Hashes on libuv's threads; the answer carries its parameters, so they can be raised later. */
export async function hashPassword(password: Secret): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const parameters = { memoryKib: MEMORY_KIB, passes: PASSES, lanes: LANES, salt };
  const hash = await derive(password, { ...parameters, hashBytes: HASH_BYTES });
  const cost = `m=${MEMORY_KIB},t=${PASSES},p=${LANES}`;
  return `$argon2id$v=19$${cost}$${unpadded(salt)}$${unpadded(hash)}`;
}

/**
 * Whether `password` is the one behind `stored`. Pass undefined for an unknown account: the work is
 * done all the same, so that the time of the answer does not tell which accounts exist. Rejects
 * with VaultError `PASSWORD_HASH_INVALID`.
 */
export async function verifyPassword(
  password: Secret,
  stored: string | undefined,
): Promise<boolean> {
  const expected = stored === undefined ? nobody() : parse(stored);
  const hash = await derive(password, { ...expected, hashBytes: expected.hash.length });
  return timingSafeEqual(hash, expected.hash) && stored !== undefined;
}

function nobody(): PasswordHash {
  const salt = Buffer.alloc(SALT_BYTES);
  const hash = Buffer.alloc(HASH_BYTES);
  return { memoryKib: MEMORY_KIB, passes: PASSES, lanes: LANES, salt, hash };
}

function parse(stored: string): PasswordHash {
  const [, memory, passes, lanes, salt = '', hash = ''] = PHC.exec(stored) ?? [];
  const parsed: PasswordHash = {
    memoryKib: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
  const inBounds =
    isWithin(parsed.lanes, 1, LANES_MAX) &&
    isWithin(parsed.passes, 1, PASSES_MAX) &&
    isWithin(parsed.memoryKib, 8 * parsed.lanes, MEMORY_KIB_MAX);
  if (!inBounds) {
    throw new VaultError('PASSWORD_HASH_INVALID', 'The stored password hash cannot be read.');
  }
  return parsed;
}

/** False for NaN, which is what an absent field becomes. */
function isWithin(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

interface Derivation extends Omit<PasswordHash, 'hash'> {
  readonly hashBytes: number;
}

function derive(password: Secret, derivation: Derivation): Promise<Buffer> {
  // NFKC: the same password typed on another system may arrive in other code points.
  const message = password.reveal().normalize('NFKC');
  const parameters = {
    message,
    nonce: derivation.salt,
    memory: derivation.memoryKib,
    passes: derivation.passes,
    parallelism: derivation.lanes,
    tagLength: derivation.hashBytes,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
