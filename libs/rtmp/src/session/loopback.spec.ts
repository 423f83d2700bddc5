import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ChunkWriter, encodeMessage } from '../chunk/chunk-writer.ts';
import { patterned } from '../chunk/raw-chunk.fixture.ts';
import { RtmpError } from '../rtmp-error.ts';
import { ClientSession } from './client-session.ts';
import type { ClientSessionHandler } from './client-session.ts';
import { Conversation, handshakeBytes, raw, say, shortPublish } from './conversation.fixture.ts';

/** Both ends of a connection; what they send is carried over in pieces of the given lengths. */
class Loopback {
  readonly server = new Conversation();
  readonly client: ClientSession;
  readonly told: string[] = [];
  readonly #toServer: Buffer[] = [];
  readonly #lengths: readonly number[];
  #carried = 0;

  constructor(lengths: readonly number[]) {
    this.#lengths = lengths;
    const handler: ClientSessionHandler = {
      send: (bytes) => this.#toServer.push(bytes),
      onStage: (stage) => this.told.push(stage),
      onPublishing: ({ messageStreamId }) => this.told.push(`on ${messageStreamId}`),
      onRejected: ({ code }) => this.told.push(code),
      onAcknowledged: (bytesTotal) => this.told.push(`acknowledged ${bytesTotal}`),
      onReconnectRequest: () => undefined,
    };
    const told = { app: 'live', tcUrl: 'rtmp://a.example/live', streamName: 'key' };
    this.client = new ClientSession(told, handler);
    this.client.start();
    this.carry();
  }

  write(bytes: Buffer): void {
    this.#toServer.push(bytes);
    this.carry();
  }

  /** Until neither has anything to say. */
  carry(): void {
    while (this.#toServer.length > 0 || this.server.sent.length > 0) {
      const up = Buffer.concat(this.#toServer.splice(0));
      const down = Buffer.concat(this.server.sent.splice(0));
      for (const piece of this.#pieces(up)) this.server.feed(piece);
      for (const piece of this.#pieces(down)) this.client.feed(piece);
    }
  }

  *#pieces(bytes: Buffer): Generator<Buffer> {
    for (let at = 0; at < bytes.length;) {
      const length = this.#lengths[this.#carried % this.#lengths.length] ?? 1;
      this.#carried += 1;
      yield bytes.subarray(at, at + length);
      at += length;
    }
  }
}

const anyLengths = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 });

describe('a client and a server', () => {
  it('come to publishing, however their bytes are cut', () => {
    fc.assert(
      fc.property(anyLengths, (lengths) => {
        const loopback = new Loopback(lengths);
        expect(loopback.told).toEqual(['handshaken', 'connected', 'created', 'publishing', 'on 1']);
        expect(loopback.server.session.phase).toBe('publishing');
      }),
      { numRuns: 30 },
    );
  });

  it('carry media byte for byte over 2^24 and 2^32 milliseconds', () => {
    const frame = fc.record({
      type: fc.constantFrom(8, 9, 18),
      bytes: fc.integer({ min: 0, max: 12_000 }),
      stepMs: fc.constantFrom(0, 20, 21, 0xfffffe, 0xffffff, 0x1000000, 0x7fffffff),
    });
    const start = fc.constantFrom(0, 0xfffff0, 0xffffff, 0xfffffff0);
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 12 }),
        start,
        anyLengths,
        (frames, startMs, lengths) => {
          const loopback = new Loopback(lengths);
          const writer = new ChunkWriter(4096);
          let timestampMs = startMs;
          const events = frames.map(({ type, bytes, stepMs }) => {
            timestampMs = (timestampMs + stepMs) >>> 0;
            const payload = patterned(bytes, type);
            loopback.write(
              writer.write({ chunkStreamId: 4, type, timestampMs, messageStreamId: 1, payload }),
            );
            return `${type} at ${timestampMs}`;
          });
          expect(loopback.server.events.slice(1)).toEqual(events);
          expect(loopback.server.bodies.map((body) => body.length)).toEqual(
            frames.map(({ bytes }) => bytes),
          );
          expect(loopback.server.bodies).toEqual(
            frames.map(({ type, bytes }) => patterned(bytes, type)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('part in words', () => {
    const loopback = new Loopback([700]);
    loopback.client.unpublish();
    loopback.carry();
    expect(loopback.server.events).toEqual([
      'publish live key FMLE/3.0 (compatible; FMSc/1.0)',
      'FCUnpublish',
    ]);
    expect(loopback.client.phase).toBe('ended');
  });

  it('acknowledge so that the client sees its bytes taken', () => {
    const loopback = new Loopback([65_536]);
    const video = patterned(500_000);
    for (let timestampMs = 0; timestampMs < 4; timestampMs += 1) {
      loopback.write(
        encodeMessage({
          chunkStreamId: 4,
          type: 9,
          timestampMs,
          messageStreamId: 1,
          payload: video,
          chunkBytes: 4096,
        }),
      );
    }
    const last = loopback.told.at(-1) ?? '';
    expect(last).toMatch(/^acknowledged /);
    const acknowledged = Number(last.split(' ')[1]);
    expect(acknowledged).toBeGreaterThan(1_250_000);
    expect(acknowledged).toBeLessThanOrEqual(loopback.server.session.receivedBytes);
  });
});

describe('a session fed with anything', () => {
  const anyPart = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc
      .record({
        name: fc.constantFrom(
          'connect',
          'publish',
          'createStream',
          'FCPublish',
          'FCUnpublish',
          'deleteStream',
          '_result',
          '_error',
          'onStatus',
          'close',
          'releaseStream',
          '_checkbw',
        ),
        id: fc.integer({ min: 0, max: 7 }),
        values: fc.array(fc.constantFrom(null, false, 1, -1, 'live', 'secret-key', undefined), {
          maxLength: 3,
        }),
        type: fc.constantFrom(20, 17),
      })
      .map((command) => say(command)),
    fc
      .record({
        type: fc.integer({ min: 0, max: 23 }),
        payload: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      })
      .map((message) => raw(message)),
    fc.constant(shortPublish('secret-key')),
  );
  const anyParts = fc.array(anyPart, { maxLength: 15 });

  const expectOrderlyFailure = (act: () => void): void => {
    try {
      act();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(RtmpError);
      expect((thrown as Error).message).not.toContain('secret');
    }
  };

  it('fails as a server in a coded way only', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const conversation = new Conversation();
        expectOrderlyFailure(() => {
          conversation.feed(handshakeBytes, ...parts);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('fails as a client in a coded way only', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const ignore = (): void => undefined;
        const session = new ClientSession(
          { app: 'live', tcUrl: 'rtmp://a.example/live', streamName: 'secret-key' },
          {
            send: ignore,
            onStage: ignore,
            onPublishing: ignore,
            onRejected: (rejection) => expect(JSON.stringify(rejection)).not.toContain('secret'),
            onAcknowledged: ignore,
            onReconnectRequest: ignore,
          },
        );
        session.start();
        expectOrderlyFailure(() => {
          for (const bytes of [handshakeBytes, ...parts]) session.feed(bytes);
        });
      }),
      { numRuns: 300 },
    );
  });
});
