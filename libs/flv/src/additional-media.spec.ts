import { encodeAmf0 } from '#amf';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readAdditionalMedia } from './additional-media.ts';
import { headerKey } from './header-key.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const NAME = encodeAmf0(['additionalMedia']).toString('hex');
const ID = '0002 6964 02 0007 73747265616d30';
const MEDIA = '0005 6d65646961 11 0c';

describe('a second sound beside the tracks', () => {
  it('is read as OBS writes it', () => {
    const body = hex(`${NAME} 03 ${ID} ${MEDIA} 09 af 01 21 00 000009`);
    const read = readAdditionalMedia(body);
    expect(read?.id).toBe('stream0');
    expect(read?.media).toEqual(hex('af 01 21 00'));
    expect(headerKey('data', body)).toBe('');
  });

  it.each([
    [127, '81 7f'],
    [8_191, 'ff 7f'],
    [8_192, '81 80 01'],
    [1_048_576, '80 c0 80 01'],
  ])('is read with a length of %i', (bytes, length) => {
    const media = Buffer.alloc(bytes, 7);
    const body = Buffer.concat([hex(`${NAME} 03 ${ID} ${MEDIA} ${length}`), media]);
    expect(readAdditionalMedia(body)?.media.length).toBe(bytes);
  });

  it('has its configuration kept under its name', () => {
    const body = hex(`${NAME} 03 ${ID} ${MEDIA} 09 af 00 11 90 000009`);
    expect(headerKey('data', body)).toBe('data:stream0:config');
    const announced = encodeAmf0(['@setDataFrame', 'onExpectAdditionalMedia']);
    expect(headerKey('data', announced)).toBe('data:0:expected');
    expect(headerKey('data', encodeAmf0(['onCuePoint']))).toBe('');
  });

  it('has a name of few plain characters, whatever it is called', () => {
    const id = `0002 6964 02 0028 ${'3a'.repeat(40)}`;
    const body = hex(`${NAME} 03 ${id} ${MEDIA} 09 af 00 11 90 000009`);
    expect(headerKey('data', body)).toBe(`data:${'_'.repeat(32)}:config`);
  });

  it('is nothing where it ends early', () => {
    const body = hex(`${NAME} 03 ${ID} ${MEDIA} 09 af 01 21 00`);
    for (let length = 0; length < body.length; length += 1) {
      expect(readAdditionalMedia(body.subarray(0, length))).toBeUndefined();
    }
    expect(readAdditionalMedia(body)).toBeDefined();
  });

  it('is never a reason to throw', () => {
    const part = fc.constantFrom(ID, MEDIA, '03', '09', 'ff', '000009', '11 0c 01');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.uint8Array(), (parts, rest) => {
        const body = Buffer.concat([hex(NAME), hex(parts.join('')), rest]);
        const read = readAdditionalMedia(body);
        expect(read === undefined || read.media.length <= body.length).toBe(true);
        expect(typeof headerKey('data', body)).toBe('string');
      }),
    );
  });
});
