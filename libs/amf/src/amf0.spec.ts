import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AssertionError } from '#kernel';

import { AmfError } from './amf-error.ts';
import { AMF_LIMITS } from './amf-limits.ts';
import { amfEcmaArray, AmfEcmaArray, amfObject, AmfObject } from './amf-value.ts';
import type { AmfValue } from './amf-value.ts';
import { decodeAmf0, decodeAmf0Leniently } from './amf0-decoder.ts';
import { encodeAmf0 } from './amf0-encoder.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

const ascii = (text: string): string => Buffer.from(text).toString('hex');

/** What is written as it is read. */
const cases: ReadonlyArray<readonly [name: string, bytes: string, values: AmfValue[]]> = [
  ['nothing', '', []],
  ['a number', '00 3ff0000000000000', [1]],
  ['a negative zero', '00 8000000000000000', [-0]],
  ['not a number', '00 7ff8000000000000', [Number.NaN]],
  ['an infinity', '00 fff0000000000000', [Number.NEGATIVE_INFINITY]],
  ['both booleans', '01 01 01 00', [true, false]],
  ['an empty string', '02 0000', ['']],
  ['a string of several bytes per character', '02 0006 e282ac c3a9 00', ['€é\0']],
  ['a string of 65535 bytes', `02 ffff ${'61'.repeat(65_535)}`, ['a'.repeat(65_535)]],
  ['a long string of 65536 bytes', `0c 00010000 ${'61'.repeat(65_536)}`, ['a'.repeat(65_536)]],
  ['null and undefined', '05 06', [null, undefined]],
  ['an empty object', '03 0000 09', [amfObject({})]],
  ['an empty ECMA array', '08 00000000 0000 09', [amfEcmaArray({})]],
  ['a property with no name', '03 0000 05 0000 09', [amfObject({ '': null })]],
  ['a strict array', '0a 00000002 05 01 01', [[null, true]]],
  ['an empty strict array', '0a 00000000', [[]]],
  ['a date', '0b 4270000000000000 0000', [new Date(2 ** 40)]],
  [
    'nested forms, each kept apart',
    '08 00000001 0001 61 03 0001 62 0a 00000001 03 0000 09 0000 09 0000 09',
    [amfEcmaArray({ a: amfObject({ b: [amfObject({})] }) })],
  ],
  [
    'a publish command',
    `02 0007 ${ascii('publish')} 00 4014000000000000 05
     02 0006 ${ascii('stream')} 02 0004 ${ascii('live')}`,
    ['publish', 5, null, 'stream', 'live'],
  ],
  [
    'a connect command',
    `02 0007 ${ascii('connect')} 00 3ff0000000000000 03
     0003 ${ascii('app')} 02 0004 ${ascii('live')}
     0004 ${ascii('type')} 02 000a ${ascii('nonprivate')}
     0008 ${ascii('flashVer')} 02 0008 ${ascii('FMLE/3.0')} 0000 09`,
    ['connect', 1, amfObject({ app: 'live', type: 'nonprivate', flashVer: 'FMLE/3.0' })],
  ],
];

/** What is read but never written. */
const readOnlyCases: ReadonlyArray<readonly [name: string, bytes: string, values: AmfValue[]]> = [
  ['any byte but zero as true', '01 7f', [true]],
  ['unsupported as undefined', '0d', [undefined]],
  ['an XML document as text', '0f 00000003 3c612f', ['<a/']],
  ['a typed object without its class', '10 0001 43 0001 61 05 0000 09', [amfObject({ a: null })]],
  ['a short text in a long string', '0c 00000001 61', ['a']],
  [
    'an ECMA array that counts too few',
    '08 00000000 0001 61 05 0000 09',
    [amfEcmaArray({ a: null })],
  ],
  ['an ECMA array that counts too many', '08 ffffffff 0000 09', [amfEcmaArray({})]],
  [
    'the last of two properties of one name',
    '03 000161 05 000161 06 0000 09',
    [amfObject({ a: undefined })],
  ],
  ['a date in a time zone', '0b 0000000000000000 ff88', [new Date(0)]],
  ['a date that is none', '0b 7ff8000000000000 0000', [new Date(Number.NaN)]],
  ['bytes that are no UTF-8 as replacement characters', '02 0002 c328', ['�(']],
];

const nested = (depth: number): Buffer => {
  const open = '03 0001 61'.repeat(depth - 1);
  return hex(`${open} 03 0000 09 ${'0000 09'.repeat(depth - 1)}`);
};
const nestedArrays = (depth: number): Buffer => hex(`${'0a 00000001'.repeat(depth)} 05`);
/** Is no UTF-8, and takes three bytes once it is shown as U+FFFD. */
const NO_TEXT = 0xff;
const longString = (bytes: number): Buffer =>
  Buffer.concat([hex('0c'), hex(bytes.toString(16).padStart(8, '0')), Buffer.alloc(bytes, 0x61)]);
const keyed = (bytes: number, byte = 0x61): Buffer =>
  Buffer.concat([
    hex(`03 ${bytes.toString(16).padStart(4, '0')}`),
    Buffer.alloc(bytes, byte),
    hex('05 0000 09'),
  ]);

const refused: ReadonlyArray<readonly [name: string, bytes: Buffer, code: string]> = [
  ['a marker past the last', hex('12'), 'AMF_MARKER_UNKNOWN'],
  ['a movie clip', hex('04'), 'AMF_MARKER_UNKNOWN'],
  ['a record set', hex('0e'), 'AMF_MARKER_UNKNOWN'],
  ['a reference', hex('07 0000'), 'AMF_REFERENCE_REFUSED'],
  ['a switch to AMF3', hex('11 01'), 'AMF_AMF3_REFUSED'],
  ['an end without an object', hex('09'), 'AMF_OBJECT_END_UNEXPECTED'],
  ['a strict array of 2^32-1', hex('0a ffffffff 05'), 'AMF_TRUNCATED'],
  ['a string that goes past the end', hex('02 ffff 61'), 'AMF_TRUNCATED'],
  ['a long string of 4 GiB', hex('0c ffffffff'), 'AMF_STRING_TOO_LONG'],
  ['a string one too long', longString(AMF_LIMITS.stringBytesMax + 1), 'AMF_STRING_TOO_LONG'],
  ['a name one too long', keyed(AMF_LIMITS.keyBytesMax + 1), 'AMF_KEY_TOO_LONG'],
  ['a name that would be too long, written again', keyed(86, NO_TEXT), 'AMF_KEY_TOO_LONG'],
  ['objects one too deep', nested(AMF_LIMITS.depthMax + 1), 'AMF_TOO_DEEP'],
  ['arrays one too deep', nestedArrays(AMF_LIMITS.depthMax + 1), 'AMF_TOO_DEEP'],
  ['objects ten thousand deep', nested(10_000), 'AMF_TOO_DEEP'],
  ['values one too many', Buffer.alloc(AMF_LIMITS.valuesMax + 1, 5), 'AMF_TOO_MANY_VALUES'],
];

const taken: ReadonlyArray<readonly [name: string, bytes: Buffer]> = [
  ['a string of the longest', longString(AMF_LIMITS.stringBytesMax)],
  ['a name of the longest', keyed(AMF_LIMITS.keyBytesMax)],
  ['a name of the longest, written again', keyed(85, NO_TEXT)],
  ['objects of the deepest', nested(AMF_LIMITS.depthMax)],
  ['arrays of the deepest', nestedArrays(AMF_LIMITS.depthMax)],
  ['values of the most', Buffer.alloc(AMF_LIMITS.valuesMax, 5)],
];

function codeOf(decode: () => unknown): string {
  try {
    decode();
  } catch (thrown) {
    if (thrown instanceof AmfError) return thrown.code;
    throw thrown;
  }
  return 'accepted';
}

const scalar = fc.oneof(
  fc.double(),
  fc.boolean(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(null, undefined),
  fc.date({ noInvalidDate: false }),
);

const key = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', ''),
);

const anyValue = fc.letrec<{ value: AmfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    scalar,
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 5 })
      .map((entries) => new AmfObject(entries)),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 5 })
      .map((entries) => new AmfEcmaArray(entries)),
    fc.array(tie('value'), { maxLength: 5 }),
  ),
})).value;

describe('decodeAmf0', () => {
  it.each([...cases, ...readOnlyCases])('reads %s', (_, bytes, values) => {
    expect(decodeAmf0(hex(bytes))).toStrictEqual(values);
  });

  it.each(refused)('refuses %s', (_, bytes, code) => {
    expect(codeOf(() => decodeAmf0(bytes))).toBe(code);
  });

  it.each(taken)('takes %s', (_, bytes) => {
    expect(codeOf(() => decodeAmf0(bytes))).toBe('accepted');
  });

  it('says where the fault is', () => {
    expect(() => decodeAmf0(hex('05 05 12'))).toThrow('AMF0 at byte 2: the type marker');
  });

  it('reads a view that does not start its memory', () => {
    expect(decodeAmf0(new Uint8Array(hex('ffff 0001 01')).subarray(3))).toStrictEqual([true]);
  });

  it('keeps no view of the bytes it was lent', () => {
    const lent = hex('02 0001 61');
    const values = decodeAmf0(lent);
    lent.fill(0);
    expect(values).toStrictEqual(['a']);
  });

  it('takes __proto__ for a name like any other', () => {
    const [value] = decodeAmf0(hex(`03 0009 ${ascii('__proto__')} 0101 0000 09`));
    expect(value).toBeInstanceOf(AmfObject);
    expect((value as AmfObject).get('__proto__')).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(AmfObject.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it.each([...cases, ...readOnlyCases].filter(([, bytes]) => bytes.length < 1000))(
    'knows %s cut short anywhere',
    (_, text) => {
      const bytes = hex(text);
      for (let length = 0; length < bytes.length; length += 1) {
        expect(['accepted', 'AMF_TRUNCATED']).toContain(
          codeOf(() => decodeAmf0(bytes.subarray(0, length))),
        );
        const whole = decodeAmf0Leniently(bytes.subarray(0, length));
        expect(whole.length).toBeLessThanOrEqual(decodeAmf0(bytes).length);
      }
    },
  );

  it('answers any bytes with values or with a coded error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const code = codeOf(() => decodeAmf0(bytes));
        expect(code === 'accepted' || code.startsWith('AMF_')).toBe(true);
      }),
    );
  });

  it('gives values that can be written and read again, from bytes that are almost right', () => {
    const marker = fc.constantFrom(0, 1, 2, 3, 5, 8, 9, 10, 11, 12, 13, 16);
    const byte = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, marker);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), (bytes) => {
        const values = decodeAmf0Leniently(Uint8Array.from(bytes));
        expect(decodeAmf0(encodeAmf0(values))).toStrictEqual(values);
      }),
    );
  });
});

describe('decodeAmf0Leniently', () => {
  it('gives what came before the fault', () => {
    expect(decodeAmf0Leniently(hex('05 0101 12 05'))).toStrictEqual([null, true]);
    expect(decodeAmf0Leniently(hex('05 02 0009 61'))).toStrictEqual([null]);
  });

  it('takes the end of the input for the end of an object', () => {
    const bytes = hex('08 00000001 0001 61 0101');
    expect(decodeAmf0Leniently(bytes)).toStrictEqual([amfEcmaArray({ a: true })]);
    expect(codeOf(() => decodeAmf0(bytes))).toBe('AMF_TRUNCATED');
  });

  it('stops at the limits too', () => {
    const bytes = Buffer.alloc(AMF_LIMITS.valuesMax + 10, 5);
    expect(decodeAmf0Leniently(bytes)).toHaveLength(AMF_LIMITS.valuesMax);
  });
});

describe('encodeAmf0', () => {
  it.each(cases)('writes %s', (_, bytes, values) => {
    expect(encodeAmf0(values).toString('hex')).toBe(hex(bytes).toString('hex'));
  });

  it('writes what reads as the same', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 4 }), (values) => {
        expect(decodeAmf0(encodeAmf0(values), { ...AMF_LIMITS, valuesMax: 1e5 })).toStrictEqual(
          values,
        );
      }),
    );
  });

  it('takes neither deeper nesting nor longer names than are read', () => {
    const deep = (depth: number): AmfValue => (depth === 0 ? null : [deep(depth - 1)]);
    expect(decodeAmf0(encodeAmf0([deep(AMF_LIMITS.depthMax)]))).toHaveLength(1);
    expect(() => encodeAmf0([deep(AMF_LIMITS.depthMax + 1)])).toThrow(AssertionError);
    expect(encodeAmf0([amfObject({ ['k'.repeat(AMF_LIMITS.keyBytesMax)]: 1 })])).toBeDefined();
    const longName = 'k'.repeat(AMF_LIMITS.keyBytesMax + 1);
    expect(() => encodeAmf0([amfObject({ [longName]: 1 })])).toThrow(AssertionError);
  });
});
