import type { Random } from '#kernel';
import { systemRandom } from '#kernel';

import { ChunkReader } from '../chunk/chunk-reader.ts';
import type { ChunkSink } from '../chunk/chunk-reader.ts';
import { Handshake } from '../handshake/handshake.ts';
import { unpackAggregate } from '../message/aggregate.ts';
import type { TagSink } from '../message/aggregate.ts';
import { amf0Of } from '../message/command.ts';
import { MessageType } from '../message/message-type.ts';
import { RtmpError } from '../rtmp-error.ts';
import type { PublishRequest } from './connect-request.ts';
import { LinkControl } from './link-control.ts';
import { ServerAnswers } from './server-answers.ts';
import { ServerCommands } from './server-commands.ts';
import type { UnpublishReason } from './server-commands.ts';
import { advance, isEnd } from './server-phase.ts';
import type { ServerPhase } from './server-phase.ts';
import { CHUNK_BYTES, SERVER_LIMITS, WINDOW_BYTES } from './session-limits.ts';
import type { SessionLimits } from './session-limits.ts';
import { WaitingMessages } from './waiting-messages.ts';

export interface ServerSessionHandler {
  /** `bytes` are owned by the callee. */
  send(bytes: Buffer): void;
  /**
   * Once. Answer with `accept` or `reject`, at once or later; until then stop reading from the
   * socket, for little of what an encoder sends meanwhile is kept.
   */
  onPublish(request: PublishRequest): void;
  /**
   * Audio (8), video (9) or data (18, always AMF0), only while publishing. `timestampMs` is 32-bit
   * unsigned and wraps; `body` is borrowed until return.
   */
  onMedia(type: number, timestampMs: number, body: Buffer): void;
  /** Once, when the encoder ends its stream in words; the caller closes the connection. */
  onUnpublish(reason: UnpublishReason): void;
}

export interface ServerSessionOptions {
  /** What we announce to write in; 4096 by default. */
  readonly chunkBytes?: number;
  readonly limits?: SessionLimits;
  /** For the handshake's filling, which guards nothing. */
  readonly random?: Random;
}

export type RejectCode = 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName';

/** The server's end of a publish: fed what an encoder sends, it answers, and gives the media. */
export class ServerSession {
  readonly #handler: ServerSessionHandler;
  readonly #limits: SessionLimits;
  readonly #handshake: Handshake;
  readonly #reader: ChunkReader;
  readonly #link: LinkControl;
  readonly #answers: ServerAnswers;
  readonly #commands: ServerCommands;
  readonly #waiting = new WaitingMessages();
  readonly #sink: ChunkSink;
  readonly #onMedia: TagSink;
  #phase: ServerPhase = 'handshaking';
  #messagesBeforePublish = 0;
  #tags = 0;

  constructor(handler: ServerSessionHandler, options: ServerSessionOptions = {}) {
    const { chunkBytes = CHUNK_BYTES, limits = SERVER_LIMITS, random = systemRandom } = options;
    const send = (bytes: Buffer): void => handler.send(bytes);
    this.#handler = handler;
    this.#limits = limits;
    this.#handshake = new Handshake('server', random, send);
    this.#reader = new ChunkReader(limits);
    this.#link = new LinkControl(send, () => undefined);
    this.#answers = new ServerAnswers(chunkBytes);
    this.#commands = new ServerCommands(this.#answers, {
      send,
      phase: () => this.#phase,
      announceWindow: () => this.#link.announceWindow(WINDOW_BYTES),
      onConnect: () => this.#enter('connected'),
      onPublish: (request) => {
        this.#enter('authorising');
        handler.onPublish(request);
      },
      onUnpublish: (reason) => {
        this.#enter('unpublished');
        handler.onUnpublish(reason);
      },
    });
    this.#sink = {
      onMessage: (type, timestampMs, _messageStreamId, _chunkStreamId, payload) =>
        this.#receive(type, timestampMs, payload),
    };
    this.#onMedia = (type, timestampMs, body) => this.#receiveMedia(type, timestampMs, body);
  }

  /** For the caller's deadlines: handshake, publish. */
  get phase(): ServerPhase {
    return this.#phase;
  }

  /** Bytes from the encoder since the connection began. */
  get receivedBytes(): number {
    return this.#link.receivedBytes;
  }

  /**
   * Chunks, and messages within aggregates: what costs time however small it is. In 32 bits, as
   * `ChunkReader.chunks`.
   */
  get pieces(): number {
    return (this.#reader.chunks + this.#tags) | 0;
  }

  /**
   * Takes all of `bytes`, borrowed until return. After an end of the session it does nothing.
   *
   * @throws {RtmpError} The session has failed then; log the code and close.
   */
  feed(bytes: Uint8Array): void {
    if (isEnd(this.#phase)) return;
    try {
      this.#link.received(bytes.length);
      const taken = this.#phase === 'handshaking' ? this.#handshake.feed(bytes) : 0;
      if (!this.#handshake.isDone) return;
      if (this.#phase === 'handshaking') this.#enter('connecting');
      this.#reader.feed(taken === 0 ? bytes : bytes.subarray(taken), this.#sink);
      this.#checkBytesBeforePublish();
      this.#link.acknowledge();
    } catch (thrown) {
      this.#enter('failed');
      throw thrown;
    }
  }

  /** The answer to `onPublish` (phase `authorising`): what media waited is handed out now. */
  accept(): void {
    this.#enter('publishing');
    this.#handler.send(this.#answers.published());
    this.#waiting.drain(this.#onMedia);
  }

  /**
   * The other answer to `onPublish`. Encoders know these two codes and stop at once; the caller
   * closes after some 200 to 500 ms, for the answer to arrive.
   */
  reject(code: RejectCode, description: string): void {
    this.#enter('rejected');
    this.#handler.send(this.#answers.status('error', code, description));
  }

  #enter(phase: ServerPhase): void {
    this.#phase = advance(this.#phase, phase);
  }

  #receive(type: number, timestampMs: number, payload: Buffer): void {
    if (this.#phase !== 'publishing') {
      if (isEnd(this.#phase)) return;
      this.#countBeforePublish();
    }
    switch (type) {
      case MessageType.AUDIO:
      case MessageType.VIDEO:
      case MessageType.DATA_AMF0:
        this.#receiveMedia(type, timestampMs, payload);
        break;
      case MessageType.DATA_AMF3:
        this.#receiveMedia(MessageType.DATA_AMF0, timestampMs, amf0Of(type, payload));
        break;
      case MessageType.AGGREGATE:
        this.#tags = (this.#tags + unpackAggregate(payload, timestampMs, this.#onMedia)) | 0;
        break;
      case MessageType.COMMAND_AMF0:
      case MessageType.COMMAND_AMF3:
        this.#commands.handle(type, payload);
        break;
      default:
        // Shared objects and what nobody has heard of are not for us.
        this.#link.handle(type, payload);
    }
  }

  #receiveMedia(type: number, timestampMs: number, body: Buffer): void {
    if (!isMediaOrData(type)) return;
    if (this.#phase === 'publishing') this.#handler.onMedia(type, timestampMs, body);
    else if (this.#phase === 'authorising') this.#waiting.add(type, timestampMs, body);
  }

  #countBeforePublish(): void {
    this.#messagesBeforePublish += 1;
    if (this.#messagesBeforePublish > this.#limits.messagesBeforePublishMax) {
      throw new RtmpError('RTMP_TOO_MUCH_BEFORE_PUBLISH', this.#messagesBeforePublish);
    }
  }

  #checkBytesBeforePublish(): void {
    if (this.#phase === 'publishing' || isEnd(this.#phase)) return;
    if (this.receivedBytes > this.#limits.bytesBeforePublishMax) {
      throw new RtmpError('RTMP_TOO_MUCH_BEFORE_PUBLISH', this.receivedBytes);
    }
  }
}

function isMediaOrData(type: number): boolean {
  return type === MessageType.AUDIO || type === MessageType.VIDEO || type === MessageType.DATA_AMF0;
}
