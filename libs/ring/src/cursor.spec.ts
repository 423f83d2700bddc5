import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';
import { createRingMemory, RecordFlag } from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';
import { RingWriter } from './ring-writer.ts';
import { bytesOf, drain, takeSpan } from './ring.conformance.ts';
import { WireDecoder } from './wire-decoder.fixture.ts';

const SMALL = { dataBytes: 64 * 1024, records: 64 };
const VIDEO = 9;

function ringOf(spanBytesMax = 512 * 1024) {
  const memory = createRingMemory(SMALL);
  const writer = new RingWriter(memory);
  const reader = new RingReader(memory);
  const cursor = new Cursor(reader, { messageStreamId: 1, spanBytesMax });
  const frame = (timestampMs: number, join: boolean, bytes = 100) => {
    writer.append(
      VIDEO,
      timestampMs,
      join ? RecordFlag.JOIN_POINT : 0,
      bytesOf(bytes, timestampMs),
    );
    writer.publish();
  };
  return { memory, writer, reader, cursor, frame, decoder: new WireDecoder() };
}

describe('a cursor', () => {
  it('ends a span at its limit, with a whole message, and takes one larger message alone', () => {
    const { cursor, frame } = ringOf(1000);
    frame(0, true, 1);
    const opening = cursor.poll();
    expect(opening).toMatchObject({ records: 1 });
    cursor.release();
    frame(1, false, 492);
    frame(2, false, 492);
    expect(cursor.poll()).toMatchObject({ records: 2, bytes: 1000 });
    cursor.release();
    frame(3, false, 492);
    frame(4, false, 493);
    expect(cursor.poll()).toMatchObject({ records: 1, bytes: 500 });
    cursor.release();
    cursor.poll();
    cursor.release();
    frame(5, false, 3000);
    expect(cursor.poll()).toMatchObject({ records: 1, bytes: 3008 });
    cursor.release();
    expect(cursor.poll()).toBe('idle');
  });

  it('lends one span at a time', () => {
    const { cursor, frame } = ringOf();
    frame(0, true);
    cursor.poll();
    expect(() => cursor.poll()).toThrow('in flight');
    expect(cursor.release()).toBe(true);
    expect(() => cursor.release()).toThrow('in flight');
  });

  it('uses one span object over and over', () => {
    const { cursor, frame } = ringOf();
    frame(0, true);
    const first = cursor.poll();
    cursor.release();
    frame(1, false);
    expect(cursor.poll()).toBe(first);
  });

  it('says at release that the writer came over the borrowed bytes', () => {
    const { cursor, frame } = ringOf();
    frame(0, true);
    cursor.poll();
    for (let at = 1; at < 5; at += 1) frame(at, false, 15_000);
    expect(cursor.release()).toBe(true);
    frame(5, false, 10);
    cursor.skipToNewestJoin();
    frame(6, true);
    cursor.poll();
    for (let at = 7; at < 12; at += 1) frame(at, false, 15_000);
    expect(cursor.release()).toBe(false);
  });

  it('says so too when a writer died over them, unpublished, and its successor wrote less', () => {
    const { memory, writer, cursor, frame } = ringOf();
    frame(0, true);
    cursor.poll();
    for (let at = 1; at < 5; at += 1) frame(at, false, 15_000);
    writer.append(VIDEO, 5, 0, bytesOf(10_000, 5));
    new RingWriter(memory).append(VIDEO, 5, 0, bytesOf(10, 6));
    expect(cursor.release()).toBe(false);
  });

  it('skips while a span is in flight, and goes on after it on the same timeline', () => {
    const { writer, cursor, frame, decoder } = ringOf();
    writer.setHeaders([{ typeId: VIDEO, body: bytesOf(30, 1) }]);
    frame(1000, true);
    frame(1040, false);
    const inFlight = cursor.poll();
    for (const at of [1080, 1120, 1160]) frame(at, false);
    frame(1200, true);
    frame(1240, false);
    expect(cursor.skipToNewestJoin()).toBe(3);
    if (typeof inFlight === 'string') throw new Error('a span was lent');
    decoder.feed(takeSpan(cursor, inFlight)!);
    expect(cursor.lagMs()).toBe(40);
    drain(cursor, decoder);
    expect(decoder.messages.map(({ timestampMs }) => timestampMs)).toEqual([
      0, 0, 40, 40, 200, 240,
    ]);
    expect(cursor.videoDropped).toBe(3);
  });

  it('stays where it is when no join point is ahead', () => {
    const { cursor, frame, decoder } = ringOf();
    frame(0, true);
    drain(cursor, decoder);
    frame(40, false);
    frame(80, false);
    expect(cursor.skipToNewestJoin()).toBe(0);
    drain(cursor, decoder);
    expect(decoder.messages.map(({ timestampMs }) => timestampMs)).toEqual([0, 40, 80]);
  });

  it('waits for a keyframe when what it had to send is gone, then keeps its timeline', () => {
    const { cursor, frame, decoder } = ringOf();
    frame(0, true);
    drain(cursor, decoder);
    for (let at = 1; at <= 6; at += 1) frame(at * 40, false, 15_000);
    expect(cursor.poll()).toBe('overtaken');
    expect(cursor.skipToNewestJoin()).toBe(0);
    expect(cursor.poll()).toBe('waiting-for-keyframe');
    frame(280, true);
    expect(drain(cursor, decoder)).toBe('idle');
    expect(decoder.messages.map(({ timestampMs }) => timestampMs)).toEqual([0, 280]);
    expect(cursor.videoDropped).toBe(6);
  });

  it('does not join at a keyframe that the writer has nearly come round to', () => {
    const { cursor, frame } = ringOf();
    frame(0, true);
    for (let at = 1; at <= 4; at += 1) frame(at, false, 12_300);
    expect(cursor.join()).toBe(false);
    expect(cursor.poll()).toBe('waiting-for-keyframe');
  });

  it('measures lag in bytes, time and join points until the socket has taken the bytes', () => {
    const { cursor, frame } = ringOf();
    expect(cursor.lagBytes()).toBe(0);
    frame(0, true);
    expect(cursor.lagBytes()).toBe(0);
    cursor.join();
    frame(500, false);
    frame(1000, true);
    expect([cursor.lagBytes(), cursor.lagMs(), cursor.lagJoinPoints()]).toEqual([324, 1000, 1]);
    cursor.poll();
    expect([cursor.lagBytes(), cursor.lagMs(), cursor.lagJoinPoints()]).toEqual([324, 1000, 1]);
    cursor.release();
    expect([cursor.lagBytes(), cursor.lagMs(), cursor.lagJoinPoints()]).toEqual([0, 0, 0]);
  });

  it('does not count a pause of the encoder as lag of the reader', () => {
    const { cursor, frame, decoder } = ringOf();
    frame(0, true);
    drain(cursor, decoder);
    frame(30_000, true);
    expect(cursor.lagMs()).toBe(0);
    frame(30_040, false);
    cursor.poll();
    expect(cursor.lagMs()).toBe(40);
    cursor.release();
    expect(cursor.lagMs()).toBe(0);
  });

  it('says that the writer comes near a borrowed span before a byte of it is torn', () => {
    const { cursor, frame } = ringOf();
    frame(0, true, 1000);
    cursor.poll();
    expect(cursor.isInFlightSafe).toBe(true);
    let written = 1000;
    for (let at = 1; cursor.isInFlightSafe; at += 1) {
      frame(at, false, 1000);
      written += 1000;
    }
    expect(written).toBeGreaterThan(0.7 * SMALL.dataBytes);
    expect(written).toBeLessThan(0.8 * SMALL.dataBytes);
    expect(cursor.lagMs()).toBeGreaterThan(0);
    expect(cursor.release()).toBe(true);
    expect(cursor.isInFlightSafe).toBe(true);
  });
});
