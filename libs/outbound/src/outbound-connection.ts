import type { Cancel, Secret } from '#kernel';
import { CodedError, sentenceOf } from '#kernel';
import { parseDestinationUrl, type DestinationUrl } from '#net';
import { classifyFailure, type AttemptStage, type FailureCode, type Fault } from '#relay-core';
import { ClientSession, RtmpError, type ClientStage, type Rejection } from '#rtmp';
import { DeadlineError, OutboundSocket, type OutboundSocketOptions } from './outbound-socket.ts';

/** Deadlines of the RTMP steps, each from the end of the step before. */
export const SESSION_DEADLINES = {
  handshakeMs: 5_000,
  connectMs: 10_000,
  publishMs: 10_000,
} as const;

/** Identifies us the way ingests know it from common encoders. */
const FLASH_VERSION = 'FMLE/3.0 (compatible; Forkcast/1)';

export interface OutboundTarget {
  readonly url: string;
  readonly streamKey: Secret;
  /** FourCCs of what will be sent, where it is more than H.264 and AAC. */
  readonly fourCcs?: readonly string[];
  /** `connect` ends once the server has taken the app: a test of the settings, which publishes nothing. */
  readonly goal?: 'publish' | 'connect';
}

export interface OutboundFailure {
  readonly code: FailureCode;
  readonly stage: AttemptStage;
  /** What was seen, for the log: never a key, never a whole URL. */
  readonly detail: string;
}

export interface OutboundHandler {
  /** A stage was completed; `tls` is left out for plain RTMP. */
  onReached(stage: AttemptStage): void;
  /** The destination accepted the publish: media may be written on this message stream. */
  onPublishing(messageStreamId: number): void;
  /** The peer has received this many bytes. */
  onAcknowledged(bytes: number): void;
  /** Once, and nothing after it. `undefined`: ended by our own `close` or `reset`. */
  onEnded(failure: OutboundFailure | undefined): void;
}

/** One connection to a destination, from the name's resolution to the accepted publish and to its end. */
export class OutboundConnection {
  readonly #target: OutboundTarget;
  readonly #options: OutboundSocketOptions;
  readonly #handler: OutboundHandler;
  #socket: OutboundSocket | undefined;
  #session: ClientSession | undefined;
  #stage: AttemptStage = 'tcp';
  #cancelDeadline: Cancel = () => undefined;
  #endedByUs = false;
  #ended = false;

  constructor(target: OutboundTarget, options: OutboundSocketOptions, handler: OutboundHandler) {
    this.#target = target;
    this.#options = options;
    this.#handler = handler;
  }

  start(): void {
    try {
      const url = parseDestinationUrl(this.#target.url);
      this.#session = this.#newSession(url);
      this.#socket = new OutboundSocket(url, this.#options, {
        onTcp: () => {
          this.#stage = url.scheme === 'rtmps' ? 'tls' : 'handshake';
          this.#handler.onReached('tcp');
        },
        onReady: (secure) => {
          if (secure) this.#handler.onReached('tls');
          this.#enter('handshake', SESSION_DEADLINES.handshakeMs);
          this.#session?.start();
        },
        onData: (bytes) => this.#onData(bytes),
        onClosed: (error) => this.#onClosed(error),
      });
    } catch (error) {
      this.#fail({ kind: 'error', stage: this.#stage, code: codeOf(error) }, sentenceOf(error));
    }
  }

  /** The bytes are borrowed until `done`, which is not called when the connection ends first. */
  write(bytes: Buffer, done?: () => void): void {
    this.#socket?.write(bytes, done);
  }

  cork(): void {
    this.#socket?.cork();
  }

  uncork(): void {
    this.#socket?.uncork();
  }

  /** Deliberate: FCUnpublish and deleteStream if a publish was accepted, then an orderly close. */
  close(): void {
    if (this.#ended) return;
    this.#endedByUs = true;
    this.#cancelDeadline();
    if (this.#stage === 'live') this.#session?.unpublish();
    this.#socket?.close();
    if (this.#socket === undefined) this.#end(undefined);
  }

  /** A TCP reset without a word: platforms keep the broadcast open for a return. */
  reset(): void {
    if (this.#ended) return;
    this.#endedByUs = true;
    this.#socket?.reset();
    if (this.#socket === undefined) this.#end(undefined);
  }

  #newSession({ app, tcUrl }: DestinationUrl): ClientSession {
    const { streamKey, fourCcs = [], goal = 'publish' } = this.#target;
    return new ClientSession(
      { app, tcUrl, streamName: streamKey, flashVer: FLASH_VERSION, fourCcs, goal },
      {
        send: (bytes) => this.#socket?.write(bytes),
        onStage: (stage) => this.#onStage(stage),
        onPublishing: ({ messageStreamId }) => this.#handler.onPublishing(messageStreamId),
        onRejected: (rejection) => this.#onRejected(rejection),
        onAcknowledged: (bytesTotal) => this.#handler.onAcknowledged(bytesTotal),
        // The address it names could be anybody's; the old session is served to its end.
        onReconnectRequest: () => undefined,
      },
    );
  }

  #onStage(stage: ClientStage): void {
    if (stage === 'handshaken') {
      this.#handler.onReached('handshake');
      this.#enter('connect', SESSION_DEADLINES.connectMs);
    } else if (stage === 'connected') {
      this.#handler.onReached('connect');
      this.#enter('publish', SESSION_DEADLINES.publishMs);
    } else if (stage === 'publishing') {
      this.#cancelDeadline();
      this.#stage = 'live';
      this.#handler.onReached('publish');
    }
  }

  #onRejected({ stage, code, description }: Rejection): void {
    const what = [code, description].filter((text) => text !== '').join(': ');
    this.#fail({ kind: 'status', stage, code }, what);
  }

  #onData(bytes: Buffer): void {
    try {
      this.#session?.feed(bytes);
    } catch (error) {
      if (!(error instanceof RtmpError)) throw error;
      this.#fail({ kind: 'protocol', stage: this.#stage }, error.message);
    }
  }

  #onClosed(error: Error | undefined): void {
    const stage = this.#stage;
    if (error === undefined) {
      this.#fail({ kind: 'closed', stage }, 'closed by the peer');
    } else if (error instanceof DeadlineError) {
      this.#fail({ kind: 'timeout', stage: error.step }, error.message);
    } else {
      this.#fail({ kind: 'error', stage, code: codeOf(error) }, error.message);
    }
  }

  #enter(stage: AttemptStage, deadlineMs: number): void {
    this.#stage = stage;
    this.#cancelDeadline();
    this.#cancelDeadline = this.#options.timers.after(deadlineMs, () =>
      this.#fail({ kind: 'timeout', stage }, `no answer to ${stage} in ${deadlineMs / 1_000} s`),
    );
  }

  #fail(fault: Fault, detail: string): void {
    if (this.#endedByUs) this.#end(undefined);
    else this.#end({ code: classifyFailure(fault), stage: fault.stage, detail });
  }

  #end(failure: OutboundFailure | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelDeadline();
    // Does nothing to a socket that has closed already; its word of it comes back here and is not heard.
    this.#socket?.reset();
    this.#handler.onEnded(failure);
  }
}

/** The code of an error of Node or of ours; of several addresses tried, that of the first. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof CodedError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return undefined;
}
