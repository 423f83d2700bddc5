import { describe, expect, it } from 'vitest';
import { createRingMemory, RecordFlag } from './ring-layout.ts';
import { emptyRecord, RingReader } from './ring-reader.ts';
import { RingWriter } from './ring-writer.ts';
import { CHUNK_BYTES } from './wire-form.ts';
import { bytesOf } from './ring.conformance.ts';

const SMALL = { dataBytes: 64 * 1024, records: 64 };
const VIDEO = 9;

function ringOf() {
  const memory = createRingMemory(SMALL);
  const writer = new RingWriter(memory);
  const reader = new RingReader(memory);
  const frame = (timestampMs: number, body: Buffer, flags = 0) => {
    const sequence = writer.append(VIDEO, timestampMs, flags, body);
    writer.publish();
    return sequence;
  };
  const recordOf = (sequence: number) => {
    const record = emptyRecord();
    expect(reader.record(sequence, record)).toBe(true);
    return record;
  };
  return { memory, writer, reader, frame, recordOf };
}

describe('a record’s body', () => {
  it.each([0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 1, 15_000])(
    'of %i bytes is what was appended, whatever stands between its chunks',
    (bytes) => {
      const { reader, frame, recordOf } = ringOf();
      const body = bytesOf(bytes, 3);
      frame(0, bytesOf(700, 1), RecordFlag.JOIN_POINT);
      const record = recordOf(frame(40, body));
      frame(80, bytesOf(700, 2));
      expect(reader.body(record)?.equals(body)).toBe(true);
    },
  );

  it('is a copy, which the writer does not come over', () => {
    const { reader, frame, recordOf } = ringOf();
    const body = reader.body(recordOf(frame(0, bytesOf(5_000, 1))));
    for (let at = 1; at < 10; at += 1) frame(at, bytesOf(15_000, at));
    expect(body?.equals(bytesOf(5_000, 1))).toBe(true);
  });

  it('is not there any more once the writer has come over it', () => {
    const { reader, frame, recordOf } = ringOf();
    const record = recordOf(frame(0, bytesOf(5_000, 1)));
    for (let at = 1; at <= 4; at += 1) frame(at, bytesOf(15_000, at));
    expect(reader.body(record)).toBeDefined();
    frame(5, bytesOf(15_000, 5));
    expect(reader.body(record)).toBeUndefined();
  });
});

describe('the times in a ring', () => {
  it('are unknown at first, and then what a writer said of them', () => {
    const { memory, writer, reader } = ringOf();
    expect([writer.markedMs, writer.originMs, reader.videoAtMs]).toEqual([NaN, NaN, NaN]);
    writer.markTime(3);
    writer.markOrigin(1);
    writer.markVideo(2);
    const successor = new RingWriter(memory);
    expect([successor.markedMs, successor.originMs, reader.videoAtMs]).toEqual([3, 1, 2]);
  });
});
