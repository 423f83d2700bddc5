import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';
import { RingGauge } from './ring-gauge.ts';
import { createRingMemory, RecordFlag, type RingSizes } from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';
import { RingWriter } from './ring-writer.ts';
import type { HeaderMessage } from './wire-form.ts';
import { bytesOf, drain } from './ring.conformance.ts';
import { WireDecoder, type DecodedMessage } from './wire-decoder.fixture.ts';

const SMALL = { dataBytes: 64 * 1024, records: 64 };
/** Grows for the model's large messages, and for its window as far as it is let. */
const GROWING = { dataBytes: 16 * 1024, dataBytesMax: 256 * 1024, windowMs: 400, records: 64 };

type Step =
  | { kind: 'message'; typeId: number; size: number; deltaMs: number; join: boolean }
  | { kind: 'headers'; sizes: number[] }
  | { kind: 'limit'; dataBytes: number }
  | { kind: 'delay'; delayMs: number }
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
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('limit' as const),
      dataBytes: fc.integer({ min: 0, max: GROWING.dataBytesMax }),
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

const delayStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: step },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delay' as const),
      delayMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000 })),
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
  readonly memory: SharedArrayBuffer;
  readonly reader: RingReader;
  readonly decoder = new WireDecoder();
  readonly sent: Sent[] = [];
  writer: RingWriter;
  cursor: Cursor;
  cut = false;
  #headers: readonly HeaderMessage[] = [];
  #nowMs = 0;
  #borrowed: Buffer[] | undefined;

  constructor(sizes: RingSizes) {
    this.memory = createRingMemory(sizes);
    this.reader = new RingReader(this.memory);
    this.writer = new RingWriter(this.memory);
    this.cursor = new Cursor(this.reader, { messageStreamId: 1, spanBytesMax: 20_000 });
  }

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
      case 'limit':
        return new RingGauge(this.memory).limitDataTo(step.dataBytes);
      case 'delay':
        return this.cursor.setDelay(step.delayMs);
      case 'skip':
        this.cursor.skipToNewestJoin(this.#nowMs);
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
    // The clock of the encoder is exact.
    this.#nowMs = timestampMs;
    this.writer.markTime(timestampMs);
    this.writer.append(typeId, timestampMs, join ? RecordFlag.JOIN_POINT : 0, body);
    this.sent.push({ typeId, timestampMs, body, join, headers: this.#headers });
  }

  #poll(): void {
    if (this.#borrowed !== undefined || this.cut) return;
    const answer = this.cursor.poll(this.#nowMs);
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
 * Finds each received message in what was sent; `goesBack`: also before what was received already.
 * Throws when one is not there.
 */
function explain(
  received: readonly DecodedMessage[],
  sent: readonly Sent[],
  goesBack = false,
): void {
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
      if (!candidate.join || (!goesBack && index < (next ?? 0))) return false;
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

describe.each([
  ['as large as it is', SMALL],
  ['that grows', GROWING],
])('any reader of any ring %s', (_, sizes) => {
  it('receives whole messages in runs that begin with fitting headers at a join point', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 250 }), (steps) => {
        const model = new Model(sizes);
        for (const step of steps) model.take(step);
        expect(model.decoder.isAtMessageBoundary).toBe(true);
        explain(model.decoder.messages, model.sent);
      }),
      { numRuns: 150 },
    );
  });

  it('receives whole messages in such runs, too, with any delay that changes', () => {
    fc.assert(
      fc.property(fc.array(delayStep, { minLength: 20, maxLength: 250 }), (steps) => {
        const model = new Model(sizes);
        for (const step of steps) model.take(step);
        expect(model.decoder.isAtMessageBoundary).toBe(true);
        explain(model.decoder.messages, model.sent, true);
        const times = model.decoder.messages.map(({ timestampMs }) => timestampMs);
        expect(times).toEqual(times.toSorted((left, right) => left - right));
      }),
      { numRuns: 150 },
    );
  });

  it('receives exactly what follows its join point, on the same timeline, if it keeps up', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 120 }), (steps) => {
        const model = new Model(sizes);
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
