import { afterEach, describe, expect, it } from 'vitest';
import { Cursor, type Span } from './cursor.ts';
import { createRingMemory, type RingSizes } from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';
import { CHUNK_BYTES } from './wire-form.ts';
import { WireDecoder } from './wire-decoder.fixture.ts';
import { floodBody, type WriterOrder } from './writer-orders.fixture.ts';

/**
 * A writer in some thread. `write` resolves when the orders are done; `flood` when all is written.
 */
export interface WriterUnderTest {
  write(orders: readonly WriterOrder[]): Promise<void>;
  flood(messages: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenWriter = (memory: SharedArrayBuffer) => Promise<WriterUnderTest>;

const SMALL: RingSizes = { dataBytes: 64 * 1024, records: 64 };
/** Grows from the smallest size in steps of 4 KiB. */
const GROWING: RingSizes = {
  dataBytes: 16 * 1024,
  dataBytesMax: 1024 * 1024,
  windowMs: 500,
  records: 1024,
};
const MESSAGE_STREAM_ID = 7;
const VIDEO = 9;
const AUDIO = 8;

export function video(timestampMs: number, join: boolean, body: Uint8Array): WriterOrder {
  return { kind: 'append', typeId: VIDEO, timestampMs, join, body };
}

export function audio(timestampMs: number, body: Uint8Array): WriterOrder {
  return { kind: 'append', typeId: AUDIO, timestampMs, join: false, body };
}

const PUBLISH: WriterOrder = { kind: 'publish' };

export function bytesOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (seed * 31 + at * 7 + (at >> 8)) & 0xff;
  return bytes;
}

/** Copies a span as a socket would, and gives it back; undefined when it was torn meanwhile. */
export function takeSpan(cursor: Cursor, span: Span): Buffer | undefined {
  const copy = Buffer.concat(span.views);
  expect(copy.length).toBe(span.bytes);
  return cursor.release() ? copy : undefined;
}

/** Feeds the decoder with everything there is to read; answers what the last poll said. */
export function drain(cursor: Cursor, decoder: WireDecoder): string {
  for (;;) {
    const answer = cursor.poll();
    if (typeof answer === 'string') return answer;
    const bytes = takeSpan(cursor, answer);
    expect(bytes, 'the span is whole').toBeDefined();
    decoder.feed(bytes!);
    expect(decoder.isAtMessageBoundary, 'spans end with a message').toBe(true);
  }
}

/** The suite every way of writing a ring must pass, whichever thread the writer lives in. */
export function describeRing(where: string, open: OpenWriter): void {
  describe(`a ring written ${where}`, () => {
    const opened: WriterUnderTest[] = [];
    afterEach(async () => {
      for (const writer of opened.splice(0)) await writer.close();
    });

    async function ringOf(sizes: RingSizes = SMALL) {
      const memory = createRingMemory(sizes);
      const writer = await open(memory);
      opened.push(writer);
      const reader = new RingReader(memory);
      const cursor = new Cursor(reader, { messageStreamId: MESSAGE_STREAM_ID });
      return { memory, writer, reader, cursor, decoder: new WireDecoder() };
    }

    it('gives a joiner the headers, the newest keyframe at 0, and all that follows', async () => {
      const { writer, cursor, decoder } = await ringOf();
      const configuration = bytesOf(CHUNK_BYTES + 100, 1);
      await writer.write([
        {
          kind: 'headers',
          headers: [
            { typeId: 18, body: bytesOf(30, 2) },
            { typeId: VIDEO, body: configuration },
          ],
        },
        video(1000, true, bytesOf(5000, 3)),
        video(2000, true, bytesOf(9000, 4)),
        audio(2010, bytesOf(300, 5)),
        PUBLISH,
      ]);
      expect(drain(cursor, decoder)).toBe('idle');
      await writer.write([video(2033, false, bytesOf(CHUNK_BYTES, 6)), PUBLISH]);
      expect(drain(cursor, decoder)).toBe('idle');
      const times = decoder.messages.map(({ typeId, timestampMs }) => [typeId, timestampMs]);
      expect(times).toEqual([
        [18, 0],
        [9, 0],
        [9, 0],
        [8, 10],
        [9, 33],
      ]);
      const bodies = decoder.messages.map(({ body }) => body);
      const sent = [
        bytesOf(30, 2),
        configuration,
        bytesOf(9000, 4),
        bytesOf(300, 5),
        bytesOf(CHUNK_BYTES, 6),
      ];
      expect(bodies).toEqual(sent);
      expect(new Set(decoder.messages.map((message) => message.messageStreamId))).toEqual(
        new Set([MESSAGE_STREAM_ID]),
      );
    });

    it('shows nothing before it is published', async () => {
      const { writer, cursor, reader } = await ringOf();
      await writer.write([video(0, true, bytesOf(10, 1))]);
      expect(reader.headSequence()).toBe(0);
      expect(cursor.poll()).toBe('waiting-for-keyframe');
      await writer.write([PUBLISH]);
      expect(reader.headSequence()).toBe(1);
      expect(cursor.poll()).toBeTypeOf('object');
    });

    it('lets nobody join between a change of headers and the next join point', async () => {
      const { writer, reader, cursor, decoder } = await ringOf();
      await writer.write([
        { kind: 'headers', headers: [{ typeId: VIDEO, body: bytesOf(20, 1) }] },
        video(0, true, bytesOf(10, 2)),
        PUBLISH,
        { kind: 'headers', headers: [{ typeId: VIDEO, body: bytesOf(20, 3) }] },
        video(10, false, bytesOf(20, 3)),
        PUBLISH,
      ]);
      expect(reader.newestJoin()).toBeUndefined();
      expect(cursor.join()).toBe(false);
      await writer.write([video(20, true, bytesOf(10, 4)), PUBLISH]);
      drain(cursor, decoder);
      expect(decoder.messages.map(({ body }) => body)).toEqual([bytesOf(20, 3), bytesOf(10, 4)]);
    });

    it('lets nobody join at a keyframe that came before the headers of its batch', async () => {
      const { writer, cursor } = await ringOf();
      await writer.write([
        video(0, true, bytesOf(10, 2)),
        { kind: 'headers', headers: [{ typeId: VIDEO, body: bytesOf(20, 3) }] },
        PUBLISH,
      ]);
      expect(cursor.join()).toBe(false);
    });

    it('carries on after the last published record when another writer takes over', async () => {
      const { memory, writer, cursor, decoder } = await ringOf();
      await writer.write([
        { kind: 'headers', headers: [{ typeId: VIDEO, body: bytesOf(20, 1) }] },
        video(100, true, bytesOf(6000, 2)),
        audio(120, bytesOf(50, 3)),
        PUBLISH,
        audio(140, bytesOf(70, 9)),
      ]);
      const successor = await open(memory);
      opened.push(successor);
      await successor.write([
        audio(160, bytesOf(60, 4)),
        video(200, false, bytesOf(70, 5)),
        PUBLISH,
      ]);
      drain(cursor, decoder);
      const seen = decoder.messages.map(({ timestampMs, body }) => [timestampMs, body.length]);
      expect(seen).toEqual([
        [0, 20],
        [0, 6000],
        [20, 50],
        [60, 60],
        [100, 70],
      ]);
    });

    it('keeps bytes whole over many turns of the data area', async () => {
      const { writer, cursor, decoder } = await ringOf();
      await writer.write([video(0, true, bytesOf(100, 0)), PUBLISH]);
      drain(cursor, decoder);
      for (let number = 1; number <= 60; number += 1) {
        const body = bytesOf((number * 1237) % 15_000, number);
        await writer.write([video(number * 33, false, body), PUBLISH]);
        expect(drain(cursor, decoder)).toBe('idle');
        expect(decoder.messages.at(-1)).toMatchObject({ timestampMs: number * 33 });
        expect(decoder.messages.at(-1)!.body.equals(body)).toBe(true);
      }
    });

    it('refuses to lend what the writer is near, and goes on later on its timeline', async () => {
      const { writer, cursor, decoder } = await ringOf();
      await writer.write([
        { kind: 'headers', headers: [{ typeId: VIDEO, body: bytesOf(20, 1) }] },
        video(0, true, bytesOf(1000, 2)),
        PUBLISH,
      ]);
      drain(cursor, decoder);
      const frames = [1, 2, 3, 4, 5, 6].map((at) => video(at * 40, at === 4, bytesOf(9000, at)));
      await writer.write([...frames, PUBLISH]);
      expect(cursor.poll()).toBe('overtaken');
      expect(cursor.skipToNewestJoin()).toBe(3);
      expect(drain(cursor, decoder)).toBe('idle');
      const seen = decoder.messages
        .slice(2)
        .map(({ timestampMs, body }) => [timestampMs, body.length]);
      expect(seen).toEqual([
        [0, 20],
        [160, 9000],
        [200, 9000],
        [240, 9000],
      ]);
    });

    it('is overtaken when the index laps, however few the bytes', async () => {
      const { writer, cursor, decoder } = await ringOf();
      await writer.write([video(0, true, bytesOf(10, 2)), PUBLISH]);
      drain(cursor, decoder);
      const many = Array.from({ length: 61 }, (_, at) => audio(at, bytesOf(1, at)));
      await writer.write([...many, PUBLISH]);
      expect(cursor.poll()).toBe('overtaken');
    });

    it('wakes a waiting reader when something is published, and when the ring ends', async () => {
      const { writer, reader } = await ringOf();
      const published = reader.changed(reader.headSequence());
      await writer.write([video(0, true, bytesOf(10, 2)), PUBLISH]);
      await published;
      expect(reader.headSequence()).toBe(1);
      await reader.changed(0);
      const ended = reader.changed(1);
      await writer.write([{ kind: 'end' }]);
      await ended;
      expect(reader.ended).toBe(true);
    });

    it.each([
      ['as large as it is', SMALL],
      ['growing in every pass', GROWING],
    ])('%s, never delivers torn bytes, however fast its readers are lapped', async (_, sizes) => {
      const { writer, reader } = await ringOf(sizes);
      const flooded = writer.flood(6000);
      let whole = 0;
      while (!reader.ended || whole === 0) {
        whole += readUntilCut(reader);
        await reader.changed(reader.headSequence(), 5);
      }
      await flooded;
      expect(whole).toBeGreaterThan(0);
    });
  });
}

/** One connection that reads a flood until it is caught up with or cut; counts what it received. */
function readUntilCut(reader: RingReader): number {
  const cursor = new Cursor(reader, { messageStreamId: 1, spanBytesMax: 40_000 });
  const decoder = new WireDecoder();
  let expected: number | undefined;
  let received = 0;
  for (;;) {
    const answer = cursor.poll();
    if (typeof answer === 'string') return received;
    const bytes = takeSpan(cursor, answer);
    if (bytes === undefined) return received;
    decoder.feed(bytes);
    expect(decoder.isAtMessageBoundary).toBe(true);
    for (const { body } of decoder.messages.splice(0)) {
      const number = body.readUInt32BE(0);
      if (expected === undefined) expect(number % 5).toBe(0);
      else expect(number).toBe(expected);
      expect(body.equals(floodBody(number))).toBe(true);
      expected = number + 1;
      received += 1;
    }
  }
}
