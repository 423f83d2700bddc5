import { describe, expect, it } from 'vitest';

import { CHUNK_LIMITS } from './chunk-limits.ts';
import type { ChunkLimits } from './chunk-limits.ts';
import { ChunkReader } from './chunk-reader.ts';
import type { ChunkSink } from './chunk-reader.ts';
import {
  byteByByte,
  controlChunk,
  everyCut,
  patterned,
  rawChunk,
  rawChunks,
  readAll,
} from './raw-chunk.fixture.ts';

const wire = rawChunks;
const small = patterned(3);
const first = patterned(128);

const limits: ChunkLimits = {
  chunkStreamsMax: 4,
  mediaMessageBytesMax: 1000,
  otherMessageBytesMax: 500,
  partialBytesMax: 256,
};

const refused: ReadonlyArray<readonly [name: string, bytes: Buffer, code: string]> = [
  ['fmt 2 first', wire({ format: 2 }), 'RTMP_CHUNK_STREAM_UNKNOWN'],
  ['fmt 3 first', wire({ format: 3 }), 'RTMP_CHUNK_STREAM_UNKNOWN'],
  [
    'fmt 0 inside a message',
    wire({ format: 0, length: 200, payload: first }, { format: 0, length: 200 }),
    'RTMP_MESSAGE_INTERRUPTED',
  ],
  [
    'a length that changes inside a message',
    wire({ format: 0, length: 200, payload: first }, { format: 1, length: 900 }),
    'RTMP_MESSAGE_INTERRUPTED',
  ],
  [
    'fmt 2 inside a message',
    wire({ format: 0, length: 200, payload: first }, { format: 2 }),
    'RTMP_MESSAGE_INTERRUPTED',
  ],
  ['a video message one too long', wire({ format: 0, length: 1001 }), 'RTMP_MESSAGE_TOO_LARGE'],
  ['a command one too long', wire({ format: 0, type: 20, length: 501 }), 'RTMP_MESSAGE_TOO_LARGE'],
  [
    'an unknown type one too long',
    wire({ format: 0, type: 99, length: 501 }),
    'RTMP_MESSAGE_TOO_LARGE',
  ],
  ['a chunk size of 0', wire(controlChunk(1, 0)), 'RTMP_CHUNK_SIZE_REFUSED'],
  ['a chunk size of 1', wire(controlChunk(1, 1)), 'RTMP_CHUNK_SIZE_REFUSED'],
  ['a chunk size of 127', wire(controlChunk(1, 127)), 'RTMP_CHUNK_SIZE_REFUSED'],
  ['a chunk size with the top bit', wire(controlChunk(1, 0x80000000)), 'RTMP_CHUNK_SIZE_REFUSED'],
  [
    'a chunk size of three bytes',
    wire({ format: 0, id: 2, type: 1, payload: small }),
    'RTMP_CONTROL_MALFORMED',
  ],
  ['an abort of nothing', wire({ format: 0, id: 2, type: 2 }), 'RTMP_CONTROL_MALFORMED'],
  [
    'one chunk stream too many',
    wire(...[3, 4, 5, 600, 7].map((id) => ({ format: 0, id, payload: small }) as const)),
    'RTMP_TOO_MANY_CHUNK_STREAMS',
  ],
  [
    'one byte of unfinished messages too many',
    wire(
      { format: 0, id: 4, length: 300, payload: first },
      { format: 0, id: 5, length: 300, payload: first },
      { format: 0, id: 6, length: 300, payload: first.subarray(0, 1) },
    ),
    'RTMP_PARTIAL_BYTES_EXCEEDED',
  ],
];

const taken: ReadonlyArray<readonly [name: string, bytes: Buffer]> = [
  ['a video message of the longest', wire({ format: 0, length: 1000 })],
  ['a command of the longest', wire({ format: 0, type: 20, length: 500 })],
  ['a chunk size of 128', wire(controlChunk(1, 128))],
  ['the largest chunk size', wire(controlChunk(1, 0x7fffffff))],
  [
    'the most chunk streams',
    wire(...[3, 4, 5, 600, 3, 4].map((id) => ({ format: 0, id, payload: small }) as const)),
  ],
  [
    'the most bytes of unfinished messages',
    wire(
      { format: 0, id: 4, length: 300, payload: first },
      { format: 0, id: 5, length: 300, payload: first },
      { format: 0, id: 6, length: 300 },
    ),
  ],
];

const codeOf = (pieces: Iterable<Uint8Array>): unknown => {
  try {
    readAll(pieces, limits);
  } catch (thrown) {
    return (thrown as { code?: unknown }).code;
  }
  return 'taken';
};

describe('a chunk reader', () => {
  it.each(refused)('refuses %s', (_, bytes, code) => {
    expect(codeOf([bytes])).toBe(code);
    for (const pieces of everyCut(bytes)) expect(codeOf(pieces)).toBe(code);
    expect(codeOf(byteByByte(bytes))).toBe(code);
  });

  it.each(taken)('takes %s', (_, bytes) => {
    expect(codeOf([bytes])).toBe('taken');
  });
});

describe('the memory of a chunk reader', () => {
  const chunkOf = (id: number, length: number, payload: Buffer): Buffer =>
    rawChunk({ format: 0, id, length, payload });
  const nowhere = { onMessage: (): void => undefined };

  it('is not taken by what headers declare', () => {
    const reader = new ChunkReader();
    for (let id = 3; id < 3 + CHUNK_LIMITS.chunkStreamsMax; id += 1) {
      reader.feed(chunkOf(id, CHUNK_LIMITS.mediaMessageBytesMax, Buffer.alloc(128)), nowhere);
    }
    expect(reader.heldBytes).toBeLessThanOrEqual(CHUNK_LIMITS.chunkStreamsMax * 4096);
  });

  it('stays bounded when one chunk stream after another takes the longest message', () => {
    const reader = new ChunkReader();
    const length = CHUNK_LIMITS.mediaMessageBytesMax;
    reader.feed(rawChunk(controlChunk(1, 0xffffff)), nowhere);
    const half = Buffer.alloc(length / 2);
    for (let id = 3; id < 11; id += 1) {
      reader.feed(chunkOf(id, length, half), nowhere);
      reader.feed(half, nowhere);
      expect(reader.heldBytes).toBeLessThanOrEqual(2 * CHUNK_LIMITS.partialBytesMax);
    }
  });

  it('takes a picture of 8 MiB, and not one byte more', () => {
    const reader = new ChunkReader();
    const length = 8 * 1024 * 1024;
    const heard: number[] = [];
    const sink = {
      onMessage: (...[, , , , payload]: Parameters<ChunkSink['onMessage']>): void => {
        heard.push(payload.length);
      },
    };
    reader.feed(rawChunk(controlChunk(1, 0xffffff)), nowhere);
    reader.feed(chunkOf(4, length, Buffer.alloc(length)), sink);
    expect(heard).toEqual([length]);
    expect(() => reader.feed(chunkOf(5, length + 1, Buffer.alloc(1)), nowhere)).toThrow(
      expect.objectContaining({ code: 'RTMP_MESSAGE_TOO_LARGE' }),
    );
  });

  it('holds at most 12 MiB of unfinished messages', () => {
    const reader = new ChunkReader();
    reader.feed(rawChunk(controlChunk(1, 4_194_304)), nowhere);
    const quarter = Buffer.alloc(4_194_304);
    for (const id of [3, 4, 5]) reader.feed(chunkOf(id, 8_388_608, quarter), nowhere);
    expect(() => reader.feed(chunkOf(6, 8_388_608, Buffer.alloc(1)), nowhere)).toThrow(
      expect.objectContaining({ code: 'RTMP_PARTIAL_BYTES_EXCEEDED' }),
    );
  });
});
