import { Secret, type Clock } from '#kernel';
import {
  OutboundConnection,
  type OutboundFailure,
  type OutboundSocketOptions,
  type SocketStanding,
} from '#outbound';
import type { AttemptStage, EndMode, FailureCode } from '#relay-core';
import type { RingReader } from '#ring';
import type { Pump } from './beat.ts';
import { Feed } from './feed.ts';
import { fourCcsOf } from './four-ccs.ts';
import type { AttemptFailure, AttemptFigures, AttemptOrder, AttemptStart } from './messages.ts';

export interface AttemptPorts extends OutboundSocketOptions {
  readonly clock: Clock;
  /** Calls the pump whenever there is more in the ring, until the answer is called. */
  readonly onBeat: (pump: Pump) => () => void;
  /** Of the order's ring; shared by all attempts of this lane on it. */
  readonly reader: RingReader;
}

export interface AttemptHandler {
  onReached(stage: AttemptStage): void;
  onDegraded(degraded: boolean): void;
  /** Once: the destination asked for the stream on another connection, and is served on. */
  onReconnectRequest(): void;
  /** Once, when the connection is gone; null when it was told to end. */
  onEnded(failure: AttemptFailure | null): void;
}

/**
 * One outbound connection of a push: dials, publishes, and feeds the ring to the destination until
 * it ends.
 */
export class Attempt {
  readonly ringId: string;
  readonly #attemptId: string;
  readonly #ports: AttemptPorts;
  readonly #handler: AttemptHandler;
  readonly #reader: RingReader;
  readonly #connection: OutboundConnection;
  readonly #start: AttemptStart;
  #delayMs: number;
  #feed: Feed | undefined;
  #leaveBeat: () => void = () => undefined;
  #bytesAcknowledged = 0;
  /** Why we cut the connection ourselves. */
  #cutBecause: FailureCode | undefined;

  constructor(order: AttemptOrder, ports: AttemptPorts, handler: AttemptHandler) {
    this.ringId = order.ringId;
    this.#attemptId = order.attemptId;
    this.#ports = ports;
    this.#handler = handler;
    this.#reader = ports.reader;
    this.#start = order.start;
    this.#delayMs = order.delayMs;
    this.#connection = new OutboundConnection(
      {
        url: order.url,
        streamKey: new Secret(order.streamKey),
        certificateSha256: order.certificateSha256,
        fourCcs: fourCcsOf(this.#reader.headers()),
      },
      ports,
      {
        onReached: (stage) => handler.onReached(stage),
        onPublishing: (messageStreamId) => this.#feedTo(messageStreamId),
        onAcknowledged: (bytes) => {
          this.#bytesAcknowledged = bytes;
          this.#feed?.acknowledged(ports.clock.monotonicMs(), bytes);
        },
        onReconnectRequest: () => handler.onReconnectRequest(),
        onEnded: (failure) => this.#ended(failure),
      },
    );
  }

  start(): void {
    this.#connection.start();
  }

  /**
   * `drain` plays out what there is and says goodbye; `deliberate` says it at once, also to one
   * that drains; `abort` resets. `onEnded` follows.
   */
  end(mode: EndMode): void {
    if (mode === 'abort') {
      this.#feed?.end();
      this.#connection.reset();
    } else if (mode === 'drain' && this.#feed !== undefined) {
      this.#feed.drain(() => this.#connection.close());
    } else {
      this.#feed?.finish();
      this.#connection.close();
    }
  }

  setDelay(delayMs: number): void {
    this.#delayMs = delayMs;
    this.#feed?.setDelay(delayMs);
  }

  /** Time of the ring's timeline that the destination was given media up to; or null. */
  get reachedMs(): number | null {
    return this.#feed?.reachedMs ?? null;
  }

  /** For a look at the kernel's queues, where that would tell more than is known. */
  get doubtful(): SocketStanding | undefined {
    const isDoubtful = this.#feed?.isDoubtful(this.#ports.clock.monotonicMs()) === true;
    return isDoubtful ? this.#connection.standing : undefined;
  }

  /** `handedBytes` were the kernel's when it was asked, and so many of them its peer's not yet. */
  confirmed(handedBytes: number, unconfirmedBytes: number): void {
    const nowMs = this.#ports.clock.monotonicMs();
    const handedNow = this.#connection.standing?.handedBytes ?? handedBytes;
    const least = handedBytes - unconfirmedBytes;
    const most = handedNow - unconfirmedBytes;
    this.#feed?.confirmed(nowMs, { least, most }, unconfirmedBytes);
  }

  figures(): AttemptFigures {
    const { clock } = this.#ports;
    const progressAtMs = this.#feed?.progressAtMs ?? clock.monotonicMs();
    return {
      attemptId: this.#attemptId,
      bytesWritten: this.#feed?.bytesWritten ?? 0,
      bytesAcknowledged: this.#bytesAcknowledged,
      lagMs: Math.round(this.#feed?.lagMs ?? 0),
      delayMs: Math.round(this.#feed?.delayMs ?? 0),
      droppedFrames: this.#feed?.droppedFrames ?? 0,
      isWaitingForKeyframe: this.#feed?.isWaitingForKeyframe ?? false,
      lastProgressAtMs: clock.wallMs() - (clock.monotonicMs() - progressAtMs),
    };
  }

  #feedTo(messageStreamId: number): void {
    const { clock, onBeat } = this.#ports;
    const feed = new Feed(
      this.#reader,
      {
        messageStreamId,
        nowMs: clock.monotonicMs(),
        delayMs: this.#delayMs,
        start: this.#start,
      },
      this.#connection,
      {
        onFailed: (code) => {
          this.#cutBecause = code;
          this.#connection.reset();
        },
        onDegraded: (degraded) => this.#handler.onDegraded(degraded),
      },
    );
    this.#feed = feed;
    this.#leaveBeat = onBeat((nowMs) => feed.pump(nowMs));
    this.#handler.onReached('live');
    feed.pump(clock.monotonicMs());
  }

  #ended(seen: OutboundFailure | undefined): void {
    this.#feed?.end();
    this.#leaveBeat();
    const cut = this.#cutBecause;
    if (cut !== undefined) {
      this.#handler.onEnded({ code: cut, detail: 'cut by the relay', remoteWords: null });
    } else if (seen === undefined) {
      this.#handler.onEnded(null);
    } else {
      const { code, detail, remoteWords } = seen;
      this.#handler.onEnded({ code, detail, remoteWords });
    }
  }
}
