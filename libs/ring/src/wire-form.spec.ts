import { describe, expect, it } from 'vitest';
import {
  bodyBytesOf,
  CHUNK_BYTES,
  DELTA_MS_END,
  encodeOpening,
  wireBytesOf,
  writeDeltaHeader,
} from './wire-form.ts';
import { WireDecoder } from './wire-decoder.fixture.ts';

describe('the wire form', () => {
  it.each([
    [0, 8],
    [1, 9],
    [CHUNK_BYTES - 1, 8 + CHUNK_BYTES - 1],
    [CHUNK_BYTES, 8 + CHUNK_BYTES],
    [CHUNK_BYTES + 1, 8 + CHUNK_BYTES + 1 + 1],
    [2 * CHUNK_BYTES, 8 + 2 * CHUNK_BYTES + 1],
    [2 * CHUNK_BYTES + 1, 8 + 2 * CHUNK_BYTES + 1 + 2],
  ])('takes %i bytes of body in %i bytes, and knows the way back', (bodyBytes, wireBytes) => {
    expect(wireBytesOf(bodyBytes)).toBe(wireBytes);
    expect(bodyBytesOf(wireBytes)).toBe(bodyBytes);
  });

  it('writes a fmt 1 header as the specification draws it', () => {
    const target = Buffer.alloc(8);
    expect(writeDeltaHeader(target, 0, 0x010203, 0x0a0b0c, 9)).toBe(8);
    expect(target.toString('hex')).toBe('440102030a0b0c09');
  });

  it('has no room for an extended timestamp', () => {
    const target = Buffer.alloc(8);
    expect(writeDeltaHeader(target, 0, DELTA_MS_END - 1, 0, 8)).toBe(8);
    expect(() => writeDeltaHeader(target, 0, DELTA_MS_END, 0, 8)).toThrow('2^24');
    expect(() => writeDeltaHeader(target, 0, -1, 0, 8)).toThrow('2^24');
    expect(() => writeDeltaHeader(target, 0, 0.5, 0, 8)).toThrow('whole');
  });

  it('opens a connection with fmt 0 headers, and a skip with fmt 1 headers', () => {
    const headers = [{ typeId: 9, body: Buffer.from('ab') }];
    const first = { firstTypeId: 9, firstBodyBytes: 5 };
    const opening = encodeOpening({ headers, messageStreamId: 0x0102, ...first, firstDeltaMs: 0 });
    expect(opening.toString('hex')).toBe(`04000000000002090201000061624400000000000509`);
    const skip = encodeOpening({ headers, messageStreamId: undefined, ...first, firstDeltaMs: 6 });
    expect(skip.toString('hex')).toBe(`440000000000020961624400000600000509`);
  });

  it('names the message stream in the first record itself when there are no headers', () => {
    const opening = encodeOpening({
      headers: [],
      messageStreamId: 3,
      firstTypeId: 8,
      firstBodyBytes: 0,
      firstDeltaMs: 0,
    });
    const decoder = new WireDecoder();
    decoder.feed(opening);
    expect(decoder.messages).toEqual([
      { typeId: 8, timestampMs: 0, messageStreamId: 3, body: Buffer.alloc(0) },
    ]);
  });
});
