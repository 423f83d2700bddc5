import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { amfObject, AmfObject } from '#amf';
import type { AmfValue } from '#amf';
import {
  ChunkReader,
  ChunkWriter,
  decodeCommand,
  encodeCommand,
  encodeSetChunkSize,
  MessageType,
} from '#rtmp';
import { monotonicMs, SyntheticEncoder } from '#testing';
import type { EncoderRate, SyntheticMessage } from '#testing';
import { FIRST_CHUNK_BYTES } from './hostile-bytes.ts';

/** The handshake (RTMP 1.0, 5.2): a version byte and two packets from each side. */
const PACKET_BYTES = 1536;
const HANDSHAKE_BYTES = 1 + 2 * PACKET_BYTES;
const CHUNK_BYTES = 4096;
const MESSAGE_BYTES_MAX = 0xff_ffff;
const COMMAND_CHUNK_STREAM_ID = 3;
const MEDIA_CHUNK_STREAM_ID = 4;
const MESSAGE_STREAM_ID = 1;
const BEAT_MS = 10;
const RATE: EncoderRate = { kbps: 300, framesPerSecond: 30 };

/** Where it connects to, and from where. */
export interface HostilePlace {
  readonly port: number;
  /** Limits count by address: any of 127.0.0.0/8 is this machine's. */
  readonly localAddress: string;
  readonly isSecure?: boolean;
}

/** What it says of itself. */
export interface Introduction {
  /** Its name. */
  readonly flashVer?: string;
  readonly chunkBytes?: number;
}

/** What is sent in a message's place: itself, another, several or none. */
export type Change = (message: SyntheticMessage) => readonly SyntheticMessage[];

export interface HostileEnd {
  /** `reset` is also what whoever writes to a closed connection sees. */
  readonly how: 'closed' | 'reset';
  /** Since the connection stood. */
  readonly afterMs: number;
}

/**
 * An encoder that keeps to nothing: it says what a program of steps tells it to, polite as far as
 * that goes, and remembers what it was answered and how it was ended.
 */
export class HostileEncoder {
  readonly socket: Socket;
  /** How the relay ended it. */
  readonly ended: Promise<HostileEnd>;
  /** Codes of what it was told, and names of the answers that have none, in order. */
  readonly told: string[] = [];
  readonly #reader = new ChunkReader();
  readonly #writer = new ChunkWriter(FIRST_CHUNK_BYTES);
  readonly #awaited: (() => void)[] = [];
  #heardBytes = 0;
  #answers = 0;
  #beat: NodeJS.Timeout | undefined;
  #sentFrames = 0;
  #end: HostileEnd | undefined;

  private constructor(socket: Socket) {
    const stoodAtMs = performance.now();
    this.socket = socket;
    this.ended = new Promise((resolve) => {
      const end = (how: HostileEnd['how']): void => {
        this.#end ??= { how, afterMs: performance.now() - stoodAtMs };
        clearInterval(this.#beat);
        this.#wake();
        resolve(this.#end);
      };
      socket.on('error', () => end('reset'));
      socket.on('end', () => end('closed'));
      socket.on('close', () => end('closed'));
    });
    socket.on('data', (bytes: Buffer) => this.#hear(bytes));
  }

  /** Resolves when the connection stands, TLS included; rejects when it does not come to that. */
  static async connect({ port, localAddress, isSecure = false }: HostilePlace) {
    const to = { host: '127.0.0.1', port, localAddress, noDelay: true };
    const socket = isSecure ? connectTls({ ...to, rejectUnauthorized: false }) : connect(to);
    await once(socket, isSecure ? 'secureConnect' : 'connect');
    return new HostileEncoder(socket);
  }

  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  get heardBytes(): number {
    return this.#heardBytes;
  }

  /** How many messages of any kind it was sent. */
  get answers(): number {
    return this.#answers;
  }

  /** As they are. Resolves when the kernel has them, or the connection is over. */
  async say(bytes: Uint8Array): Promise<void> {
    if (this.isEnded || this.socket.write(bytes)) return;
    await Promise.race([once(this.socket, 'drain'), this.ended]);
  }

  /** One byte at a time, for as long as there are any. */
  drip(bytes: Uint8Array, everyMs: number): void {
    let at = 0;
    this.#beat = setInterval(() => {
      if (at < bytes.length && !this.isEnded) this.socket.write(bytes.subarray(at, at + 1));
      at += 1;
    }, everyMs);
  }

  /** Shakes hands. */
  async greet(): Promise<void> {
    await this.say(Buffer.concat([Buffer.of(3), Buffer.alloc(2 * PACKET_BYTES)]));
    await this.#until(() => this.#heardBytes >= HANDSHAKE_BYTES);
  }

  async command(name: string, transactionId: number, ...values: AmfValue[]): Promise<void> {
    await this.say(
      this.#chunks(MessageType.COMMAND_AMF0, 0, encodeCommand(name, transactionId, ...values)),
    );
  }

  /** One message, in chunks as they were agreed upon. */
  async message(type: number, timestampMs: number, payload: Buffer): Promise<void> {
    await this.say(this.#chunks(type, timestampMs, payload));
  }

  /** Asks to publish as any encoder does; gives the code of the answer, or how it was ended. */
  async publish(streamKey: string, introduction: Introduction = {}): Promise<string> {
    const { flashVer = 'hostile/1.0', chunkBytes = CHUNK_BYTES } = introduction;
    await this.greet();
    await this.say(encodeSetChunkSize(chunkBytes));
    // No message is longer, whatever was agreed upon.
    this.#writer.setChunkBytes(Math.min(chunkBytes, MESSAGE_BYTES_MAX));
    const app = 'live';
    const tcUrl = `rtmp://127.0.0.1/${app}`;
    await this.command('connect', 1, amfObject({ app, flashVer, tcUrl }));
    await this.command('createStream', 2, null);
    await this.#hears((one) => one === '_result');
    await this.command('publish', 3, null, streamKey, app);
    return this.#hears((one) => one.startsWith('NetStream.Publish'));
  }

  /** How many frames of video `play` has come to: the number of the next one. */
  get sentFrames(): number {
    return this.#sentFrames;
  }

  /**
   * Sends stamped frames when they are due, as a steady encoder does, but each as `change` wants
   * it; until it is closed.
   */
  play(change: Change = (message) => [message], rate: EncoderRate = RATE): void {
    const media = new SyntheticEncoder(rate);
    const send = (message: SyntheticMessage): void => {
      for (const { type, timestampMs, payload } of change(message)) {
        this.socket.write(this.#chunks(type, timestampMs, payload));
      }
    };
    const beganAtMs = monotonicMs();
    for (const header of media.headers()) send(header);
    this.#beat = setInterval(() => {
      const nowMs = monotonicMs();
      while (!this.isEnded && beganAtMs + media.dueAtMs <= nowMs) {
        const message = media.next(nowMs);
        if (message.type === MessageType.VIDEO) this.#sentFrames += 1;
        send(message);
      }
    }, BEAT_MS);
  }

  /** Resolves when it was told such a thing. */
  hears(code: string): Promise<string> {
    return this.#hears((one) => one === code);
  }

  close(): void {
    clearInterval(this.#beat);
    this.socket.destroy();
  }

  #chunks(type: number, timestampMs: number, payload: Buffer): Buffer {
    const isCommand = type === MessageType.COMMAND_AMF0;
    const chunkStreamId = isCommand ? COMMAND_CHUNK_STREAM_ID : MEDIA_CHUNK_STREAM_ID;
    const messageStreamId = MESSAGE_STREAM_ID;
    return this.#writer.write({ chunkStreamId, type, timestampMs, messageStreamId, payload });
  }

  #hear(bytes: Buffer): void {
    const before = this.#heardBytes;
    this.#heardBytes += bytes.length;
    const greeting = Math.max(0, Math.min(bytes.length, HANDSHAKE_BYTES - before));
    this.#reader.feed(bytes.subarray(greeting), {
      onMessage: (type, _timestampMs, _messageStreamId, _chunkStreamId, payload) => {
        this.#answers += 1;
        if (type === MessageType.COMMAND_AMF0) this.told.push(wordOf(payload));
      },
    });
    this.#wake();
  }

  async #hears(isIt: (told: string) => boolean): Promise<string> {
    await this.#until(() => this.told.some(isIt));
    return this.told.find(isIt) ?? `ended: ${this.#end?.how}`;
  }

  /** Or until there is nobody left to say it. */
  async #until(isMet: () => boolean): Promise<void> {
    while (!isMet() && !this.isEnded) {
      await new Promise<void>((resolve) => {
        this.#awaited.push(resolve);
      });
    }
  }

  #wake(): void {
    for (const resolve of this.#awaited.splice(0)) resolve();
  }
}

function wordOf(payload: Buffer): string {
  const { name, parameters } = decodeCommand(MessageType.COMMAND_AMF0, payload);
  const code = parameters[0] instanceof AmfObject ? parameters[0].get('code') : undefined;
  return typeof code === 'string' ? code : name;
}
