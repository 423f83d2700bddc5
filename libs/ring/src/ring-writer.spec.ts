import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';
import {
  createRingMemory,
  DATA_BYTES_DEFAULT,
  DATA_BYTES_MAX,
  DATA_BYTES_MIN,
  HEADERS_BYTES_MAX,
  RecordFlag,
  RecordInt,
  RECORDS_MIN,
  Word,
  viewsOf,
} from './ring-layout.ts';
import { emptyRecord, RingReader } from './ring-reader.ts';
import { RingWriter } from './ring-writer.ts';
import { DELTA_MS_END, wireBytesOf } from './wire-form.ts';
import { WireDecoder } from './wire-decoder.fixture.ts';
import { bytesOf, drain } from './ring.conformance.ts';

const SMALL = { dataBytes: 64 * 1024, records: 64 };

function codeOf(act: () => unknown): unknown {
  try {
    act();
  } catch (fault) {
    return (fault as { code?: unknown }).code;
  }
  return undefined;
}

describe('a ring’s writer', () => {
  it('takes a message of a quarter of the ring, and refuses one byte more', () => {
    const writer = new RingWriter(createRingMemory(SMALL));
    expect(wireBytesOf(writer.bodyBytesMax)).toBe(SMALL.dataBytes / 4);
    writer.append(9, 0, 0, Buffer.alloc(writer.bodyBytesMax));
    const tooLarge = Buffer.alloc(writer.bodyBytesMax + 1);
    expect(codeOf(() => writer.append(9, 0, 0, tooLarge))).toBe('RING_MESSAGE_TOO_LARGE');
    expect(writer.append(9, 1, 0, Buffer.alloc(1))).toBe(1);
  });

  it('fills its header block, and keeps the old headers when new ones do not fit', () => {
    const memory = createRingMemory(SMALL);
    const writer = new RingWriter(memory);
    const reader = new RingReader(memory);
    writer.setHeaders([{ typeId: 9, body: Buffer.alloc(HEADERS_BYTES_MAX - 8, 7) }]);
    writer.append(9, 0, RecordFlag.JOIN_POINT, Buffer.alloc(1));
    writer.publish();
    const tooLarge = [{ typeId: 9, body: Buffer.alloc(HEADERS_BYTES_MAX - 7) }];
    expect(codeOf(() => writer.setHeaders(tooLarge))).toBe('RING_HEADERS_TOO_LARGE');
    expect(reader.joinPoint()?.headers[0]?.body.length).toBe(HEADERS_BYTES_MAX - 8);
  });

  it('refuses timestamps that go back or leap beyond what a chunk header can say', () => {
    const writer = new RingWriter(createRingMemory(SMALL));
    writer.append(9, 5, 0, Buffer.alloc(1));
    expect(() => writer.append(9, 4, 0, Buffer.alloc(1))).toThrow('timestamps rise');
    expect(() => writer.append(9, 5 + DELTA_MS_END, 0, Buffer.alloc(1))).toThrow('timestamps rise');
    expect(writer.append(9, 5 + DELTA_MS_END - 1, 0, Buffer.alloc(1))).toBe(1);
  });

  it('is refused once another writer has taken the ring over', () => {
    const memory = createRingMemory(SMALL);
    const before = new RingWriter(memory);
    before.append(9, 0, 0, Buffer.alloc(1));
    const after = new RingWriter(memory);
    const superseded = 'RING_WRITER_SUPERSEDED';
    expect(codeOf(() => before.append(9, 1, 0, Buffer.alloc(1)))).toBe(superseded);
    expect(codeOf(() => before.publish())).toBe(superseded);
    expect(codeOf(() => before.setHeaders([]))).toBe(superseded);
    expect(codeOf(() => before.clearJoin())).toBe(superseded);
    expect(codeOf(() => before.end())).toBe(superseded);
    expect(after.append(9, 1, 0, Buffer.alloc(1))).toBe(0);
  });

  it('lets nobody join at what came before a cleared join', () => {
    const memory = createRingMemory(SMALL);
    const writer = new RingWriter(memory);
    const reader = new RingReader(memory);
    writer.append(9, 0, RecordFlag.JOIN_POINT, Buffer.alloc(1));
    writer.publish();
    writer.append(9, 0, RecordFlag.JOIN_POINT, Buffer.alloc(1));
    expect(reader.newestJoin()).toBe(0);
    writer.clearJoin();
    writer.publish();
    expect(reader.newestJoin()).toBeUndefined();
  });

  it('leaves its successor the newest timestamp and a marked time', () => {
    const memory = createRingMemory(SMALL);
    const writer = new RingWriter(memory);
    expect(writer.hasRecords).toBe(false);
    expect(writer.markedMs).toBeNaN();
    writer.append(9, 700, 0, Buffer.alloc(1));
    writer.markTime(1234.5);
    writer.publish();
    const successor = new RingWriter(memory);
    expect(successor.hasRecords).toBe(true);
    expect(successor.timestampMs).toBe(700);
    expect(successor.markedMs).toBe(1234.5);
  });

  it('forgets headers that a writer died over, and opens at the next frame', () => {
    const memory = createRingMemory(SMALL);
    const writer = new RingWriter(memory);
    const reader = new RingReader(memory);
    writer.setHeaders([{ typeId: 9, body: Buffer.alloc(10) }]);
    writer.append(9, 0, RecordFlag.JOIN_POINT, Buffer.alloc(1));
    writer.publish();
    Atomics.add(viewsOf(memory).words, Word.HEADERS_VERSION, 1);
    expect(reader.joinPoint()).toBeUndefined();
    const successor = new RingWriter(memory);
    expect(reader.newestJoin()).toBeUndefined();
    expect(reader.headers()).toEqual([]);
    successor.append(9, 1, RecordFlag.JOIN_POINT, Buffer.alloc(1));
    successor.publish();
    expect(reader.joinPoint()?.record.sequence).toBe(1);
  });

  it('publishes by itself before a batch outgrows its share of the ring', () => {
    const memory = createRingMemory(SMALL);
    const writer = new RingWriter(memory);
    const reader = new RingReader(memory);
    for (let at = 0; at < SMALL.records / 16; at += 1) writer.append(8, at, 0, Buffer.alloc(1));
    expect(reader.headSequence()).toBe(0);
    writer.append(8, 99, 0, Buffer.alloc(1));
    expect(reader.headSequence()).toBe(SMALL.records / 16);
  });

  it('counts on through 2^32 records', () => {
    const memory = createRingMemory(SMALL);
    const { words } = viewsOf(memory);
    Atomics.store(words, Word.HEAD, -2);
    Atomics.store(words, Word.CLAIMED_RECORDS, -2);
    const writer = new RingWriter(memory);
    const cursor = new Cursor(new RingReader(memory), { messageStreamId: 1 });
    const decoder = new WireDecoder();
    for (let at = 0; at < 8; at += 1) {
      writer.append(9, at, RecordFlag.JOIN_POINT, bytesOf(100, at));
      writer.publish();
      expect(drain(cursor, decoder)).toBe('idle');
    }
    expect(decoder.messages.map(({ body }) => body)).toEqual(
      Array.from({ length: 8 }, (_, at) => bytesOf(100, at)),
    );
  });

  it('writes and lends on after 2 TiB, where counts of KiB no longer fit 32 bits', () => {
    const memory = createRingMemory(SMALL);
    const { words, recordDoubles, recordInts } = viewsOf(memory);
    const kib = 2 ** 31 - 2 * 64;
    recordDoubles[0] = kib * 1024;
    recordInts[RecordInt.WIRE_BYTES] = 1024;
    Atomics.store(words, Word.HEAD, 1);
    Atomics.store(words, Word.CLAIMED_RECORDS, 1);
    Atomics.store(words, Word.CLAIMED_KIB, kib + 1);
    const writer = new RingWriter(memory);
    const cursor = new Cursor(new RingReader(memory), { messageStreamId: 1 });
    const decoder = new WireDecoder();
    for (let at = 0; at < 60; at += 1) {
      const body = bytesOf(10_000, at);
      writer.append(9, at, RecordFlag.JOIN_POINT, body);
      writer.publish();
      expect(drain(cursor, decoder)).toBe('idle');
      expect(decoder.messages.at(-1)?.body.equals(body)).toBe(true);
    }
  });

  it('makes rings between their smallest and largest sizes, in whole steps only', () => {
    expect(() => createRingMemory({ dataBytes: DATA_BYTES_MIN / 2 })).toThrow('limits');
    expect(() => createRingMemory({ dataBytes: DATA_BYTES_MIN + 1 })).toThrow('4 KiB');
    const max = DATA_BYTES_MAX + 4096;
    expect(() => createRingMemory({ dataBytesMax: max })).toThrow('limits');
    expect(() => createRingMemory({ dataBytesMax: DATA_BYTES_DEFAULT - 4096 })).toThrow('limits');
    expect(() => createRingMemory({ dataBytes: 2 ** 31 })).toThrow('dataBytes');
    expect(() => createRingMemory({ records: RECORDS_MIN / 2 })).toThrow('records');
    const memory = createRingMemory({ dataBytes: DATA_BYTES_MIN, records: RECORDS_MIN });
    expect(new RingReader(memory).record(0, emptyRecord())).toBe(false);
    expect(() => new RingReader(new SharedArrayBuffer(4096))).toThrow('is a ring');
  });
});
