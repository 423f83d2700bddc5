import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { assert, type Cancel, type Timers } from '#kernel';
import {
  checkLiteral,
  checkRemoteAddress,
  guardedLookup,
  type AddressPolicy,
  type DestinationUrl,
  type HostResolver,
} from '#net';
import type { KernelEnds } from './kernel-queues.ts';
import { certificateOf, type PeerCertificate } from './peer-certificate.ts';

/** Deadlines of the two steps before the first byte of RTMP. */
export const SOCKET_DEADLINES = {
  /** Name, then TCP, over all of the host's addresses. */
  tcpMs: 10_000,
  tlsMs: 5_000,
  /** One address of several gets this long before the next is tried beside it (RFC 8305). */
  nextAddressMs: 1_000,
  /** After a goodbye the peer gets this long to close its side. */
  goodbyeMs: 2_000,
} as const;

/** Then Node asks ten times, one second apart: a peer that is gone is found within 20 s. */
const KEEP_ALIVE_AFTER_MS = 9_000;
/** Waits its turn behind what the kernel has not taken yet. */
const NOTHING = Buffer.alloc(0);

export interface OutboundSocketHandler {
  /** `address`: which of the host's it was. */
  onTcp(address?: string): void;
  /** The socket can be written to; for RTMPS the certificate has been checked. */
  onReady(secure: boolean, certificate?: PeerCertificate): void;
  /** Not after `close`: what the peer says to a goodbye is read and dropped. */
  onData(bytes: Buffer): void;
  /** Once, and nothing after it. `error` is undefined when the peer closed in order. */
  onClosed(error: Error | undefined): void;
}

/** What the kernel was handed of one connection. */
export interface SocketStanding extends KernelEnds {
  /** At least so many bytes, those of TLS itself not counted. */
  readonly handedBytes: number;
}

/** A connection as the session above it uses it; what each does is said at `OutboundSocket`. */
export interface OutboundLink {
  readonly bufferedBytes: number;
  /** Undefined where no socket stands below it. */
  readonly standing?: SocketStanding | undefined;
  write(bytes: Buffer, done?: () => void): void;
  cork(): void;
  uncork(): void;
  close(): void;
  reset(): void;
}

/** The network as a parameter. May throw what the constructor of `OutboundSocket` throws. */
export type OpenOutboundLink = (
  url: DestinationUrl,
  options: OutboundSocketOptions,
  handler: OutboundSocketHandler,
) => OutboundLink;

export interface OutboundSocketOptions {
  readonly policy: AddressPolicy;
  readonly resolve: HostResolver;
  readonly timers: Timers;
  /** A real socket where it is left out. */
  readonly open?: OpenOutboundLink;
}

/** A step that took longer than its deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly step: 'tcp' | 'tls';

  constructor(step: 'tcp' | 'tls') {
    super(`no ${step.toUpperCase()} connection in time`);
    this.step = step;
  }
}

/**
 * `closing`: what was written is on its way, and the peer has until a deadline to close its side.
 */
type SocketState = 'opening' | 'ready' | 'closing' | 'closed';

/**
 * One TCP or TLS connection to a destination. The name is resolved for this connection alone and
 * only allowed addresses are dialled; TLS checks the certificate against the name that was asked
 * for.
 */
export class OutboundSocket implements OutboundLink {
  readonly #handler: OutboundSocketHandler;
  readonly #timers: Timers;
  readonly #raw: Socket;
  /** What is written to: the bare socket, or TLS upon it. */
  #stream: Socket | TLSSocket;
  #state: SocketState = 'opening';
  #cancelDeadline: Cancel;
  #onWritten: (() => void) | undefined;
  /** One function for all writes of the connection. */
  readonly #written = (error?: Error | null): void => {
    const done = this.#onWritten;
    this.#onWritten = undefined;
    if (!error && this.#state !== 'closed') done?.();
  };

  constructor(url: DestinationUrl, options: OutboundSocketOptions, handler: OutboundSocketHandler) {
    this.#handler = handler;
    this.#timers = options.timers;
    // Node asks the lookup function about names only; a literal address is judged here.
    checkLiteral(url.host, options.policy);
    this.#cancelDeadline = this.#deadline('tcp', SOCKET_DEADLINES.tcpMs);
    this.#raw = connect({
      host: url.host,
      port: url.port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: SOCKET_DEADLINES.nextAddressMs,
      lookup: guardedLookup(options.policy, options.resolve),
    });
    this.#stream = this.#raw;
    this.#raw.on('error', (error) => this.#end(error));
    this.#raw.on('connect', () => this.#onTcp(url, options.policy));
  }

  /** Bytes that Node holds because the kernel's send buffer is full. */
  get bufferedBytes(): number {
    return this.#stream.writableLength;
  }

  get standing(): SocketStanding | undefined {
    const { localPort, remotePort } = this.#raw;
    if (this.#state !== 'ready' || localPort === undefined || remotePort === undefined) {
      return undefined;
    }
    const handedBytes = this.#stream.bytesWritten - this.#stream.writableLength;
    return { localPort, remotePort, handedBytes };
  }

  /**
   * Before `onReady` and after `close` it does nothing. The bytes are borrowed until `done`, which
   * is called at once where the kernel takes them all, and not when the connection ends first; of
   * one write at a time only.
   */
  write(bytes: Buffer, done?: () => void): void {
    if (this.#state !== 'ready') return;
    if (done === undefined) {
      this.#stream.write(bytes);
      return;
    }
    assert(this.#onWritten === undefined, 'one write at a time is waited for');
    if (this.#stream === this.#raw) {
      // Without a callback Node has nothing to do later, and most writes are done by now.
      this.#stream.write(bytes);
      if (this.#stream.writableLength === 0 && this.#stream.errored === null) {
        done();
        return;
      }
      this.#onWritten = done;
      this.#stream.write(NOTHING, this.#written);
    } else {
      // TLS is never done at once, and would make a record of nothing.
      this.#onWritten = done;
      this.#stream.write(bytes, this.#written);
    }
  }

  /** What is written between `cork` and `uncork` leaves together. */
  cork(): void {
    this.#stream.cork();
  }

  uncork(): void {
    this.#stream.uncork();
  }

  /**
   * Sends what was written and closes in order; a peer that does not answer is left. What the
   * kernel has by then it goes on sending: the end of a show is not lost by a peer that is slow.
   */
  close(): void {
    if (this.#state === 'opening') this.#end(undefined);
    if (this.#state !== 'ready') return;
    this.#state = 'closing';
    this.#stream.end();
    this.#cancelDeadline = this.#timers.after(SOCKET_DEADLINES.goodbyeMs, () =>
      this.#end(undefined, this.#stream.writableFinished ? 'close' : 'reset'),
    );
  }

  /** Cuts the connection with a TCP reset: a platform keeps the broadcast open for a return. */
  reset(): void {
    this.#end(undefined, 'reset');
  }

  #onTcp(url: DestinationUrl, policy: AddressPolicy): void {
    if (this.#state === 'closed') return;
    this.#cancelDeadline();
    try {
      checkRemoteAddress(this.#raw.remoteAddress, policy);
    } catch (error) {
      this.#end(error as Error);
      return;
    }
    this.#handler.onTcp(this.#raw.remoteAddress);
    // The handler may have ended it.
    if (this.#raw.destroyed) return;
    if (url.scheme === 'rtmps') this.#secure(url.host);
    else this.#ready(false);
  }

  #secure(host: string): void {
    this.#cancelDeadline = this.#deadline('tls', SOCKET_DEADLINES.tlsMs);
    const tls = connectTls({
      socket: this.#raw,
      // SNI has no final dot (RFC 6066, 3) and no addresses.
      ...(isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : { host }),
      minVersion: 'TLSv1.2',
      // Said here, so that no variable of the environment can take it back.
      rejectUnauthorized: true,
    });
    this.#stream = tls;
    tls.on('error', (error: Error) => this.#end(error));
    tls.on('secureConnect', () => {
      if (this.#state !== 'opening') return;
      this.#cancelDeadline();
      this.#ready(true, certificateOf(tls));
    });
  }

  #ready(secure: boolean, certificate?: PeerCertificate): void {
    this.#state = 'ready';
    this.#stream.on('data', (bytes: Buffer) => {
      if (this.#state === 'ready') this.#handler.onData(bytes);
    });
    this.#stream.on('end', () => this.#end(undefined));
    this.#stream.on('close', () => this.#end(undefined));
    this.#handler.onReady(secure, certificate);
  }

  #deadline(step: 'tcp' | 'tls', delayMs: number): Cancel {
    return this.#timers.after(delayMs, () => this.#end(new DeadlineError(step)));
  }

  /**
   * Whatever comes while we are saying goodbye ends it in order; all else is a fault, and ends with
   * a reset.
   */
  #end(error: Error | undefined, how = this.#state === 'closing' ? 'close' : 'reset'): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#cancelDeadline();
    // The bare socket under TLS takes the reset too (a TLSSocket itself refuses it).
    if (this.#raw.connecting || how === 'close') this.#raw.destroy();
    else this.#raw.resetAndDestroy();
    this.#handler.onClosed(error);
  }
}
