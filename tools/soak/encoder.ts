import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ChunkWriter, ClientSession, MessageType, RtmpError } from '#rtmp';
import { monotonicMs, SyntheticEncoder } from '#testing';
import type { SyntheticMessage } from '#testing';

const APP = 'live';
const MEDIA_CHUNK_STREAM_ID = 4;
const CHUNK_BYTES = 4_096;
const BEAT_MS = 10;
/** As an encoder does that people leave to itself. */
const RECONNECT_MS = 1_000;

export const SOAK_RATE = { kbps: 300, framesPerSecond: 30 } as const;

export interface SoakEncoderOptions {
  readonly port: number;
  readonly streamKey: string;
  readonly isSecure: boolean;
  /** The relay counts by address: each has its own of 127.0.0.0/8. */
  readonly localAddress: string;
}

/** A connection that ended although nobody here had ended it. */
export interface Break {
  readonly atMs: number;
  readonly how: string;
}

/**
 * Sends stamped frames in real time for as long as the run lasts, connects again when it is thrown
 * out, and fails in the ways of an encoder when it is told to.
 */
export class SoakEncoder {
  readonly breaks: Break[] = [];
  readonly #options: SoakEncoderOptions;
  #link: EncoderLink | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #framesBefore = 0;
  #unsentBytesMax = 0;

  constructor(options: SoakEncoderOptions) {
    this.#options = options;
  }

  get isPublishing(): boolean {
    return this.#link?.isPublishing === true;
  }

  get sentFrames(): number {
    return this.#framesBefore + (this.#link?.sentFrames ?? 0);
  }

  /** The most that a socket had not sent when the next frame was due. */
  get unsentBytesMax(): number {
    return Math.max(this.#unsentBytesMax, this.#link?.unsentBytesMax ?? 0);
  }

  start(): void {
    const link = new EncoderLink(this.#options, (how, wasPublishing) => {
      if (this.#link !== link || this.#isOver) return;
      if (wasPublishing) this.breaks.push({ atMs: monotonicMs(), how });
      this.#leave();
      this.#startIn(RECONNECT_MS);
    });
    this.#link = link;
  }

  /** As by a crash; another one comes after so long. */
  kill(awayMs: number): void {
    this.#link?.crash();
    this.#leave();
    this.#startIn(awayMs);
  }

  /** Connected, and sends nothing; then all at once what has gathered. */
  freeze(forMs: number): void {
    this.#link?.freeze(forMs);
  }

  /** From now on timestamps are so much further. */
  jump(byMs: number): void {
    this.#link?.jump(byMs);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#link?.end();
    this.#leave();
  }

  #startIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isOver) this.#timer = setTimeout(() => this.start(), ms);
  }

  #leave(): void {
    const link = this.#link;
    if (link === undefined) return;
    this.#framesBefore += link.sentFrames;
    this.#unsentBytesMax = Math.max(this.#unsentBytesMax, link.unsentBytesMax);
    this.#link = undefined;
    link.leave();
  }
}

type OnEnd = (how: string, wasPublishing: boolean) => void;

/** One connection of an encoder. */
class EncoderLink {
  readonly socket: Socket;
  readonly #options: SoakEncoderOptions;
  readonly #onEnd: OnEnd;
  readonly #media = new SyntheticEncoder(SOAK_RATE);
  readonly #chunks = new ChunkWriter(CHUNK_BYTES);
  readonly #session: ClientSession;
  #messageStreamId: number | undefined;
  #beganAtMs = 0;
  #offsetMs = 0;
  #frozenUntilMs = 0;
  #beat: NodeJS.Timeout | undefined;
  #isLeft = false;
  sentFrames = 0;
  unsentBytesMax = 0;

  constructor(options: SoakEncoderOptions, onEnd: OnEnd) {
    this.#options = options;
    this.#onEnd = onEnd;
    const { port, localAddress, isSecure } = options;
    const to = { host: '127.0.0.1', port, localAddress };
    this.socket = isSecure ? connectTls({ ...to, rejectUnauthorized: false }) : connect(to);
    this.socket.setNoDelay(true);
    this.#session = this.#sessionOf(options);
    this.socket.on(isSecure ? 'secureConnect' : 'connect', () => this.#session.start());
    this.socket.on('data', (bytes: Buffer) => this.#hear(bytes));
    this.socket.on('error', (error) => this.#end(error.message));
    this.socket.on('close', () => this.#end('the relay closed the connection'));
  }

  get isPublishing(): boolean {
    return this.#messageStreamId !== undefined && !this.#isLeft;
  }

  freeze(forMs: number): void {
    this.#frozenUntilMs = monotonicMs() + forMs;
  }

  jump(byMs: number): void {
    this.#offsetMs += byMs;
  }

  /** In order, as a person does who stops a stream. */
  end(): void {
    this.leave();
    if (this.#messageStreamId !== undefined) this.#session.unpublish();
    this.socket.end();
  }

  /** As the system ends what a dead process had open. */
  crash(): void {
    this.leave();
    // A connection over TLS cannot be reset.
    if (this.#options.isSecure) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }

  leave(): void {
    this.#isLeft = true;
    clearTimeout(this.#beat);
  }

  #sessionOf({ port, isSecure, streamKey }: SoakEncoderOptions): ClientSession {
    const tcUrl = `${isSecure ? 'rtmps' : 'rtmp'}://127.0.0.1:${port}/${APP}`;
    return new ClientSession(
      { app: APP, tcUrl, streamName: streamKey, chunkBytes: CHUNK_BYTES },
      {
        send: (bytes) => void this.socket.write(bytes),
        onStage: () => undefined,
        onPublishing: ({ messageStreamId }) => this.#begin(messageStreamId),
        onRejected: ({ code, description }) => this.#end(`${code} ${description}`),
        onAcknowledged: () => undefined,
        onReconnectRequest: () => undefined,
      },
    );
  }

  #hear(bytes: Buffer): void {
    try {
      this.#session.feed(bytes);
    } catch (thrown) {
      if (!(thrown instanceof RtmpError)) throw thrown;
      this.#end(thrown.message);
    }
  }

  #begin(messageStreamId: number): void {
    if (this.#isLeft) return;
    this.#messageStreamId = messageStreamId;
    this.#beganAtMs = monotonicMs();
    for (const message of this.#media.headers()) this.#write(message);
    this.#send();
  }

  #send(): void {
    if (this.#isLeft) return;
    const nowMs = monotonicMs();
    this.#beat = setTimeout(() => this.#send(), BEAT_MS);
    if (nowMs < this.#frozenUntilMs) return;
    this.unsentBytesMax = Math.max(this.unsentBytesMax, this.socket.writableLength);
    while (this.#beganAtMs + this.#media.dueAtMs <= nowMs) {
      const message = this.#media.next(nowMs);
      if (message.type === MessageType.VIDEO) this.sentFrames += 1;
      this.#write(message);
    }
  }

  #write({ type, timestampMs, payload }: SyntheticMessage): void {
    const message = {
      ...{ chunkStreamId: MEDIA_CHUNK_STREAM_ID, messageStreamId: this.#messageStreamId ?? 0 },
      ...{ type, timestampMs: (timestampMs + this.#offsetMs) >>> 0, payload },
    };
    this.socket.write(this.#chunks.write(message));
  }

  #end(how: string): void {
    if (this.#isLeft) return;
    const wasPublishing = this.isPublishing;
    this.socket.destroy();
    this.#onEnd(how, wasPublishing);
  }
}
