import { argon2Sync } from 'node:crypto';

import { Secret } from '#kernel';
import { describe, expect, it } from 'vitest';

import { hashPassword, verifyPassword } from './password.ts';

const password = new Secret('correct horse');

describe('a password', () => {
  it('is verified by its own hash and by no other password', async () => {
    const stored = await hashPassword(password);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
    expect(await verifyPassword(password, stored)).toBe(true);
    expect(await verifyPassword(new Secret('correct horsf'), stored)).toBe(false);
  });

  it('is salted', async () => {
    expect(await hashPassword(password)).not.toBe(await hashPassword(password));
  });

  it('is verified with the parameters of its hash, not with those of today', async () => {
    const salt = Buffer.alloc(16, 5);
    const parameters = { parallelism: 1, tagLength: 32, memory: 64, passes: 3 };
    const hash = argon2Sync('argon2id', { ...parameters, message: 'old', nonce: salt });
    const parts = [salt, hash].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
    const stored = `$argon2id$v=19$m=64,t=3,p=1$${parts.join('$')}`;
    expect(await verifyPassword(new Secret('old'), stored)).toBe(true);
    expect(await verifyPassword(new Secret('new'), stored)).toBe(false);
  });

  it('is the same however the system composes its letters', async () => {
    const stored = await hashPassword(new Secret('caf\u00e9'));
    expect(await verifyPassword(new Secret('cafe\u0301'), stored)).toBe(true);
  });

  it('of an unknown account is wrong', async () => {
    expect(await verifyPassword(password, undefined)).toBe(false);
  });

  const tail = `$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  it.each([
    '',
    'plain',
    `$argon2i$v=19$m=19456,t=2,p=1${tail}`,
    `$argon2id$v=19$m=262145,t=2,p=1${tail}`,
    `$argon2id$v=19$m=19456,t=11,p=1${tail}`,
    `$argon2id$v=19$m=19456,t=2,p=5${tail}`,
    `$argon2id$v=19$m=7,t=2,p=1${tail}`,
    `$argon2id$v=19$m=19456,t=0,p=1${tail}`,
  ])('stored as %j is refused before any work', async (stored) => {
    await expect(verifyPassword(password, stored)).rejects.toMatchObject({
      code: 'PASSWORD_HASH_INVALID',
    });
  });
});
