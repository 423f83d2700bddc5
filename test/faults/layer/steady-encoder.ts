import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ChunkWriter, ClientSession, MessageType, RtmpError } from '#rtmp';
import { monotonicMs, SyntheticEncoder } from '#testing';
import type { EncoderRate, SyntheticMessage } from '#testing';

const APP = 'live';
const MEDIA_CHUNK_STREAM_ID = 4;
const CHUNK_BYTES = 4_096;
const PUBLISHED_WITHIN_MS = 20_000;
const BEAT_MS = 10;

export interface EncoderAddress {
  readonly port: number;
  readonly streamKey: string;
  /** RTMPS, whatever certificate the relay shows. */
  readonly isSecure?: boolean;
  /** Limits count by address: each encoder has its own of 127.0.0.0/8. */
  readonly localAddress: string;
}

/**
 * An encoder that does nothing wrong: it sends its stamped frames when they are due, and remembers
 * how much of them the relay kept waiting, and whether the connection ever broke.
 */
export class SteadyEncoder {
  /** For what a row does to it. */
  readonly socket: Socket;
  readonly #media: SyntheticEncoder;
  readonly #chunks = new ChunkWriter(CHUNK_BYTES);
  readonly #session: ClientSession;
  readonly #published = Promise.withResolvers<void>();
  #messageStreamId = 0;
  #beganAtMs = 0;
  #beat: NodeJS.Timeout | undefined;
  #sentFrames = 0;
  #unsentBytesMax = 0;
  #isOver = false;
  #broken: string | undefined;

  private constructor(address: EncoderAddress, rate: EncoderRate) {
    this.#media = new SyntheticEncoder(rate);
    const { port, localAddress, isSecure = false } = address;
    const to = { host: '127.0.0.1', port, localAddress };
    this.socket = isSecure ? connectTls({ ...to, rejectUnauthorized: false }) : connect(to);
    this.socket.setNoDelay(true);
    this.#session = this.#sessionOf(address);
    this.socket.on(isSecure ? 'secureConnect' : 'connect', () => this.#session.start());
    this.socket.on('data', (bytes: Buffer) => this.#hear(bytes));
    this.socket.on('error', (error) => this.#break(error.message));
    this.socket.on('close', () => this.#break('the relay closed the connection'));
  }

  /** Resolves when the relay has accepted the publish; frames flow from then on. */
  static async publish(address: EncoderAddress, rate: EncoderRate): Promise<SteadyEncoder> {
    const encoder = new SteadyEncoder(address, rate);
    const late = () => encoder.#break('no answer in time');
    const deadline = setTimeout(late, PUBLISHED_WITHIN_MS);
    await encoder.#published.promise.finally(() => clearTimeout(deadline));
    encoder.#begin();
    return encoder;
  }

  /** How many frames of video were sent: the number of the next one. */
  get sentFrames(): number {
    return this.#sentFrames;
  }

  /** The most that was found unsent when the next frame was due. */
  get unsentBytesMax(): number {
    return this.#unsentBytesMax;
  }

  /** How the connection ended, where it was not ended here. */
  get broken(): string | undefined {
    return this.#broken;
  }

  /** Sends nothing any more, on a connection that stays. */
  fallSilent(): void {
    clearTimeout(this.#beat);
  }

  /** Ends in order, as a person does who stops a stream. */
  async stop(): Promise<void> {
    this.#finish();
    if (this.socket.destroyed) return;
    const closed = once(this.socket, 'close');
    this.#session.unpublish();
    this.socket.end();
    await closed;
  }

  /** Breaks the connection, as an encoder does that crashes. */
  reset(): void {
    this.#finish();
    this.socket.resetAndDestroy();
  }

  #sessionOf({ port, isSecure = false, streamKey }: EncoderAddress): ClientSession {
    const tcUrl = `${isSecure ? 'rtmps' : 'rtmp'}://127.0.0.1:${port}/${APP}`;
    return new ClientSession(
      { app: APP, tcUrl, streamName: streamKey, chunkBytes: CHUNK_BYTES },
      {
        send: (bytes) => void this.socket.write(bytes),
        onStage: () => undefined,
        onPublishing: ({ messageStreamId }) => {
          this.#messageStreamId = messageStreamId;
          this.#published.resolve();
        },
        onRejected: ({ code, description }) => this.#break(`${code} ${description}`),
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
      this.#break(thrown.message);
    }
  }

  #begin(): void {
    this.#beganAtMs = monotonicMs();
    for (const message of this.#media.headers()) this.#write(message);
    this.#send();
  }

  #send(): void {
    if (this.#isOver) return;
    const nowMs = monotonicMs();
    this.#unsentBytesMax = Math.max(this.#unsentBytesMax, this.socket.writableLength);
    while (this.#beganAtMs + this.#media.dueAtMs <= nowMs) {
      const message = this.#media.next(nowMs);
      if (message.type === MessageType.VIDEO) this.#sentFrames += 1;
      this.#write(message);
    }
    this.#beat = setTimeout(() => this.#send(), BEAT_MS);
  }

  #write({ type, timestampMs, payload }: SyntheticMessage): void {
    const message = { chunkStreamId: MEDIA_CHUNK_STREAM_ID, type, timestampMs, payload };
    const messageStreamId = this.#messageStreamId;
    this.socket.write(this.#chunks.write({ ...message, messageStreamId }));
  }

  #finish(): void {
    this.#isOver = true;
    clearTimeout(this.#beat);
  }

  #break(how: string): void {
    if (this.#isOver) return;
    this.#broken = how;
    this.#finish();
    this.socket.destroy();
    this.#published.reject(new Error(`the encoder's connection broke: ${how}`));
  }
}
