import type { AmfValue } from '#amf';
import type { Random } from '#kernel';
import { Secret, systemRandom, unreachable } from '#kernel';

import { ChunkReader } from '../chunk/chunk-reader.ts';
import type { ChunkSink } from '../chunk/chunk-reader.ts';
import { Handshake } from '../handshake/handshake.ts';
import { decodeCommandLeniently } from '../message/command.ts';
import { MessageType } from '../message/message-type.ts';
import { remoteText } from '../message/remote-text.ts';
import { RtmpError } from '../rtmp-error.ts';
import { advance, isEnd, stageOf } from './client-phase.ts';
import type { ClientPhase, RejectedStage } from './client-phase.ts';
import { interpret } from './client-replies.ts';
import type { Reply } from './client-replies.ts';
import { ClientRequests } from './client-requests.ts';
import type { ConnectFields } from './client-requests.ts';
import type { FourCcs } from './enhanced-capabilities.ts';
import { KEY_PIECE_CHARACTERS, withoutKey } from './hidden-key.ts';
import { LinkControl } from './link-control.ts';
import { CHUNK_BYTES, CLIENT_LIMITS } from './session-limits.ts';
import type { SessionLimits } from './session-limits.ts';

/** The steps of a publish, in order; each is told once. */
export type ClientStage = 'handshaken' | 'connected' | 'created' | 'publishing';

export interface Rejection {
  /** What the server refused; `live` is a stream it had accepted. */
  readonly stage: RejectedStage;
  /** As `NetStream.Publish.BadName`; '' when the server named none. */
  readonly code: string;
  /** For people and logs: cleaned, cut, and without the stream key. */
  readonly description: string;
}

export interface ClientSessionHandler {
  /** `bytes` are owned by the callee. */
  send(bytes: Buffer): void;
  onStage(stage: ClientStage): void;
  /** The server accepted: media may be sent, on chunk stream 4 and this message stream. */
  onPublishing(publishing: { readonly messageStreamId: number }): void;
  /** Once; nothing the server says after it is heard. */
  onRejected(rejection: Rejection): void;
  /** What the server says to have received in all, as a count that does not wrap. */
  onAcknowledged(bytesTotal: number): void;
  /**
   * The server wants the stream on a new connection, at `tcUrl` (absolute or relative) or where it
   * was.
   */
  onReconnectRequest(request: { readonly tcUrl: string | undefined }): void;
}

export interface ClientSessionOptions {
  readonly app: string;
  /** The server URL as typed, without a slash at its end. */
  readonly tcUrl: string;
  /** The stream key: opaque. */
  readonly streamName: Secret | string;
  readonly flashVer?: string;
  readonly fourCcs?: FourCcs;
  /** `connect` stops once the server has taken the app, as a test of the settings does. */
  readonly goal?: 'publish' | 'connect';
  /** What commands and media are written in; announced before all else. */
  readonly chunkBytes?: number;
  readonly limits?: SessionLimits;
  /** For the handshake's filling, which guards nothing. */
  readonly random?: Random;
}

const NONE: FourCcs = { video: [], audio: [] };
const FLASH_VERSION = 'FMLE/3.0 (compatible; FMSc/1.0)';
/** Whose it is, and what it says: a word that could be a key, too. */
const CODE = /^(Net(?:Stream|Connection)\.)([A-Za-z.]{1,80})$/;
const CODE_CHARACTERS_MAX = 100;
const DESCRIPTION_CHARACTERS_MAX = 200;

/**
 * The client's end of a publish: brings a connection to where media may be sent, and minds it
 * after.
 */
export class ClientSession {
  readonly #handler: ClientSessionHandler;
  readonly #limits: SessionLimits;
  readonly #fields: ConnectFields;
  readonly #streamName: Secret;
  readonly #isPublish: boolean;
  readonly #handshake: Handshake;
  readonly #reader: ChunkReader;
  readonly #link: LinkControl;
  readonly #requests: ClientRequests;
  readonly #sink: ChunkSink;
  #phase: ClientPhase = 'idle';
  #messageStreamId: number | undefined;
  #messagesBeforePublish = 0;
  #acknowledgements = 0;

  constructor(options: ClientSessionOptions, handler: ClientSessionHandler) {
    const { app, tcUrl, streamName, flashVer = FLASH_VERSION, fourCcs = NONE } = options;
    const { chunkBytes = CHUNK_BYTES, limits = CLIENT_LIMITS, random = systemRandom } = options;
    const send = (bytes: Buffer): void => handler.send(bytes);
    this.#handler = handler;
    this.#limits = limits;
    this.#fields = { app, tcUrl, flashVer, fourCcs };
    this.#streamName = typeof streamName === 'string' ? new Secret(streamName) : streamName;
    this.#isPublish = options.goal !== 'connect';
    this.#handshake = new Handshake('client', random, send);
    this.#reader = new ChunkReader(limits);
    this.#link = new LinkControl(send, (bytesTotal) => handler.onAcknowledged(bytesTotal));
    this.#requests = new ClientRequests(chunkBytes);
    this.#sink = {
      onMessage: (type, _timestampMs, _messageStreamId, _chunkStreamId, payload) =>
        this.#receive(type, payload),
    };
  }

  get phase(): ClientPhase {
    return this.#phase;
  }

  /** Bytes from the server since the connection began. */
  get receivedBytes(): number {
    return this.#link.receivedBytes;
  }

  /** Messages among them that did nothing but acknowledge. */
  get acknowledgements(): number {
    return this.#acknowledgements;
  }

  /** Once, when the connection stands. */
  start(): void {
    this.#enter('handshaking');
    this.#handshake.start();
  }

  /**
   * Takes all of `bytes`, borrowed until return. After an end of the session it does nothing.
   *
   * @throws {RtmpError} The session has failed then; log the code and cut the connection.
   */
  feed(bytes: Uint8Array): void {
    if (isEnd(this.#phase)) return;
    try {
      this.#link.received(bytes.length);
      const taken = this.#phase === 'handshaking' ? this.#handshake.feed(bytes) : 0;
      if (!this.#handshake.isDone) return;
      if (this.#phase === 'handshaking') this.#connect();
      this.#reader.feed(taken === 0 ? bytes : bytes.subarray(taken), this.#sink);
      this.#checkBytesBeforePublish();
      this.#link.acknowledge();
    } catch (thrown) {
      this.#enter('failed');
      throw thrown;
    }
  }

  /**
   * Tells the server that the stream is over: only for a deliberate end. The caller closes then.
   */
  unpublish(): void {
    const messageStreamId = isEnd(this.#phase) ? undefined : this.#messageStreamId;
    this.#enter('ended');
    if (messageStreamId === undefined) return;
    this.#handler.send(this.#requests.unpublish(messageStreamId, this.#streamName.reveal()));
  }

  #enter(phase: ClientPhase): void {
    this.#phase = advance(this.#phase, phase);
  }

  #connect(): void {
    this.#enter('connecting');
    this.#handler.onStage('handshaken');
    if (!isEnd(this.#phase)) this.#handler.send(this.#requests.connect(this.#fields));
  }

  #receive(type: number, payload: Buffer): void {
    if (isEnd(this.#phase)) return;
    if (this.#phase !== 'publishing') this.#countBeforePublish();
    if (type === MessageType.ACKNOWLEDGEMENT) this.#acknowledgements += 1;
    if (type !== MessageType.COMMAND_AMF0 && type !== MessageType.COMMAND_AMF3) {
      this.#link.handle(type, payload);
      return;
    }
    const command = decodeCommandLeniently(type, payload);
    const reply = command === undefined ? undefined : interpret(command, this.#phase);
    if (reply !== undefined) this.#act(reply);
  }

  #act(reply: Reply): void {
    switch (reply.kind) {
      case 'connected':
        this.#enter('connected');
        this.#handler.onStage('connected');
        if (this.#isPublish && !isEnd(this.#phase)) this.#create();
        break;
      case 'created':
        this.#request(reply.messageStreamId);
        break;
      case 'published':
        this.#publish();
        break;
      case 'rejected':
        this.#reject(reply.code, reply.description);
        break;
      case 'reconnect':
        this.#handler.onReconnectRequest({ tcUrl: reply.tcUrl });
        break;
      default:
        unreachable(reply);
    }
  }

  #create(): void {
    this.#enter('creating');
    this.#handler.send(this.#requests.createStream(this.#streamName.reveal()));
  }

  #request(messageStreamId: number): void {
    this.#messageStreamId = messageStreamId;
    this.#enter('requesting');
    this.#handler.onStage('created');
    if (isEnd(this.#phase)) return;
    this.#handler.send(this.#requests.publish(messageStreamId, this.#streamName.reveal()));
  }

  #publish(): void {
    this.#enter('publishing');
    this.#handler.onStage('publishing');
    if (this.#messageStreamId === undefined || isEnd(this.#phase)) return;
    this.#handler.onPublishing({ messageStreamId: this.#messageStreamId });
  }

  #reject(code: AmfValue, description: AmfValue): void {
    const stage = stageOf(this.#phase);
    this.#enter('rejected');
    this.#handler.onRejected({
      stage,
      code: this.#codeWithoutKey(code).slice(0, CODE_CHARACTERS_MAX),
      description: this.#withoutKey(description).slice(0, DESCRIPTION_CHARACTERS_MAX),
    });
  }

  /** The words that codes are made of stay whole: a key as short as they are is not hidden. */
  #codeWithoutKey(code: AmfValue): string {
    const [, realm, words = ''] = (typeof code === 'string' && CODE.exec(code)) || [];
    if (realm === undefined) return this.#withoutKey(code);
    const key = this.#streamName.reveal();
    return realm + (key.length < KEY_PIECE_CHARACTERS ? words : withoutKey(words, key));
  }

  /**
   * Servers like to repeat the name that they refuse. Cut only after this: half a key is one too.
   */
  #withoutKey(text: AmfValue): string {
    return withoutKey(remoteText(text, Number.POSITIVE_INFINITY), this.#streamName.reveal());
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
