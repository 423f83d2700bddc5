import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RtmpError } from '../rtmp-error.ts';
import { CHUNK_LIMITS } from './chunk-limits.ts';
import { ChunkReader } from './chunk-reader.ts';
import { ChunkWriter, encodeMessage } from './chunk-writer.ts';
import type { OutgoingMessage } from './chunk-writer.ts';
import { patterned, rawChunk, readAll } from './raw-chunk.fixture.ts';

const base: OutgoingMessage = {
  chunkStreamId: 4,
  type: 9,
  timestampMs: 0,
  messageStreamId: 1,
  payload: patterned(2),
};

/** The header types that a sequence of messages gets. */
const formats: ReadonlyArray<
  readonly [name: string, messages: ReadonlyArray<Partial<OutgoingMessage>>, headers: number[]]
> = [
  ['the first message', [{}], [0]],
  ['a message of another length', [{}, { payload: patterned(1) }], [0, 1]],
  ['a message of another type', [{}, { type: 8 }], [0, 1]],
  ['a message like the last', [{}, { timestampMs: 20 }], [0, 2]],
  ['equal steps, which fmt 3 could say', [{}, { timestampMs: 20 }, { timestampMs: 40 }], [0, 2, 2]],
  ['a step back', [{ timestampMs: 20 }, { timestampMs: 19 }], [0, 0]],
  ['a step over 2^32', [{ timestampMs: 0xfffffff0 }, { timestampMs: 4 }], [0, 2]],
  ['another message stream', [{}, { messageStreamId: 2 }], [0, 0]],
  ['another chunk stream', [{}, { chunkStreamId: 6 }, {}], [0, 0, 2]],
];

const anyMessage = fc.record({
  chunkStreamId: fc.oneof(
    fc.integer({ min: 3, max: 8 }),
    fc.constantFrom(63, 64, 319, 320, 65_599),
  ),
  type: fc.constantFrom(8, 9, 18, 20, 22),
  timestampMs: fc.oneof(
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.constantFrom(0, 20, 40, 0xfffffe, 0xffffff, 0x1000000, 0xfffffff0, 0xffffffff),
  ),
  messageStreamId: fc.constantFrom(0, 1, 0xfffffffe),
  payload: fc.integer({ min: 0, max: 900 }).map((length) => patterned(length, length)),
});
const anyChunkBytes = fc.oneof(fc.integer({ min: 128, max: 1000 }), fc.constantFrom(128, 4096));

const chunkSizeMessage = (chunkBytes: number): Buffer => {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(chunkBytes);
  return encodeMessage({ ...base, chunkStreamId: 2, type: 1, payload, chunkBytes: 128 });
};

/** Cuts `bytes` into pieces of the given lengths, over and over. */
function* pieces(bytes: Buffer, lengths: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const next = at + (lengths[turn % lengths.length] ?? 1);
    yield bytes.subarray(at, next);
    at = next;
  }
}
const anyLengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 });

describe('encodeMessage', () => {
  it('writes one header of type 0 and continuations of type 3', () => {
    const payload = patterned(300);
    expect(encodeMessage({ ...base, timestampMs: 5, payload, chunkBytes: 128 })).toEqual(
      Buffer.concat([
        rawChunk({ format: 0, time: 5, length: 300, payload: payload.subarray(0, 128) }),
        rawChunk({ format: 3, payload: payload.subarray(128, 256) }),
        rawChunk({ format: 3, payload: payload.subarray(256) }),
      ]),
    );
  });

  it('repeats an extended timestamp on continuations', () => {
    const payload = patterned(130);
    expect(encodeMessage({ ...base, timestampMs: 0xffffff, payload, chunkBytes: 128 })).toEqual(
      Buffer.concat([
        rawChunk({
          format: 0,
          time: 0xffffff,
          extended: 0xffffff,
          length: 130,
          payload: payload.subarray(0, 128),
        }),
        rawChunk({ format: 3, extended: 0xffffff, payload: payload.subarray(128) }),
      ]),
    );
  });

  it('adds no continuation to a message that fills its chunks', () => {
    const bytes = encodeMessage({ ...base, payload: patterned(256), chunkBytes: 128 });
    expect(bytes).toHaveLength(12 + 128 + 1 + 128);
  });
});

describe('a chunk writer', () => {
  it.each(formats)('writes %s with the shortest safe header', (_, messages, headers) => {
    const writer = new ChunkWriter();
    const written = messages.map((each) => (writer.write({ ...base, ...each })[0] ?? 0) >> 6);
    expect(written).toEqual(headers);
  });

  it('writes what reads as the same messages, whatever the chunk size and the cuts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyMessage, anyChunkBytes), { maxLength: 12 }),
        anyLengths,
        (steps, lengths) => {
          const writer = new ChunkWriter();
          const wire = steps.flatMap(([message, chunkBytes]) => {
            writer.setChunkBytes(chunkBytes);
            return [chunkSizeMessage(chunkBytes), writer.write(message)];
          });
          expect(readAll(pieces(Buffer.concat(wire), lengths))).toEqual(
            steps.map(([message]) => message),
          );
        },
      ),
    );
  });

  it('writes chunks that may be interleaved with those of other chunk streams', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyMessage, {
          selector: (message) => message.chunkStreamId,
          minLength: 2,
          maxLength: 6,
        }),
        fc.infiniteStream(fc.nat()),
        anyLengths,
        (messages, chance, lengths) => {
          const queues = messages.map((message) => chunksOf(message));
          const shuffled: Buffer[] = [];
          while (queues.some((queue) => queue.length > 0)) {
            const left = queues.filter((queue) => queue.length > 0);
            const chosen = left[(chance.next().value ?? 0) % left.length];
            shuffled.push(chosen?.shift() ?? Buffer.alloc(0));
          }
          const read = readAll(pieces(Buffer.concat(shuffled), lengths));
          const byId = (a: OutgoingMessage, b: OutgoingMessage): number =>
            a.chunkStreamId - b.chunkStreamId;
          expect(read.toSorted(byId)).toEqual(messages.toSorted(byId));
        },
      ),
    );
  });

  /** The chunks of one message, apart. */
  function chunksOf(message: OutgoingMessage): Buffer[] {
    const bytes = encodeMessage({ ...message, chunkBytes: 128 });
    const continuationBytes =
      (message.chunkStreamId < 64 ? 1 : message.chunkStreamId < 320 ? 2 : 3) +
      (message.timestampMs >= 0xffffff ? 4 : 0);
    const firstBytes = continuationBytes + 11 + Math.min(128, message.payload.length);
    const chunks = [bytes.subarray(0, firstBytes)];
    for (let at = firstBytes; at < bytes.length; at += continuationBytes + 128) {
      chunks.push(bytes.subarray(at, at + continuationBytes + 128));
    }
    return chunks;
  }
});

describe('a chunk reader fed with anything', () => {
  const nearly = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.tuple(anyMessage, fc.nat({ max: 40 }), fc.nat({ max: 255 })).map(([message, at, byte]) => {
      const bytes = encodeMessage({ ...message, chunkBytes: 128 });
      if (at < bytes.length) bytes[at] = byte;
      return bytes;
    }),
    anyMessage.map((message) => new ChunkWriter().write(message)),
  );

  it('gives messages or a coded error, in bounded memory', () => {
    fc.assert(
      fc.property(fc.array(nearly, { maxLength: 20 }), anyLengths, (parts, lengths) => {
        const reader = new ChunkReader();
        const onMessage = (...[type, timestampMs, , , payload]: readonly unknown[]): void => {
          expect(type).not.toBe(1);
          expect(timestampMs).toBe((timestampMs as number) >>> 0);
          expect((payload as Buffer).length).toBeLessThanOrEqual(CHUNK_LIMITS.mediaMessageBytesMax);
        };
        try {
          for (const piece of pieces(Buffer.concat(parts), lengths)) {
            reader.feed(piece, { onMessage });
          }
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RtmpError);
        }
        const fed = parts.reduce((sum, part) => sum + part.length, 0);
        expect(reader.heldBytes).toBeLessThanOrEqual(2 * fed + CHUNK_LIMITS.chunkStreamsMax * 4096);
      }),
    );
  });
});
