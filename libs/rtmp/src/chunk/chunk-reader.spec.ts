import { describe, expect, it } from 'vitest';

import { ChunkReader } from './chunk-reader.ts';
import {
  byteByByte,
  controlChunk,
  everyCut,
  patterned,
  rawChunks,
  readAll,
} from './raw-chunk.fixture.ts';
import type { RawChunk, ReadMessage } from './raw-chunk.fixture.ts';

const wire = rawChunks;

/** One message as `[type, timestampMs, messageStreamId, chunkStreamId, payload]`. */
type Row = readonly [number, number, number, number, Buffer];
const row = (message: ReadMessage): Row => [
  message.type,
  message.timestampMs,
  message.messageStreamId,
  message.chunkStreamId,
  message.payload,
];
const small = patterned(3);
const long = patterned(300, 9);
const [first, second, third] = [long.subarray(0, 128), long.subarray(128, 256), long.subarray(256)];
const LATE = 0x01234567;
/** Two chunks of a message whose second half begins with bytes that are no timestamp. */
const extendedStart: RawChunk = {
  format: 0,
  time: 0xffffff,
  extended: LATE,
  length: 300,
  payload: first,
};
const message = (timestampMs: number): Row => [9, timestampMs, 1, 4, long];

const cases: ReadonlyArray<readonly [name: string, bytes: Buffer, messages: readonly Row[]]> = [
  ['a message of fmt 0', wire({ format: 0, time: 7, payload: small }), [[9, 7, 1, 4, small]]],
  ['an empty message', wire({ format: 0, time: 7 }), [[9, 7, 1, 4, Buffer.alloc(0)]]],
  [
    'a message stream id in little-endian order',
    wire({ format: 0, messageStreamId: 0x01020304, payload: small }),
    [[9, 0, 0x01020304, 4, small]],
  ],
  [
    'steps of fmt 1, 2 and 3',
    wire(
      { format: 0, time: 1000, payload: small },
      { format: 1, time: 20, type: 8, payload: small.subarray(1) },
      { format: 2, time: 21, payload: small.subarray(1) },
      { format: 3, payload: small.subarray(1) },
      { format: 3, payload: small.subarray(1) },
    ),
    [
      [9, 1000, 1, 4, small],
      [8, 1020, 1, 4, small.subarray(1)],
      [8, 1041, 1, 4, small.subarray(1)],
      [8, 1062, 1, 4, small.subarray(1)],
      [8, 1083, 1, 4, small.subarray(1)],
    ],
  ],
  [
    'csids of two and three bytes',
    wire(
      { format: 0, id: 64, payload: small },
      { format: 0, id: 319, payload: small },
      { format: 0, id: 320, payload: small },
      { format: 0, id: 65_599, payload: small },
      { format: 0, id: 64, idBytes: 3, payload: small },
      { format: 2, id: 319, time: 4, payload: small },
    ),
    [
      [9, 0, 1, 64, small],
      [9, 0, 1, 319, small],
      [9, 0, 1, 320, small],
      [9, 0, 1, 65_599, small],
      [9, 0, 1, 64, small],
      [9, 4, 1, 319, small],
    ],
  ],
  [
    'a message of several chunks',
    wire(
      { format: 0, time: 5, length: 300, payload: first },
      { format: 3, payload: second },
      { format: 3, payload: third },
    ),
    [message(5)],
  ],
  [
    'two messages whose chunks alternate, with a control message between them',
    wire(
      { format: 0, length: 300, payload: first },
      { format: 0, id: 6, type: 8, time: 9, length: 300, payload: first },
      { format: 3, payload: second },
      controlChunk(5, 2_500_000),
      { format: 3, id: 6, payload: second },
      { format: 3, id: 6, payload: third },
      { format: 3, payload: third },
    ),
    [[5, 0, 0, 2, Buffer.from('002625a0', 'hex')], [8, 9, 1, 6, long], message(0)],
  ],
  [
    'a chunk stream that begins with fmt 1, as librtmp and some hardware do',
    wire({ format: 1, id: 2, time: 3, type: 4, payload: small }),
    [[4, 3, 0, 2, small]],
  ],
  [
    'fmt 3 after fmt 0 as a step by that timestamp, as GStreamer means it',
    wire({ format: 0, time: 21, payload: small }, { format: 3, payload: small }),
    [
      [9, 21, 1, 4, small],
      [9, 42, 1, 4, small],
    ],
  ],
  [
    'fmt 3 after fmt 0 of 10 s as a step',
    wire({ format: 0, time: 10_000, payload: small }, { format: 3, payload: small }),
    [
      [9, 10_000, 1, 4, small],
      [9, 20_000, 1, 4, small],
    ],
  ],
  [
    'fmt 3 after fmt 0 of more than 10 s as no step',
    wire({ format: 0, time: 10_001, payload: small }, { format: 3, payload: small }),
    [
      [9, 10_001, 1, 4, small],
      [9, 10_001, 1, 4, small],
    ],
  ],
  [
    'a timestamp of 0xfffffe without extension',
    wire({ format: 0, time: 0xfffffe, payload: small }),
    [[9, 0xfffffe, 1, 4, small]],
  ],
  [
    'a timestamp of 0xffffff by extension',
    wire({ format: 0, time: 0xffffff, extended: 0xffffff, payload: small }),
    [[9, 0xffffff, 1, 4, small]],
  ],
  [
    'deltas past 0xffffff without extension',
    wire({ format: 0, time: 0xfffffe, payload: small }, { format: 2, time: 5, payload: small }),
    [
      [9, 0xfffffe, 1, 4, small],
      [9, 0x1000003, 1, 4, small],
    ],
  ],
  [
    'an extension of fmt 1 as a delta, wrapped for a step back',
    wire(
      { format: 0, time: 50, payload: small },
      { format: 1, time: 0xffffff, extended: 0xfffffff6, payload: small },
    ),
    [
      [9, 50, 1, 4, small],
      [9, 40, 1, 4, small],
    ],
  ],
  [
    'an extension of fmt 2 as a delta',
    wire(
      { format: 0, time: 50, payload: small },
      { format: 2, time: 0xffffff, extended: 17_000_000, payload: small },
    ),
    [
      [9, 50, 1, 4, small],
      [9, 17_000_050, 1, 4, small],
    ],
  ],
  [
    'a timestamp past 2^32',
    wire(
      { format: 0, time: 0xffffff, extended: 0xffffffff, payload: small },
      { format: 2, time: 21, payload: small },
    ),
    [
      [9, 0xffffffff, 1, 4, small],
      [9, 20, 1, 4, small],
    ],
  ],
  [
    'extended timestamps repeated on continuations, as ffmpeg, SRS and newer OBS do',
    wire(
      extendedStart,
      { format: 3, extended: LATE, payload: second },
      { format: 3, extended: LATE, payload: third },
    ),
    [message(LATE)],
  ],
  [
    'extended timestamps not repeated on continuations, as OBS before 30.1 does',
    wire(extendedStart, { format: 3, payload: second }, { format: 3, payload: third }),
    [message(LATE)],
  ],
  [
    'a new message by fmt 3 without the timestamp that is repeated elsewhere, as librtmp does',
    wire(
      extendedStart,
      { format: 3, extended: LATE, payload: second },
      { format: 3, extended: LATE, payload: third },
      { format: 3, payload: first },
      { format: 3, extended: LATE, payload: second },
      { format: 3, extended: LATE, payload: third },
    ),
    [message(LATE), message(LATE)],
  ],
  [
    'a short message of no repeated timestamp with the next chunk close behind',
    wire(
      { format: 0, time: 0xffffff, extended: LATE, payload: small.subarray(0, 1) },
      { format: 3, payload: small.subarray(1, 2) },
      { format: 0, time: 1, payload: small },
    ),
    [
      [9, LATE, 1, 4, small.subarray(0, 1)],
      [9, LATE, 1, 4, small.subarray(1, 2)],
      [9, 1, 1, 4, small],
    ],
  ],
  [
    'an abort in the middle of a message, and its chunk stream used again',
    wire({ format: 0, length: 300, payload: first }, controlChunk(2, 4), {
      format: 0,
      time: 9,
      payload: small,
    }),
    [[9, 9, 1, 4, small]],
  ],
  [
    'aborts of a chunk stream between messages, and of none',
    wire({ format: 0, payload: small }, controlChunk(2, 4), controlChunk(2, 99), {
      format: 3,
      payload: small,
    }),
    [
      [9, 0, 1, 4, small],
      [9, 0, 1, 4, small],
    ],
  ],
  [
    'a larger chunk size, from the next chunk of an unfinished message on',
    wire({ format: 0, length: 300, payload: first }, controlChunk(1, 4096), {
      format: 3,
      payload: long.subarray(128),
    }),
    [message(0)],
  ],
  [
    'a chunk size above what a message can use',
    wire(controlChunk(1, 0x7fffffff), { format: 0, payload: long }),
    [message(0)],
  ],
];

describe('a chunk reader', () => {
  it.each(cases)('reads %s', (_, bytes, messages) => {
    expect(readAll([bytes]).map(row)).toEqual(messages);
    expect(readAll([new Uint8Array(bytes)]).map(row)).toEqual(messages);
  });

  it.each(cases)('reads %s, cut anywhere', (_, bytes, messages) => {
    for (const pieces of everyCut(bytes)) expect(readAll(pieces).map(row)).toEqual(messages);
    expect(readAll(byteByByte(bytes)).map(row)).toEqual(messages);
  });

  it('hands out a view of the bytes fed where a message lies whole in them', () => {
    const bytes = wire({ format: 0, payload: small });
    const views: Buffer[] = [];
    new ChunkReader().feed(bytes, { onMessage: (...[, , , , payload]) => views.push(payload) });
    expect(views[0]?.buffer).toBe(bytes.buffer);
  });

  it('uses one buffer again for the messages of a chunk stream', () => {
    const reader = new ChunkReader();
    const memories = new Set<ArrayBufferLike>();
    const sink = {
      onMessage: (...[, , , , payload]: unknown[]) => memories.add((payload as Buffer).buffer),
    };
    const bytes = wire(
      { format: 0, length: 300, payload: first },
      { format: 3, payload: second },
      { format: 3, payload: third },
    );
    for (let round = 0; round < 5; round += 1) reader.feed(bytes, sink);
    expect(memories.size).toBe(1);
    expect(reader.heldBytes).toBe(300);
  });

  it('latches that the peer repeats: bytes unlike the timestamp are still skipped', () => {
    const repeating = (extended: number): RawChunk[] => [
      extendedStart,
      { format: 3, extended, payload: second },
      { format: 3, extended, payload: third },
    ];
    const messages = readAll([wire(...repeating(LATE), ...repeating(LATE + 1))]);
    expect(messages.map(row)).toEqual([message(LATE), message(LATE)]);
  });

  it('latches that the peer omits: media that looks like the timestamp stays media', () => {
    const alike = Buffer.from(long);
    alike.writeUInt32BE(LATE, 128);
    const messages = readAll([
      wire(
        extendedStart,
        { format: 3, payload: second },
        { format: 3, payload: third },
        { ...extendedStart, payload: alike.subarray(0, 128) },
        { format: 3, payload: alike.subarray(128, 256) },
        { format: 3, payload: alike.subarray(256) },
      ),
    ]);
    expect(messages.map((each) => each.payload)).toEqual([long, alike]);
  });
});
