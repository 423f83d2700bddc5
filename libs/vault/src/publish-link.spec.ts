import { Secret } from '#kernel';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  newSigningKey,
  PUBLISH_LINK_PREFIX,
  readPublishLink,
  signPublishLink,
  verifyPublishLink,
} from './publish-link.ts';

const key = newSigningKey();
const links = fc.record({
  streamId: fc.uuid(),
  expiresAtS: fc.integer({ min: 0, max: 0xff_ff_ff_ff }),
  once: fc.boolean(),
  input: fc.constantFrom('primary', 'backup'),
});
const one = {
  streamId: '0190f0c0-0000-7000-8000-00000000002a',
  expiresAtS: 1_900_000_000,
  once: true,
  input: 'backup',
} as const;

describe('a publish link', () => {
  it('says what was signed, whatever that is', () => {
    fc.assert(
      fc.property(links, (link) => {
        const read = readPublishLink(signPublishLink(key, link));
        expect(read).toMatchObject(link);
        expect(read !== undefined && verifyPublishLink(key, read)).toBe(true);
      }),
    );
  });

  it('is one word that any encoder takes', () => {
    expect(signPublishLink(key, one).reveal()).toMatch(/^fcl_[A-Za-z0-9_-]{62}$/);
  });

  it('is another one each time', () => {
    expect(signPublishLink(key, one).reveal()).not.toBe(signPublishLink(key, one).reveal());
  });

  it('is not believed under the key of another stream', () => {
    const read = readPublishLink(signPublishLink(newSigningKey(), one));
    expect(read !== undefined && verifyPublishLink(key, read)).toBe(false);
  });

  it('is not believed when any one bit of it was changed', () => {
    const bytes = Buffer.from(signPublishLink(key, one).reveal().slice(4), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const read = readPublishLink(new Secret(`fcl_${changed.toString('base64url')}`));
      expect(read !== undefined && verifyPublishLink(key, read), `bit ${bit}`).toBe(false);
    }
  });

  it('is not one in any other spelling', () => {
    const text = signPublishLink(key, one).reveal();
    const others = [text.slice(0, -1), `${text}A`, `${text}=`, text.replace('fcl_', 'fc_'), ''];
    // 46 bytes leave four bits of the last character without a meaning.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(text.at(-1) ?? '');
    others.push(text.slice(0, -1) + (alphabet[last ^ 1] ?? ''));
    for (const other of others) expect(readPublishLink(new Secret(other))).toBeUndefined();
  });

  it('is no reason to fail, whatever an encoder gives as its stream name', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, prefixed) => {
        const name = new Secret(prefixed ? PUBLISH_LINK_PREFIX + text : text);
        const read = readPublishLink(name);
        expect(read === undefined || !verifyPublishLink(key, read)).toBe(true);
      }),
    );
  });
});
