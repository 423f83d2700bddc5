import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRingMemory, RecordFlag } from './ring-layout.ts';
import { emptyRecord, RingReader } from './ring-reader.ts';
import { RingSearch } from './ring-search.ts';
import { RingWriter } from './ring-writer.ts';
import { bytesOf } from './ring.conformance.ts';

const VIDEO = 9;

function ringOf(sizes = { dataBytes: 64 * 1024, records: 64 }) {
  const memory = createRingMemory(sizes);
  const writer = new RingWriter(memory);
  const reader = new RingReader(memory);
  const search = new RingSearch(reader);
  const frame = (timestampMs: number, join: boolean, bytes = 100) => {
    writer.append(VIDEO, timestampMs, join ? RecordFlag.JOIN_POINT : 0, bytesOf(bytes, 1));
    writer.publish();
  };
  return { writer, reader, search, frame };
}

describe('a search in a ring', () => {
  it('finds nothing where nothing is', () => {
    const { search } = ringOf();
    expect(search.joinBefore(1e9)).toBeUndefined();
    expect(search.joinAfter(0)).toBeUndefined();
    expect(search.oldestMs()).toBeUndefined();
    expect(search.hasLetGo).toBe(false);
  });

  it('finds the join point at a time, and those beside it', () => {
    const { search, frame } = ringOf();
    for (let at = 0; at < 30; at += 1) frame(at * 100, at % 10 === 3);
    expect([299, 300, 1299, 1300, 9999].map((ms) => search.joinBefore(ms))).toEqual([
      undefined,
      3,
      3,
      13,
      23,
    ]);
    expect([0, 299, 300, 1300, 2299, 2300].map((ms) => search.joinAfter(ms))).toEqual([
      3,
      3,
      13,
      23,
      23,
      undefined,
    ]);
  });

  it('does not find what came before the headers that stand now', () => {
    const { writer, reader, search, frame } = ringOf();
    writer.setHeaders([{ typeId: VIDEO, body: bytesOf(10, 1) }]);
    frame(0, true);
    frame(100, true);
    writer.setHeaders([{ typeId: VIDEO, body: bytesOf(10, 2) }]);
    frame(200, false);
    expect(search.joinBefore(250)).toBeUndefined();
    expect(reader.joinPointAt(1)).toBeUndefined();
    frame(300, true);
    expect(search.joinBefore(350)).toBe(3);
    expect(reader.joinPointAt(3)?.headers[0]?.body).toEqual(bytesOf(10, 2));
  });

  it('finds what an encoder left that is away, though nobody joins there live', () => {
    const { writer, reader, search, frame } = ringOf();
    frame(0, true);
    writer.clearJoin();
    expect(reader.newestJoin()).toBeUndefined();
    expect(search.joinBefore(0)).toBe(0);
  });

  it('keeps to the old headers where new ones do not fit', () => {
    const { writer, search, frame } = ringOf();
    frame(0, true);
    const tooLarge = [{ typeId: VIDEO, body: Buffer.alloc(300 * 1024) }];
    expect(() => {
      writer.setHeaders(tooLarge);
    }).toThrow('header block');
    expect(search.joinBefore(0)).toBe(0);
  });

  it('finds what is lent and nothing older, by bytes and by the index', () => {
    const model = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 300 }),
      gop: fc.integer({ min: 1, max: 12 }),
      atMs: fc.integer({ min: 0, max: 3_000 }),
    });
    fc.assert(
      fc.property(model, ({ sizes, gop, atMs }) => {
        const { reader, search, frame } = ringOf();
        sizes.forEach((bytes, at) => {
          frame(at * 10, at % gop === 0, bytes);
        });
        const record = emptyRecord();
        const joins = sizes.flatMap((_, at) => {
          const isThere = reader.record(at, record) && reader.isLendable(record.position);
          return isThere && at % gop === 0 ? [at] : [];
        });
        expect(search.joinBefore(atMs)).toBe(joins.findLast((at) => at * 10 <= atMs));
        expect(search.joinAfter(atMs)).toBe(joins.find((at) => at * 10 > atMs));
        expect(search.hasLetGo).toBe(!reader.record(0, record) || !reader.isLendable(0));
      }),
    );
  });
});
