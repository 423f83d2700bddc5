import { createRingMemory, RecordFlag, RingReader, RingWriter, type RingSizes } from '#ring';
import { LOOK_MS } from './beat.ts';
import type { Feed, FeedHandler, FeedSink } from './feed.ts';

const VIDEO = 9;

/** A ring whose frames a test writes one by one, each readable at once. */
export class TestRing {
  readonly memory: SharedArrayBuffer;
  readonly reader: RingReader;
  readonly writer: RingWriter;

  constructor(sizes: RingSizes = { dataBytes: 1024 * 1024, records: 1024 }) {
    this.memory = createRingMemory(sizes);
    this.reader = new RingReader(this.memory);
    this.writer = new RingWriter(this.memory);
  }

  /** A video frame that tells its time, from which on a reader can begin if it is a keyframe. */
  frame(timestampMs: number, kind: 'keyframe' | 'inter' = 'inter', bytes = 100): void {
    const body = Buffer.alloc(bytes, timestampMs & 0xff);
    body.writeUInt32BE(timestampMs, 0);
    this.writer.append(VIDEO, timestampMs, kind === 'keyframe' ? RecordFlag.JOIN_POINT : 0, body);
    this.writer.publish();
  }
}

/** A socket in the hand of a test: takes what is written when it is told to. */
export class TestSink implements FeedSink {
  readonly #pending: { readonly bytes: Buffer; readonly done: (() => void) | undefined }[] = [];
  readonly taken: Buffer[] = [];
  readonly calls: string[] = [];

  write(bytes: Buffer, done?: () => void): void {
    this.calls.push('write');
    this.#pending.push({ bytes, done });
  }

  cork(): void {
    this.calls.push('cork');
  }

  uncork(): void {
    this.calls.push('uncork');
  }

  get isWaiting(): boolean {
    return this.#pending.length > 0;
  }

  /** The peer takes everything that was written. */
  take(): void {
    for (const { bytes, done } of this.#pending.splice(0)) {
      this.taken.push(Buffer.from(bytes));
      done?.();
    }
  }
}

/** Keeps what a feed tells. */
export class FeedEvents implements FeedHandler {
  readonly told: string[] = [];

  onFailed(code: string): void {
    this.told.push(code);
  }

  onDegraded(degraded: boolean): void {
    this.told.push(degraded ? 'degraded' : 'recovered');
  }
}

/** As a beat does it, also where nothing comes: up to and with `untilMs`. */
export function look(feed: Feed, fromMs: number, untilMs: number): void {
  for (let nowMs = fromMs; nowMs < untilMs; nowMs += LOOK_MS) feed.pump(nowMs);
  feed.pump(untilMs);
}
