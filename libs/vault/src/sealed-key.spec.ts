import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

import { Secret } from '#kernel';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MasterKey } from './master-key.ts';
import { openKey, sealingKeyId, sealKey } from './sealed-key.ts';

const master = MasterKey.fromBase64(randomBytes(32).toString('base64'));
const other = MasterKey.fromBase64(randomBytes(32).toString('base64'));
const secret = new Secret('live_42?bandwidthtest=true&ü=1');

describe('a sealed stream key', () => {
  it('opens to what was sealed, whatever the key contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = sealKey(master, 'destination-1', new Secret(text));
        expect(openKey(master, 'destination-1', sealed).reveal()).toBe(text);
      }),
    );
  });

  it('shows nothing of the key and is another one each time', () => {
    const one = sealKey(master, 'destination-1', secret);
    expect(one).not.toContain('live_42');
    expect(sealKey(master, 'destination-1', secret)).not.toBe(one);
    expect(sealingKeyId(one)).toBe(master.id);
  });

  it('does not open for another destination', () => {
    const sealed = sealKey(master, 'destination-1', secret);
    expect(() => openKey(master, 'destination-2', sealed)).toThrow(
      expect.objectContaining({ code: 'SEALED_TAMPERED' }),
    );
  });

  it('says that it needs another master key', () => {
    const sealed = sealKey(other, 'destination-1', secret);
    expect(() => openKey(master, 'destination-1', sealed)).toThrow(
      expect.objectContaining({ code: 'SEALED_BY_ANOTHER_KEY' }),
    );
    const relabelled = sealed.replace(other.id, master.id);
    expect(() => openKey(master, 'destination-1', relabelled)).toThrow(
      expect.objectContaining({ code: 'SEALED_TAMPERED' }),
    );
  });

  it('does not open when any one bit was changed', () => {
    const sealed = sealKey(master, 'destination-1', secret);
    const [version, keyId, encoded = ''] = sealed.split('.');
    const bytes = Buffer.from(encoded, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const text = `${version}.${keyId}.${changed.toString('base64url')}`;
      expect(() => openKey(master, 'destination-1', text)).toThrow(
        expect.objectContaining({ code: 'SEALED_TAMPERED' }),
      );
    }
  });

  it.each(['', 'v1', 'v2.00000000.AAAA', 'v1.0000000g.AAAA', 'v1.00000000.', 'v1.00000000.AAAA'])(
    'refuses the form %j',
    (text) => {
      expect(() => openKey(master, 'destination-1', text)).toThrow(
        expect.objectContaining({ code: 'SEALED_INVALID' }),
      );
    },
  );
});

describe('a master key', () => {
  it('does not print', () => {
    const key = MasterKey.fromBase64(Buffer.alloc(32, 7).toString('base64'));
    const shown = `${inspect(key, { depth: 9, showHidden: true })}${JSON.stringify(key)}`;
    expect(shown).not.toMatch(/BwcH|0707|07 07/);
    expect(shown).toContain(key.id);
  });

  it('is read in both base64 alphabets, with a line end', () => {
    const bytes = Buffer.alloc(32, 0xfb);
    const { id } = MasterKey.fromBase64(bytes.toString('base64'));
    expect(MasterKey.fromBase64(`${bytes.toString('base64url')}\n`).id).toBe(id);
  });

  it.each([31, 33, 0])('is refused with %i bytes', (length) => {
    const text = Buffer.alloc(length, 1).toString('base64');
    expect(() => MasterKey.fromBase64(text)).toThrow(
      expect.objectContaining({ code: 'MASTER_KEY_INVALID' }),
    );
  });

  it('is refused when it is not base64', () => {
    expect(() => MasterKey.fromBase64('correct horse battery staple, forty chars long!')).toThrow(
      expect.objectContaining({ code: 'MASTER_KEY_INVALID' }),
    );
  });
});
