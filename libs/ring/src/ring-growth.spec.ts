import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';
import { bytesOf, drain, takeSpan } from './ring.conformance.ts';
import { RingGauge } from './ring-gauge.ts';
import {
  createRingMemory,
  DATA_BYTES_MAX_DEFAULT,
  RecordFlag,
  type RingSizes,
} from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';
import { RingWriter } from './ring-writer.ts';
import { WireDecoder } from './wire-decoder.fixture.ts';
import { wireBytesOf } from './wire-form.ts';

const KIB = 1024;
const VIDEO = 9;
const SIZES = { dataBytes: 64 * KIB, dataBytesMax: 1024 * KIB, windowMs: 1000, records: 1024 };
/** A message of exactly 4 KiB in the ring. */
const BODY_BYTES = 4 * KIB - 8;

function ringOf(sizes: RingSizes = SIZES) {
  const memory = createRingMemory(sizes);
  const writer = new RingWriter(memory);
  const reader = new RingReader(memory);
  const gauge = new RingGauge(memory);
  let count = 0;
  let timestampMs = 0;
  /** So many messages of 4 KiB, or of other sizes, each so long after the one before it. */
  const write = (messages: number, stepMs: number, bodyBytes = BODY_BYTES) => {
    for (let at = 0; at < messages; at += 1) {
      const flags = count % 10 === 0 ? RecordFlag.JOIN_POINT : 0;
      writer.append(VIDEO, timestampMs, flags, bytesOf(bodyBytes, count));
      writer.publish();
      count += 1;
      timestampMs += stepMs;
    }
  };
  const cursor = new Cursor(reader, { messageStreamId: 1, spanBytesMax: 32 * KIB });
  return { memory, writer, reader, gauge, cursor, write, decoder: new WireDecoder() };
}

const kibOf = (gauge: RingGauge): number => gauge.dataBytes / KIB;

describe('a ring that may grow', () => {
  it('stays as it is while it holds the window', () => {
    const { gauge, write } = ringOf();
    expect(wireBytesOf(BODY_BYTES)).toBe(4 * KIB);
    expect(gauge.hasComeRound).toBe(false);
    // One pass of 16 messages takes 1008 ms.
    write(100, 63);
    expect(kibOf(gauge)).toBe(64);
    expect(gauge.hasComeRound).toBe(true);
  });

  it('costs hardly anything where nobody has written yet', () => {
    const before = process.memoryUsage.rss();
    const rings = Array.from({ length: 16 }, () => createRingMemory());
    const together = rings.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(together).toBeGreaterThan(16 * DATA_BYTES_MAX_DEFAULT);
    expect(process.memoryUsage.rss() - before).toBeLessThan(together / 16);
  });

  it('grows in steps until one pass takes the window, and no further', () => {
    const { gauge, write } = ringOf();
    // 20 messages take 1000 ms: 80 KiB.
    write(17, 50);
    expect(kibOf(gauge)).toBe(80);
    write(500, 50);
    expect(kibOf(gauge)).toBe(80);
  });

  it('lends all that it has while it grows to the window', () => {
    const { gauge, reader, write } = ringOf();
    for (let passMs = 0; passMs <= 700; passMs += 20) {
      write(1, 20);
      expect(reader.isLendable(0), `after ${passMs} ms`).toBe(true);
    }
    // 50 messages take 1000 ms.
    write(20, 20);
    expect([reader.isLendable(0), kibOf(gauge)]).toEqual([false, 208]);
  });

  it('lends all of a pass, too, with which it has begun to grow to a longer window', () => {
    const { gauge, reader, write } = ringOf();
    write(60, 63);
    const firstKib = 48 * 4;
    expect([reader.isLendable(firstKib * KIB), kibOf(gauge)]).toEqual([true, 64]);
    gauge.windowMs = 4_000;
    write(5, 63);
    expect(kibOf(gauge)).toBeGreaterThan(64);
    write(30, 63);
    expect(reader.isLendable(firstKib * KIB)).toBe(true);
    write(100, 63);
    // 64 messages take 4032 ms.
    expect(kibOf(gauge)).toBe(256);
  });

  it('grows on when the bitrate rises later, and never shrinks', () => {
    const { gauge, write } = ringOf();
    write(1000, 63);
    expect(kibOf(gauge)).toBe(64);
    write(200, 10);
    expect(kibOf(gauge)).toBe(400);
    write(1000, 100);
    expect(kibOf(gauge)).toBe(400);
  });

  it('ends at its largest size, also when media time stands still', () => {
    const { gauge, write } = ringOf();
    write(3000, 0);
    expect(kibOf(gauge)).toBe(1024);
    expect(gauge.isKeptShort).toBe(false);
  });

  it('is deceived by a leap in time for one pass only', () => {
    const { gauge, writer, write } = ringOf();
    write(10, 50);
    for (let at = 0; at < 100; at += 1) {
      writer.append(VIDEO, 60_000 + at * 50, 0, bytesOf(BODY_BYTES, at));
    }
    expect(kibOf(gauge)).toBe(80);
  });

  it('keeps what it lent, and what follows it, while it grows to many times its size', () => {
    const { gauge, cursor, write, decoder } = ringOf();
    for (let at = 0; at < 51; at += 1) {
      write(1, 63);
      drain(cursor, decoder);
    }
    write(4, 63);
    const span = cursor.poll();
    if (typeof span === 'string') throw new Error('a span was lent');
    expect(kibOf(gauge)).toBe(64);
    write(50, 10);
    expect(kibOf(gauge)).toBe(240);
    decoder.feed(takeSpan(cursor, span)!);
    const { messages } = decoder;
    expect(messages).toHaveLength(55);
    messages.forEach(({ body }, at) => expect(body.equals(bytesOf(BODY_BYTES, at))).toBe(true));
  });

  it('calls torn what was left of the pass before, rather than guess', () => {
    const { gauge, cursor, write } = ringOf();
    write(32, 63);
    cursor.join();
    const span = cursor.poll();
    if (typeof span === 'string') throw new Error('a span was lent');
    // The span begins at message 30. The third pass comes over it, and then grows: by its size
    // alone the ring could hold it.
    write(16, 1);
    expect(kibOf(gauge)).toBe(64);
    write(1, 1);
    expect(kibOf(gauge)).toBe(80);
    expect(takeSpan(cursor, span)).toBeUndefined();
  });
});

describe('a message larger than a quarter of the ring', () => {
  it('makes it grow at once in the first pass, to four times the message', () => {
    const { gauge, writer, cursor, decoder, write } = ringOf();
    write(1, 10);
    drain(cursor, decoder);
    const body = bytesOf(writer.bodyBytesMax, 7);
    expect(wireBytesOf(body.length)).toBe(256 * KIB);
    writer.append(VIDEO, 10, 0, body);
    writer.publish();
    expect(kibOf(gauge)).toBe(1024);
    drain(cursor, decoder);
    expect(decoder.messages.at(-1)?.body.equals(body)).toBe(true);
    const larger = bytesOf(writer.bodyBytesMax + 1, 7);
    expect(() => writer.append(VIDEO, 10, 0, larger)).toThrow('may become');
  });

  it.each([
    ['early in a pass, up to half of it, waits for the end', 2, 20, 64],
    ['early in a pass, more than half of it, does not wait', 2, 40, 160],
    ['late in a pass does not wait', 10, 20, 80],
  ])('%s', (_, messages, bodyKib, becomesKib) => {
    const { gauge, writer, cursor, decoder, write } = ringOf();
    write(32 + messages, 63);
    drain(cursor, decoder);
    const body = bytesOf(bodyKib * KIB - 100, 1);
    writer.append(VIDEO, 10_000, 0, body);
    writer.publish();
    expect(kibOf(gauge)).toBe(becomesKib);
    expect(drain(cursor, decoder)).toBe('idle');
    expect(decoder.messages.at(-1)?.body.equals(body)).toBe(true);
  });

  it('is taken from any encoder, after minutes of a still picture too', () => {
    const { writer, cursor, decoder, write } = ringOf();
    write(2000, 200, 50);
    drain(cursor, decoder);
    for (let at = 0; at < 40; at += 1) {
      const body = bytesOf(writer.bodyBytesMax - at, at);
      writer.append(VIDEO, 400_000 + at, 0, body);
      writer.publish();
      expect(drain(cursor, decoder)).toBe('idle');
      expect(decoder.messages.at(-1)?.body.equals(body)).toBe(true);
    }
  });
});

describe('a ring whose growth is limited', () => {
  it('keeps the size that it is allowed, says so, and goes on when it is allowed more', () => {
    const { gauge, cursor, decoder, write } = ringOf();
    gauge.limitDataTo(96 * KIB + 1);
    for (let at = 0; at < 100; at += 1) {
      write(1, 10);
      drain(cursor, decoder);
    }
    expect(kibOf(gauge)).toBe(96);
    expect(gauge.isKeptShort).toBe(true);
    expect(decoder.messages).toHaveLength(100);
    gauge.limitDataTo(2 ** 40);
    write(300, 10);
    expect(kibOf(gauge)).toBe(400);
    expect(gauge.isKeptShort).toBe(false);
  });

  it('takes a large message all the same', () => {
    const { gauge, writer, write } = ringOf();
    gauge.limitDataTo(0);
    write(30, 10);
    expect(kibOf(gauge)).toBe(64);
    writer.append(VIDEO, 1000, 0, Buffer.alloc(100 * KIB));
    expect(kibOf(gauge)).toBe(416);
  });

  it('counts what it holds: media, index and headers', () => {
    const { gauge } = ringOf();
    expect(gauge.bytes).toBe(64 * KIB + 1024 * 40 + 256 * KIB);
  });
});

describe('a ring that is taken over', () => {
  it('holds nothing of what a writer died over, although its successor grows it', () => {
    const { memory, writer, cursor, write } = ringOf();
    // Lent: message 0. Published: 15 messages. Written and lost with its writer: what ends the
    // pass, and the first of the next, over message 0.
    write(1, 63);
    const span = cursor.poll();
    if (typeof span === 'string') throw new Error('a span was lent');
    write(14, 63);
    for (let at = 0; at < 2; at += 1) writer.append(VIDEO, 1100, 0, bytesOf(BODY_BYTES, 100 + at));
    const successor = new RingWriter(memory);
    // In the first pass this would make the ring grow, and message 0 seem to be held again.
    successor.append(VIDEO, 950, 0, bytesOf(30 * KIB, 200));
    expect(takeSpan(cursor, span)).toBeUndefined();
  });

  it('goes on with the size it has, in the same pass', () => {
    const { memory, gauge, write, cursor, decoder } = ringOf();
    write(61, 10);
    const dataBytes = gauge.dataBytes;
    drain(cursor, decoder);
    const successor = new RingWriter(memory);
    const body = bytesOf(BODY_BYTES, 1);
    successor.append(VIDEO, 700, 0, body);
    successor.publish();
    expect(drain(cursor, decoder)).toBe('idle');
    expect(decoder.messages.at(-1)?.body.equals(body)).toBe(true);
    expect(gauge.dataBytes).toBe(dataBytes);
  });
});
