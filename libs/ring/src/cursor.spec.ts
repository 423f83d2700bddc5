import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';
import { createRingMemory, RecordFlag } from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';
import { RingWriter } from './ring-writer.ts';
import type { HeaderMessage } from './wire-form.ts';
import { bytesOf, drain, takeSpan } from './ring.conformance.ts';
import { WireDecoder, type DecodedMessage } from './wire-decoder.fixture.ts';

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

type Step =
  | { kind: 'message'; typeId: number; size: number; deltaMs: number; join: boolean }
  | { kind: 'headers'; sizes: number[] }
  | { kind: 'publish' | 'poll' | 'release' | 'skip' | 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      typeId: fc.constantFrom(8, 9, 18),
      size: fc.oneof(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 4090, max: 4100 }),
        fc.integer({ min: 0, max: 16_000 }),
      ),
      deltaMs: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(0xfffffe)),
      join: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('headers' as const),
      sizes: fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 3 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'publish' as const,
        'publish' as const,
        'poll' as const,
        'poll' as const,
        'release' as const,
        'release' as const,
        'skip' as const,
        'reopen' as const,
      ),
    }),
  },
);

interface Sent {
  readonly typeId: number;
  readonly timestampMs: number;
  readonly body: Buffer;
  readonly join: boolean;
  /** The headers that stood when it was appended. */
  readonly headers: readonly HeaderMessage[];
}

/** What was written and what one connection received, side by side. */
class Model {
  readonly memory = createRingMemory(SMALL);
  readonly reader = new RingReader(this.memory);
  readonly decoder = new WireDecoder();
  readonly sent: Sent[] = [];
  writer = new RingWriter(this.memory);
  cursor = new Cursor(this.reader, { messageStreamId: 1, spanBytesMax: 20_000 });
  cut = false;
  #headers: readonly HeaderMessage[] = [];
  #borrowed: Buffer[] | undefined;

  take(step: Step): void {
    switch (step.kind) {
      case 'message':
        return this.#append(step);
      case 'headers':
        this.#headers = step.sizes.map((size, at) => ({
          typeId: 9,
          body: bytesOf(size, size + at),
        }));
        return this.writer.setHeaders(this.#headers);
      case 'publish':
        return this.writer.publish();
      case 'reopen':
        this.sent.length = this.reader.headSequence();
        this.writer = new RingWriter(this.memory);
        return;
      case 'skip':
        this.cursor.skipToNewestJoin();
        return;
      case 'poll':
        return this.#poll();
      case 'release':
        return this.#release();
    }
  }

  #append(step: { typeId: number; size: number; deltaMs: number; join: boolean }): void {
    const { typeId, join } = step;
    const timestampMs = (this.sent.at(-1)?.timestampMs ?? 0) + step.deltaMs;
    // Its number first, so that no two messages are alike.
    const body = Buffer.concat([Buffer.alloc(4), bytesOf(step.size, this.sent.length)]);
    body.writeUInt32BE(this.sent.length);
    this.writer.append(typeId, timestampMs, join ? RecordFlag.JOIN_POINT : 0, body);
    this.sent.push({ typeId, timestampMs, body, join, headers: this.#headers });
  }

  #poll(): void {
    if (this.#borrowed !== undefined || this.cut) return;
    const answer = this.cursor.poll();
    if (typeof answer !== 'string') this.#borrowed = [...answer.views];
  }

  /** The socket reads what it was lent as late as it can. */
  #release(): void {
    if (this.#borrowed === undefined) return;
    const bytes = Buffer.concat(this.#borrowed);
    this.#borrowed = undefined;
    if (this.cursor.release()) this.decoder.feed(bytes);
    else this.cut = true;
  }
}

/**
 * Finds each received message in what was sent; answers where runs begin. Throws when one is not
 * there.
 */
function explain(received: readonly DecodedMessage[], sent: readonly Sent[]): void {
  let at = 0;
  let next: number | undefined;
  while (at < received.length) {
    const here = received[at]!;
    if (next !== undefined && matches(here, sent[next])) {
      next += 1;
      at += 1;
      continue;
    }
    const start = sent.findIndex((candidate, index) => {
      if (!candidate.join || index < (next ?? 0)) return false;
      const { headers } = candidate;
      const fits = headers.every(({ body }, offset) => received[at + offset]?.body.equals(body));
      return fits && matches(received[at + headers.length], candidate);
    });
    expect(start, `received message ${at} begins a run at a join point`).toBeGreaterThanOrEqual(0);
    at += sent[start]!.headers.length + 1;
    next = start + 1;
  }
}

function matches(received: DecodedMessage | undefined, sent: Sent | undefined): boolean {
  return (
    received !== undefined &&
    sent !== undefined &&
    received.typeId === sent.typeId &&
    received.body.equals(sent.body)
  );
}

describe('any reader of any ring', () => {
  it('receives whole messages in runs that begin with fitting headers at a join point', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 250 }), (steps) => {
        const model = new Model();
        for (const step of steps) model.take(step);
        expect(model.decoder.isAtMessageBoundary).toBe(true);
        explain(model.decoder.messages, model.sent);
      }),
      { numRuns: 150 },
    );
  });

  it('receives exactly what follows its join point, on the same timeline, if it keeps up', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 120 }), (steps) => {
        const model = new Model();
        for (const step of steps) {
          if (step.kind === 'skip' || step.kind === 'reopen') continue;
          model.take(step);
          model.take({ kind: 'publish' });
          drain(model.cursor, model.decoder);
        }
        const from = model.sent.findIndex(({ join }) => join);
        const expected = from < 0 ? [] : model.sent.slice(from);
        const origin = expected[0]?.timestampMs ?? 0;
        const seen = model.decoder.messages.slice(expected[0]?.headers.length ?? 0);
        expect(seen.map(({ typeId, timestampMs }) => [typeId, timestampMs])).toEqual(
          expected.map(({ typeId, timestampMs }) => [typeId, timestampMs - origin]),
        );
        expect(seen.every(({ body }, at) => body.equals(expected[at]!.body))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
