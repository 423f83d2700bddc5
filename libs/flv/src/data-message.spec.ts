import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { amfEcmaArray, amfObject, encodeAmf0 } from '#amf';

import { decodeDataMessage, encodeMetadata } from './data-message.ts';

const entries = { width: 1920, height: 1080, encoder: 'obs', ['__proto__']: true };
const canonical = encodeAmf0(['@setDataFrame', 'onMetaData', amfEcmaArray(entries)]);
const wrongCount = (count: number): Buffer => {
  const bytes = Buffer.from(canonical);
  bytes.writeUInt32BE(count, 16 + 13 + 1);
  return bytes;
};

describe.each([
  ['as OBS sends it', canonical],
  ['bare, as nginx sends it', encodeAmf0(['onMetaData', amfEcmaArray(entries)])],
  ['as an object', encodeAmf0(['@setDataFrame', 'onMetaData', amfObject(entries)])],
  ['with a padded name', encodeAmf0(['onMetaData\0\0', amfObject(entries)])],
  ['with a value in between', encodeAmf0(['onMetaData', null, amfObject(entries)])],
  ['with two objects', encodeAmf0(['onMetaData', amfObject(entries), amfObject({})])],
  ['padded with zeros', Buffer.concat([canonical, Buffer.alloc(21)])],
  ['with garbage behind', Buffer.concat([canonical, Buffer.of(0xff, 0xff)])],
  ['with a count of 0', wrongCount(0)],
  ['with a count of 2^32-1', wrongCount(2 ** 32 - 1)],
  ['without an end', canonical.subarray(0, -3)],
])('metadata %s', (_, body) => {
  it('is read', () => {
    const message = decodeDataMessage(body);
    expect(message?.name).toBe('onMetaData');
    expect([...(message?.values ?? [])]).toStrictEqual(Object.entries(entries));
  });

  it('is forwarded in one form', () => {
    const values = decodeDataMessage(body)?.values ?? new Map();
    expect(encodeMetadata(values).toString('hex')).toBe(canonical.toString('hex'));
  });

  it('may be cut anywhere', () => {
    for (let length = 0; length < body.length; length += 1) {
      const message = decodeDataMessage(body.subarray(0, length));
      if (message !== undefined) expect(message.name).toBe('onMetaData');
    }
  });
});

describe('other data messages', () => {
  it('keep their name', () => {
    const cue = encodeAmf0(['onCuePoint', amfObject({ name: 'ad' })]);
    expect(decodeDataMessage(cue)).toMatchObject({ name: 'onCuePoint' });
    expect(decodeDataMessage(cue)?.values.get('name')).toBe('ad');
  });

  it('have no values where none are sent', () => {
    expect(decodeDataMessage(encodeAmf0(['@clearDataFrame', 'onMetaData']))).toStrictEqual({
      name: '@clearDataFrame',
      values: amfEcmaArray({}),
    });
  });

  it('without a name are none', () => {
    for (const values of [[], ['@setDataFrame'], [1], [amfObject(entries)], [null, 'onMetaData']]) {
      expect(decodeDataMessage(encodeAmf0(values))).toBeUndefined();
    }
  });

  it('with names that are no text, and grow when written, can be forwarded', () => {
    const name = Buffer.concat([Buffer.of(0, 200), Buffer.alloc(200, 0xff)]);
    const bytes = Buffer.concat([encodeAmf0(['onMetaData']), Buffer.of(3), name, Buffer.of(5)]);
    const message = decodeDataMessage(bytes);
    expect(decodeDataMessage(encodeMetadata(message?.values ?? new Map()))?.name).toBe(
      'onMetaData',
    );
  });

  it('of any bytes can be forwarded again, or are none', () => {
    const byte = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(17));
    const body = fc.array(byte, { maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom('onMetaData', '@setDataFrame'), body, (name, bytes) => {
        const message = decodeDataMessage(Buffer.concat([encodeAmf0([name]), Buffer.from(bytes)]));
        if (message === undefined) return;
        const again = decodeDataMessage(encodeMetadata(message.values));
        expect([...(again?.values ?? [])]).toStrictEqual([...message.values]);
      }),
    );
  });
});
