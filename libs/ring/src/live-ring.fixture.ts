import { expect } from 'vitest';
import { Cursor, type CursorOptions } from './cursor.ts';
import { createRingMemory, RecordFlag, type RingSizes } from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';
import { RingWriter } from './ring-writer.ts';
import { WireDecoder } from './wire-decoder.fixture.ts';

const VIDEO = 9;
export const FRAME_MS = 40;
export const GOP_MS = 1_000;

/** Where a frame's own time stands in its body. */
function bodyOf(timestampMs: number, bytes: number): Buffer {
  const body = Buffer.alloc(bytes, timestampMs & 0xff);
  body.writeUInt32BE(timestampMs, 0);
  return body;
}

/** What a peer received, and when. */
export interface Received {
  readonly atMs: number;
  /** In the ring. */
  readonly frameMs: number;
  /** On the connection's timeline. */
  readonly timestampMs: number;
}

/** A ring that an encoder with an exact clock writes: time 0 of the clock is time 0 of the ring. */
export class LiveRing {
  readonly writer: RingWriter;
  readonly reader: RingReader;
  readonly memory: SharedArrayBuffer;
  nowMs = 0;
  frameBytes = 100;
  #nextFrameMs = 0;

  constructor(sizes: RingSizes = { dataBytes: 1024 * 1024, records: 4096 }) {
    this.memory = createRingMemory(sizes);
    this.writer = new RingWriter(this.memory);
    this.reader = new RingReader(this.memory);
  }

  /** The clock goes on, frames come; peers look after each step. */
  play(untilMs: number, peers: readonly Peer[] = []): void {
    while (this.nowMs < untilMs) {
      this.nowMs = Math.min(this.nowMs + FRAME_MS / 2, untilMs);
      while (this.#nextFrameMs <= this.nowMs) this.frame(this.#nextFrameMs);
      for (const peer of peers) peer.take();
    }
  }

  /** The clock goes on, and no frame comes. */
  pause(untilMs: number, peers: readonly Peer[] = []): void {
    while (this.nowMs < untilMs) {
      this.nowMs = Math.min(this.nowMs + FRAME_MS / 2, untilMs);
      for (const peer of peers) peer.take();
    }
    this.#nextFrameMs = Math.ceil(this.nowMs / GOP_MS) * GOP_MS;
  }

  frame(timestampMs: number): void {
    const isKeyframe = timestampMs % GOP_MS === 0;
    this.writer.markTime(this.nowMs);
    const flags = isKeyframe ? RecordFlag.JOIN_POINT : 0;
    this.writer.append(VIDEO, timestampMs, flags, bodyOf(timestampMs, this.frameBytes));
    this.writer.publish();
    this.#nextFrameMs = timestampMs + FRAME_MS;
  }
}

/** One connection that takes all it is lent at once. */
export class Peer {
  readonly cursor: Cursor;
  readonly received: Received[] = [];
  answer = '';
  readonly #ring: LiveRing;
  readonly #decoder = new WireDecoder();

  constructor(ring: LiveRing, options: Partial<CursorOptions> = {}) {
    this.#ring = ring;
    this.cursor = new Cursor(ring.reader, { messageStreamId: 1, ...options });
  }

  take(): void {
    for (;;) {
      const answer = this.cursor.poll(this.#ring.nowMs);
      if (typeof answer === 'string') {
        this.answer = answer;
        return;
      }
      const bytes = Buffer.concat(answer.views);
      if (!this.cursor.release()) throw new Error('a span was torn');
      this.#decoder.feed(bytes);
      for (const { body, timestampMs } of this.#decoder.messages.splice(0)) {
        this.received.push({ atMs: this.#ring.nowMs, frameMs: body.readUInt32BE(0), timestampMs });
      }
    }
  }

  get frames(): readonly number[] {
    return this.received.map(({ frameMs }) => frameMs);
  }
}

/** The times of frames, from one to another, both included. */
export function framesOf(fromMs: number, untilMs: number): number[] {
  return Array.from(
    { length: (untilMs - fromMs) / FRAME_MS + 1 },
    (_, at) => fromMs + at * FRAME_MS,
  );
}

/** What an exact connection tells: the first frame is 0, the others as late as they came. */
export function expectSteady(peer: Peer, withinMs = 200): void {
  const [first] = peer.received;
  for (const { atMs, timestampMs } of peer.received) {
    const passedMs = atMs - (first?.atMs ?? 0);
    expect(Math.abs(timestampMs - passedMs)).toBeLessThan(withinMs);
  }
}
