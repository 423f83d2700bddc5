import { randomBytes } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MasterKey } from './master-key.ts';
import { openBytes, SEAL_BYTES, sealBytes } from './sealed-bytes.ts';

const master = MasterKey.fromBase64(randomBytes(32).toString('base64'));
const other = MasterKey.fromBase64(randomBytes(32).toString('base64'));
const text = Buffer.from('what nobody else may read');

const coded = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('sealed bytes', () => {
  it('open to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, context) => {
        const sealed = sealBytes(master, context, bytes);
        expect(sealed).toHaveLength(bytes.length + SEAL_BYTES);
        expect(openBytes(master, context, sealed).equals(bytes)).toBe(true);
      }),
    );
  });

  it('show nothing of it and are others each time', () => {
    const one = sealBytes(master, 'here', text);
    expect(one.includes('nobody')).toBe(false);
    expect(sealBytes(master, 'here', text).equals(one)).toBe(false);
  });

  it('do not open in another place, nor under another key', () => {
    const sealed = sealBytes(master, 'here', text);
    expect(() => openBytes(master, 'there', sealed)).toThrow(coded('SEALED_TAMPERED'));
    expect(() => openBytes(other, 'here', sealed)).toThrow(coded('SEALED_BY_ANOTHER_KEY'));
    const relabelled = Buffer.from(sealed);
    relabelled.write(other.id, 4, 'latin1');
    expect(() => openBytes(other, 'here', relabelled)).toThrow(coded('SEALED_TAMPERED'));
  });

  it('do not open when they were torn or changed anywhere', () => {
    const sealed = sealBytes(master, 'here', text);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => openBytes(master, 'here', sealed.subarray(0, length))).toThrow(
        /not in a sealed form|changed, torn/,
      );
    }
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openBytes(master, 'here', changed)).toThrow(/sealed/);
    }
  });

  it('of no sealed form are told from those that were changed', () => {
    expect(() => openBytes(master, 'here', Buffer.alloc(SEAL_BYTES - 1))).toThrow(
      coded('SEALED_INVALID'),
    );
    expect(() => openBytes(master, 'here', Buffer.alloc(200))).toThrow(coded('SEALED_INVALID'));
  });
});
