import { Secret } from '#kernel';
import { describe, expect, it } from 'vitest';

import { equalHashes, hashIngestKey, hashToken, newIngestKey, newToken } from './random-key.ts';

describe('keys and tokens', () => {
  it('have their prefix, their length and no repetition', () => {
    expect(newIngestKey().reveal()).toMatch(/^fc_[A-Za-z0-9_-]{32}$/);
    expect(newToken().reveal()).toMatch(/^fct_[A-Za-z0-9_-]{43}$/);
    const many = Array.from({ length: 100 }, () => newIngestKey().reveal());
    expect(new Set(many).size).toBe(100);
  });

  it('are stored as SHA-256 in hex', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(hashIngestKey(new Secret('abc'))).toBe(abc);
    expect(hashToken(new Secret('abc'))).toBe(abc);
  });

  it('are compared by their hashes, of any length', () => {
    expect(equalHashes('ab12', 'ab12')).toBe(true);
    expect(equalHashes('ab12', 'ab13')).toBe(false);
    expect(equalHashes('ab12', 'ab1')).toBe(false);
    expect(equalHashes('', '')).toBe(true);
  });
});
