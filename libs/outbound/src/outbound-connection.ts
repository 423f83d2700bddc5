import type { Cancel, Secret } from '#kernel';
import { sentenceOf } from '#kernel';
import { parseDestinationUrl, type DestinationUrl } from '#net';
import { classifyFailure, type AttemptStage, type FailureCode, type Fault } from '#relay-core';
import { ClientSession, RtmpError, type ClientStage, type FourCcs, type Rejection } from '#rtmp';
import type { PeerCertificate } from './peer-certificate.ts';
import {
  DeadlineError,
  OutboundSocket,
  type OpenOutboundLink,
  type OutboundLink,
  type OutboundSocketOptions,
  type SocketStanding,
} from './outbound-socket.ts';
import { TalkLimit } from './talk-limit.ts';

/** Deadlines of the RTMP steps, each from the end of the step before. */
export const SESSION_DEADLINES = {
  handshakeMs: 5_000,
  connectMs: 10_000,
  publishMs: 10_000,
} as const;

/**
 * Answers to the peer's pings and windows are not sent while more than this waits in the socket,
 * and the connection is cut: media is under way in pieces far smaller, so the peer makes us talk
 * and does not listen.
 */
export const UNSENT_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Of the detail of a failure, in which remote words can be: a certificate's names, a server's
 * status.
 */
const DETAIL_CHARACTERS_MAX = 300;

/** Identifies us the way ingests know it from common encoders. */
const FLASH_VERSION = 'FMLE/3.0 (compatible; Forkcast/1)';

export interface OutboundTarget {
  readonly url: string;
  readonly streamKey: Secret;
  /** Of what will be sent, where it is more than H.264 and AAC. */
  readonly fourCcs?: FourCcs;
  /**
   * `connect` ends once the server has taken the app: a test of the settings, which publishes
   * nothing.
   */
  readonly goal?: 'publish' | 'connect';
  /** SHA-256 of the one certificate that is taken, in lower-case hexadecimal; null: any trusted. */
  readonly certificateSha256?: string | null;
}

export interface OutboundFailure {
  readonly code: FailureCode;
  readonly stage: AttemptStage;
  /** What was seen, for the log: never a key, never a whole URL. */
  readonly detail: string;
  /** What the server said with its refusal, without the key; null where it said nothing. */
  readonly remoteWords: string | null;
  /** Of the socket's error, where it had one: says what is wrong with a certificate. */
  readonly errorCode?: string | undefined;
}

/** What a stage showed of the peer: its address at `tcp`, its certificate at `tls`. */
export interface StageSeen {
  readonly address?: string | undefined;
  readonly certificate?: PeerCertificate | undefined;
}

export interface OutboundHandler {
  /** A stage was completed; `tls` is left out for plain RTMP. */
  onReached(stage: AttemptStage, seen?: StageSeen): void;
  /** The destination accepted the publish: media may be written on this message stream. */
  onPublishing(messageStreamId: number): void;
  /** The peer has received this many bytes. */
  onAcknowledged(bytes: number): void;
  /** Once: the destination asked for the stream on another connection, and was not followed. */
  onReconnectRequest(): void;
  /** Once, and nothing after it. `undefined`: ended by our own `close` or `reset`. */
  onEnded(failure: OutboundFailure | undefined): void;
}

/** `ending`: told to end by us; the socket has yet to say that it is gone. */
type ConnectionState = 'open' | 'ending' | 'ended';

/**
 * One connection to a destination, from the name's resolution to the accepted publish and to its
 * end.
 */
export class OutboundConnection {
  readonly #target: OutboundTarget;
  readonly #options: OutboundSocketOptions;
  readonly #handler: OutboundHandler;
  #socket: OutboundLink | undefined;
  #session: ClientSession | undefined;
  #stage: AttemptStage = 'tcp';
  #state: ConnectionState = 'open';
  #cancelDeadline: Cancel = () => undefined;
  #isAskedToReconnect = false;
  #writtenBytes = 0;
  /** Once the destination takes media. */
  #talk: TalkLimit | undefined;

  constructor(target: OutboundTarget, options: OutboundSocketOptions, handler: OutboundHandler) {
    this.#target = target;
    this.#options = options;
    this.#handler = handler;
  }

  start(): void {
    if (this.#state !== 'open') return;
    try {
      const url = parseDestinationUrl(this.#target.url);
      this.#session = this.#newSession(url);
      const { open = openSocket } = this.#options;
      this.#socket = open(url, this.#options, {
        onTcp: (address) => {
          this.#stage = url.scheme === 'rtmps' ? 'tls' : 'handshake';
          this.#handler.onReached('tcp', { address });
        },
        onReady: (secure, certificate) => {
          if (!this.#isPinned(certificate)) return;
          this.#enter('handshake', SESSION_DEADLINES.handshakeMs);
          if (secure) this.#handler.onReached('tls', { certificate });
          if (this.#state === 'open') this.#session?.start();
        },
        onData: (bytes) => this.#onData(bytes),
        onClosed: (error) => this.#onClosed(error),
      });
    } catch (error) {
      this.#fail({ kind: 'error', stage: this.#stage, code: codeOf(error) }, detailOf(error));
    }
  }

  /** As of the link below. */
  get standing(): SocketStanding | undefined {
    return this.#socket?.standing;
  }

  /** As of the link below: `done` may be called before this returns. */
  write(bytes: Buffer, done?: () => void): void {
    this.#writtenBytes += bytes.length;
    this.#socket?.write(bytes, done);
  }

  cork(): void {
    this.#socket?.cork();
  }

  uncork(): void {
    this.#socket?.uncork();
  }

  /** Deliberate: FCUnpublish and deleteStream if a publish was asked for, then an orderly close. */
  close(): void {
    if (this.#state !== 'open') return;
    this.#cancelDeadline();
    this.#session?.unpublish();
    this.#state = 'ending';
    if (this.#socket === undefined) this.#end(undefined);
    else this.#socket.close();
  }

  /** A TCP reset without a word: platforms keep the broadcast open for a return. */
  reset(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ending';
    if (this.#socket === undefined) this.#end(undefined);
    else this.#socket.reset();
  }

  /**
   * One piece of bytes may hold many messages: those behind the one that ended us are not heard.
   */
  #newSession({ app, tcUrl }: DestinationUrl): ClientSession {
    const { streamKey, fourCcs, goal = 'publish' } = this.#target;
    const whileOpen =
      <Event>(hear: (event: Event) => void) =>
      (event: Event): void => {
        if (this.#state === 'open') hear(event);
      };
    return new ClientSession(
      {
        app,
        tcUrl,
        streamName: streamKey,
        flashVer: FLASH_VERSION,
        goal,
        ...(fourCcs && { fourCcs }),
      },
      {
        send: whileOpen((bytes) => this.#say(bytes)),
        onStage: whileOpen((stage) => this.#onStage(stage)),
        onPublishing: whileOpen(({ messageStreamId }) =>
          this.#handler.onPublishing(messageStreamId),
        ),
        onRejected: whileOpen((rejection) => this.#onRejected(rejection)),
        onAcknowledged: whileOpen((bytesTotal) => this.#handler.onAcknowledged(bytesTotal)),
        // The address it names could be anybody's; the old session is served to its end.
        onReconnectRequest: whileOpen(() => {
          if (this.#isAskedToReconnect) return;
          this.#isAskedToReconnect = true;
          this.#handler.onReconnectRequest();
        }),
      },
    );
  }

  /** Also where none was shown: a destination with a pin is sent nothing that is not encrypted. */
  #isPinned(shown: PeerCertificate | undefined): boolean {
    const { certificateSha256: wanted = null } = this.#target;
    if (wanted === null || shown?.sha256 === wanted) return true;
    const what = shown === undefined ? 'none' : `one with the SHA-256 ${shown.sha256}`;
    const fault = { kind: 'error', stage: 'tls', code: 'TLS_PIN_MISMATCH' } as const;
    this.#fail(fault, `The server shows another certificate than is asked for: ${what}.`);
    return false;
  }

  #say(bytes: Buffer): void {
    if ((this.#socket?.bufferedBytes ?? 0) > UNSENT_BYTES_MAX) {
      this.#fail({ kind: 'protocol', stage: this.#stage }, 'the peer asks and does not listen');
    } else {
      this.#socket?.write(bytes);
    }
  }

  #onStage(stage: ClientStage): void {
    if (stage === 'handshaken') {
      this.#enter('connect', SESSION_DEADLINES.connectMs);
      this.#handler.onReached('handshake');
    } else if (stage === 'connected') {
      this.#enter('publish', SESSION_DEADLINES.publishMs);
      this.#handler.onReached('connect');
    } else if (stage === 'publishing') {
      this.#cancelDeadline();
      this.#stage = 'live';
      const { timers } = this.#options;
      if (this.#session !== undefined) {
        this.#talk = new TalkLimit(timers, this.#session, this.#writtenBytes);
      }
      this.#handler.onReached('publish');
    }
  }

  #onRejected({ stage, code, description }: Rejection): void {
    const what = [code, description].filter((text) => text !== '').join(': ');
    this.#fail({ kind: 'status', stage, code }, what, what === '' ? null : what);
  }

  #onData(bytes: Buffer): void {
    try {
      this.#session?.feed(bytes);
    } catch (error) {
      if (!(error instanceof RtmpError)) throw error;
      this.#fail({ kind: 'protocol', stage: this.#stage }, error.message);
    }
    if (this.#state !== 'open' || this.#talk === undefined || this.#session === undefined) return;
    if (this.#talk.hear(this.#session, this.#writtenBytes)) return;
    this.#fail({ kind: 'protocol', stage: this.#stage }, 'the peer says too much');
  }

  #onClosed(error: Error | undefined): void {
    const stage = this.#stage;
    if (error === undefined) {
      this.#fail({ kind: 'closed', stage }, 'closed by the peer');
    } else if (error instanceof DeadlineError) {
      this.#fail({ kind: 'timeout', stage: error.step }, error.message);
    } else {
      this.#fail({ kind: 'error', stage, code: codeOf(error) }, detailOf(error));
    }
  }

  #enter(stage: AttemptStage, deadlineMs: number): void {
    this.#stage = stage;
    this.#cancelDeadline();
    this.#cancelDeadline = this.#options.timers.after(deadlineMs, () =>
      this.#fail({ kind: 'timeout', stage }, `no answer to ${stage} in ${deadlineMs / 1_000} s`),
    );
  }

  #fail(fault: Fault, detail: string, remoteWords: string | null = null): void {
    if (this.#state !== 'open') this.#end(undefined);
    else {
      const errorCode = fault.kind === 'error' ? fault.code : undefined;
      const { stage } = fault;
      this.#end({ code: classifyFailure(fault), stage, detail, remoteWords, errorCode });
    }
  }

  #end(failure: OutboundFailure | undefined): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#cancelDeadline();
    this.#talk?.end();
    // Does nothing to a socket that has closed already; its word of it comes back here and is not
    // heard.
    this.#socket?.reset();
    this.#handler.onEnded(failure);
  }
}

const openSocket: OpenOutboundLink = (...given) => new OutboundSocket(...given);

/** The code of an error of Node or of ours; of several addresses tried, that of the first. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return undefined;
}

/**
 * One sentence, also where Node has tried several addresses and says nothing but how each of them
 * failed.
 */
function detailOf(error: unknown): string {
  const faults: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return faults.map(sentenceOf).join('; ').slice(0, DETAIL_CHARACTERS_MAX);
}
