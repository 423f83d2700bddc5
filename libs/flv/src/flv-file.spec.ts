import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AssertionError } from '#kernel';

import { FlvError } from './flv-error.ts';
import { FlvReader } from './flv-reader.ts';
import { FILE_HEADER_BYTES_MAX, TAG_BODY_BYTES_MAX, TagType } from './flv-tag.ts';
import type { FlvTag } from './flv-tag.ts';
import { FlvWriter } from './flv-writer.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

function written(tags: readonly FlvTag[], has?: { audio: boolean; video: boolean }): Buffer {
  const pieces: Buffer[] = [];
  const writer = new FlvWriter((bytes) => pieces.push(bytes), has);
  for (const tag of tags) writer.write(tag);
  return Buffer.concat(pieces);
}

/** The tags of a file fed in pieces of `pieceBytes`, and the code it ends with. */
function read(file: Uint8Array, pieceBytes = file.length): { tags: FlvTag[]; code: string } {
  const tags: FlvTag[] = [];
  const reader = new FlvReader((tag) => tags.push({ ...tag, body: Buffer.from(tag.body) }));
  try {
    for (let at = 0; at < file.length; at += pieceBytes) {
      reader.feed(file.subarray(at, at + pieceBytes));
    }
    reader.end();
  } catch (thrown) {
    if (!(thrown instanceof FlvError)) throw thrown;
    return { tags, code: thrown.code };
  }
  return { tags, code: 'ended' };
}

const start = '464c5601 05 00000009 00000000';
const file = hex(`${start}
  12 000003 000000 00 000000 020000 0000000e
  08 000004 000017 00 000000 af001190 0000000f
  09 000000 ffffff ff 000000 0000000b`);
const tags: FlvTag[] = [
  { type: TagType.SCRIPT, timestampMs: 0, body: hex('020000') },
  { type: TagType.AUDIO, timestampMs: 23, body: hex('af001190') },
  { type: TagType.VIDEO, timestampMs: 2 ** 32 - 1, body: hex('') },
];

describe('FlvWriter', () => {
  it('writes header, tags and back pointers', () => {
    expect(written(tags).toString('hex')).toBe(file.toString('hex'));
  });

  it('says which kinds of tag there are', () => {
    expect(written([], { audio: true, video: false })[4]).toBe(4);
    expect(written([], { audio: false, video: true })[4]).toBe(1);
  });

  it('takes no tag that could not be read', () => {
    const tag = { type: 9, timestampMs: 0, body: hex('00') };
    const tooLong = Buffer.alloc(TAG_BODY_BYTES_MAX + 1);
    expect(() => written([{ ...tag, body: tooLong }])).toThrow(AssertionError);
    expect(written([{ ...tag, body: tooLong.subarray(1) }])).toHaveLength(28 + TAG_BODY_BYTES_MAX);
    expect(() => written([{ ...tag, timestampMs: 2 ** 32 }])).toThrow(AssertionError);
    expect(() => written([{ ...tag, timestampMs: 0.5 }])).toThrow(AssertionError);
    expect(() => written([{ ...tag, type: 0 }])).toThrow(AssertionError);
    expect(() => written([{ ...tag, type: 32 }])).toThrow(AssertionError);
    expect(read(written([{ ...tag, type: 31 }])).tags).toHaveLength(1);
  });
});

describe('FlvReader', () => {
  it('reads tags, whatever the pieces', () => {
    for (let pieceBytes = 1; pieceBytes <= file.length; pieceBytes += 1) {
      expect(read(file, pieceBytes)).toStrictEqual({ tags, code: 'ended' });
    }
  });

  it('knows a file cut short anywhere but between tags', () => {
    const ends = [13, 31, 50, 65];
    for (let length = 0; length <= file.length; length += 1) {
      const { code, tags } = read(file.subarray(0, length));
      expect(code).toBe(ends.includes(length) ? 'ended' : 'FLV_TRUNCATED');
      expect(tags).toHaveLength(ends.filter((end) => end <= length).length - (length < 13 ? 0 : 1));
    }
  });

  it('forgives back pointers, a longer header and reserved bits', () => {
    const odd = hex('464c5601 ff 0000000b 0000 12345678 d2 000001 000000 00 112233 05 00000000');
    const { tags, code } = read(odd);
    expect(code).toBe('ended');
    expect(tags).toStrictEqual([{ type: TagType.SCRIPT, timestampMs: 0, body: hex('05') }]);
  });

  const headerOf = (bytes: number): Buffer =>
    Buffer.concat([
      hex(`464c5601 05 ${bytes.toString(16).padStart(8, '0')}`),
      Buffer.alloc(Math.max(bytes - 9 + 4, 0)),
    ]);
  const tagOf = (bytes: number): Buffer =>
    hex(`${start} 09 ${bytes.toString(16).padStart(6, '0')} 000000 00 000000`);

  it.each([
    ['another signature', hex('46 4c 57 01 05 00000009'), 'FLV_SIGNATURE_MISSING'],
    ['another version', hex('46 4c 56 02 05 00000009'), 'FLV_SIGNATURE_MISSING'],
    ['a header shorter than itself', headerOf(8), 'FLV_HEADER_LENGTH_INVALID'],
    ['a header of the longest', headerOf(FILE_HEADER_BYTES_MAX), 'ended'],
    ['a header one too long', headerOf(FILE_HEADER_BYTES_MAX + 1), 'FLV_HEADER_LENGTH_INVALID'],
    ['an encrypted tag', hex(`${start} 28 000000 000000 00 000000`), 'FLV_TAG_ENCRYPTED'],
    ['a tag of the longest, cut', tagOf(TAG_BODY_BYTES_MAX), 'FLV_TRUNCATED'],
    ['a tag one too long', tagOf(TAG_BODY_BYTES_MAX + 1), 'FLV_TAG_TOO_LONG'],
  ])('meets %s', (_, bytes, code) => {
    expect(read(bytes)).toStrictEqual({ tags: [], code });
  });

  it('reads what was written', () => {
    const shape = {
      type: fc.constantFrom(8, 9, 18),
      timestampMs: fc.nat(2 ** 32 - 1),
      body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    };
    const tag = fc.record(shape, { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(tag), fc.integer({ min: 1, max: 400 }), (tags, pieceBytes) => {
        expect(read(written(tags), pieceBytes)).toStrictEqual({ tags, code: 'ended' });
      }),
    );
  });

  it('grows for a long tag', () => {
    const body = Buffer.alloc(1_000_000, 7);
    const { tags } = read(written([{ type: 9, timestampMs: 1, body }]), 50_000);
    expect(tags[0]?.body.length).toBe(body.length);
    expect(body.equals(tags[0]?.body ?? hex(''))).toBe(true);
  });

  it('answers any bytes with tags or with a coded error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, asTags) => {
        const { code } = read(asTags ? Buffer.concat([hex(start), bytes]) : bytes);
        expect(code === 'ended' || code.startsWith('FLV_')).toBe(true);
      }),
    );
  });
});
