import { sentenceOf, type Cancel, type Clock, type Timers } from '#kernel';
import type { IngestMeasure } from '#media';
import { RingError } from '#ring';
import { RtmpError, ServerSession, type PublishRequest as RtmpPublishRequest } from '#rtmp';
import { hashIngestKey, readPublishLink } from '#vault';
import type { Beat } from './beat.ts';
import { BitrateCap } from './bitrate-cap.ts';
import { IngestInput, type InputHandler } from './ingest-input.ts';
import { inputTap } from './input-tap.ts';
import type { Accepted } from './listener.ts';
import type { IngestEndReason, PublishGrant, PublishRequest } from './messages.ts';
import { LANE_LIMITS } from './settings.ts';
import type { MarkedWork } from './work-mark.ts';

export interface IngestEnd {
  readonly reason: IngestEndReason;
  readonly detail: string;
  /** Its publish was asked for, and so the main thread knows of it. */
  readonly requested: boolean;
  /** One line for the log, from a closed set; undefined for an ordinary end. */
  readonly fault: string | undefined;
}

export interface IngestHandler extends InputHandler {
  onPublishRequested(request: PublishRequest): void;
  /** Once: nothing more is written to the ring. */
  onEnded(end: IngestEnd): void;
}

interface IngestOptions {
  readonly ingestId: string;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told of what was written, for the destinations that are fed from this lane. */
  readonly beat: Pick<Beat, 'arrived' | 'writesHere'>;
  /** `#still`'s: whether a decoder that has seen another encoder's pictures can begin here. */
  readonly isCleanEntry: (typeId: number, body: Uint8Array) => boolean;
  /** Says that this encoder's bytes are at hand, where anybody looks at that. */
  readonly mark?: Pick<MarkedWork, 'begin' | 'end'>;
}

/**
 * Answers are all that an encoder is sent; one that lets more of them wait asks and does not
 * listen.
 */
export const UNREAD_BYTES_MAX = 256 * 1024;

/** One encoder's connection: from its first byte to the ring of the stream it publishes. */
export class Ingest {
  readonly #ingestId: string;
  readonly #accepted: Accepted;
  readonly #handler: IngestHandler;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #beat: IngestOptions['beat'];
  readonly #isCleanEntry: IngestOptions['isCleanEntry'];
  readonly #mark: IngestOptions['mark'];
  readonly #session: ServerSession;
  #input: IngestInput | undefined;
  #cap: BitrateCap | undefined;
  #pieces = 0;
  #cancelDeadline: Cancel;
  #cancelRefusal: Cancel = () => undefined;
  #requested = false;
  /** When the bytes at hand came. */
  #nowMs: number;
  #ended = false;

  constructor(accepted: Accepted, options: IngestOptions, handler: IngestHandler) {
    this.#ingestId = options.ingestId;
    this.#accepted = accepted;
    this.#handler = handler;
    this.#clock = options.clock;
    this.#timers = options.timers;
    this.#beat = options.beat;
    this.#isCleanEntry = options.isCleanEntry;
    this.#mark = options.mark;
    this.#nowMs = options.clock.monotonicMs();
    this.#session = new ServerSession({
      send: (bytes) => this.#say(bytes),
      onPublish: (request) => this.#requestPublish(request),
      onMedia: (typeId, timestampMs, body) => this.#onMedia(typeId, timestampMs, body),
      onUnpublish: () => this.#end({ reason: 'unpublished', detail: '' }),
    });
    // Absolute, however slowly bytes trickle in: first the handshake, then the publish.
    this.#cancelDeadline = this.#after(LANE_LIMITS.handshakeMs, () => this.#onHandshakeDue());
    const { socket } = accepted;
    socket.on('data', (bytes: Buffer) => this.#onData(bytes));
    socket.on('error', (error: Error) => this.#end({ reason: 'closed', detail: error.message }));
    socket.on('close', () => {
      this.#cancelDeadline();
      this.#end({ reason: 'closed', detail: '' });
    });
  }

  /** The main thread lets the publish in. */
  accept(grant: PublishGrant): void {
    if (this.#ended || this.#session.phase !== 'authorising') return;
    this.#nowMs = this.#clock.monotonicMs();
    this.#cancelDeadline();
    const { socket } = this.#accepted;
    this.#cap = new BitrateCap(grant.limits, this.#nowMs);
    this.#input = new IngestInput(
      grant,
      {
        clock: this.#clock,
        beat: this.#beat,
        tap: inputTap(socket),
        isCleanEntry: this.#isCleanEntry,
      },
      this.#handler,
    );
    this.#accepted.release();
    this.#guard(() => this.#session.accept());
    this.#afterMessages();
    // What the encoder sent while it waited may have ended it.
    if (this.#ended) return;
    this.#watch();
    socket.resume();
  }

  /** At its next keyframe it gathers what it sends, and `onReady` is called. */
  arm(): void {
    if (!this.#ended) this.#input?.arm();
  }

  /** It is the ring's one writer from now on: with what it gathered, or from its next keyframe. */
  takeRing(): void {
    if (!this.#ended) this.#guard(() => this.#input?.takeRing());
  }

  /** It writes no more, and stays connected; `onYielded` is called. */
  yieldRing(): void {
    if (!this.#ended) this.#input?.yieldRing();
  }

  /** Says why, after a while if so wished, lets the encoder read it, then closes. */
  reject(
    code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName',
    description: string,
    delayMs = 0,
  ): void {
    if (this.#ended || this.#session.phase !== 'authorising') return;
    if (delayMs > 0) {
      this.#cancelRefusal = this.#timers.after(delayMs, () => this.reject(code, description));
      return;
    }
    this.#session.reject(code, description);
    this.#closeInOrder();
  }

  cut(reason: IngestEndReason): void {
    this.#end({ reason, detail: '' });
  }

  /** Milliseconds since media last came, into the ring or not. */
  silentMs(): number {
    const lastMediaAtMs = this.#input?.lastMediaAtMs ?? this.#accepted.acceptedAtMs;
    return this.#clock.monotonicMs() - lastMediaAtMs;
  }

  /** Undefined until the publish is accepted. */
  measure(): IngestMeasure | undefined {
    return this.#input?.measure();
  }

  #onData(bytes: Buffer): void {
    if (this.#ended) return;
    // One time for all that came together; a batch is handled in far less than a millisecond.
    this.#nowMs = this.#clock.monotonicMs();
    if (this.#cap?.take(bytes.length, this.#nowMs) === false) {
      this.#endAtCap('');
      return;
    }
    this.#guard(() => this.#session.feed(bytes));
    const { pieces } = this.#session;
    const isWithin = this.#cap?.takePieces((pieces - this.#pieces) | 0, bytes.length) !== false;
    this.#pieces = pieces;
    if (isWithin) this.#afterMessages();
    else this.#endAtCap('in very small messages');
  }

  #endAtCap(detail: string): void {
    const fault = 'an encoder sends more than its stream may';
    this.#end({ reason: 'bitrate-exceeded', detail, fault });
  }

  #say(bytes: Buffer): void {
    const { socket } = this.#accepted;
    if (socket.writableLength <= UNREAD_BYTES_MAX) {
      socket.write(bytes);
    } else {
      const fault = 'an encoder does not read its answers';
      this.#end({ reason: 'protocol-error', detail: `${socket.writableLength} bytes`, fault });
    }
  }

  #onMedia(typeId: number, timestampMs: number, body: Buffer): void {
    if (!this.#ended) this.#input?.onMessage(typeId, timestampMs, body, this.#nowMs);
  }

  #afterMessages(): void {
    if (!this.#ended) this.#guard(() => this.#input?.flush());
  }

  #guard(act: () => void): void {
    this.#mark?.begin();
    try {
      act();
    } catch (error) {
      this.#fail(error);
    }
    this.#mark?.end();
  }

  /** What the encoder sends, or the ring refuses, ends this connection and nothing else. */
  #fail(error: unknown): void {
    if (error instanceof RtmpError) {
      const fault = `a connection was refused: ${error.code}`;
      this.#end({ reason: 'protocol-error', detail: error.message, fault });
    } else if (error instanceof RingError) {
      this.#end({ reason: 'failed', detail: error.code, fault: 'the ring refused a message' });
    } else {
      this.#end({ reason: 'failed', detail: sentenceOf(error), fault: 'an ingest failed' });
    }
  }

  #requestPublish(request: RtmpPublishRequest): void {
    const { socket, secure, remoteAddress } = this.#accepted;
    // Little of what comes before the answer is kept, so no more is read until then.
    socket.pause();
    this.#requested = true;
    const link = readPublishLink(request.streamName);
    this.#handler.onPublishRequested({
      ingestId: this.#ingestId,
      keyHash: hashIngestKey(request.streamName),
      credential: link === undefined ? { kind: 'key' } : { kind: 'link', link },
      app: request.app,
      encoder: request.encoder,
      remoteAddress,
      secure,
    });
  }

  #onHandshakeDue(): void {
    if (this.#session.phase === 'handshaking') {
      this.#end({ reason: 'idle', detail: 'handshake', fault: 'no RTMP handshake in time' });
      return;
    }
    this.#cancelDeadline = this.#after(LANE_LIMITS.publishMs, () =>
      this.#end({ reason: 'idle', detail: 'publish', fault: 'no publish in time' }),
    );
  }

  /** When the connection, TLS and all, is so old. */
  #after(ageMs: number, task: () => void): Cancel {
    const agedMs = this.#clock.monotonicMs() - this.#accepted.acceptedAtMs;
    return this.#timers.after(Math.max(0, ageMs - agedMs), task);
  }

  #watch(): void {
    this.#cancelDeadline = this.#timers.after(LANE_LIMITS.ingestLookMs, () => {
      if (this.#ended) return;
      const canTell = this.#input?.look() === true;
      if (canTell && this.silentMs() > LANE_LIMITS.ingestIdleMs) {
        this.#end({ reason: 'idle', detail: '' });
        return;
      }
      this.#watch();
    });
  }

  /** What was said is sent; an encoder that does not close its side is cut. */
  #closeInOrder(): void {
    const { socket } = this.#accepted;
    socket.end();
    socket.resume();
    this.#cancelDeadline();
    this.#cancelDeadline = this.#timers.after(LANE_LIMITS.lingerMs, () => socket.destroy());
  }

  #end(end: { reason: IngestEndReason; detail: string; fault?: string }): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelDeadline();
    this.#cancelRefusal();
    this.#input?.end();
    if (end.reason === 'unpublished') this.#closeInOrder();
    else this.#accepted.socket.destroy();
    this.#handler.onEnded({
      reason: end.reason,
      detail: end.detail,
      fault: end.fault,
      requested: this.#requested,
    });
  }
}
