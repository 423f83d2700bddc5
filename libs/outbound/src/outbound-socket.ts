import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Cancel, Timers } from '#kernel';
import {
  checkLiteral,
  checkRemoteAddress,
  guardedLookup,
  type AddressPolicy,
  type DestinationUrl,
  type HostResolver,
} from '#net';

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

export interface OutboundSocketHandler {
  onTcp(): void;
  /** The socket can be written to; for RTMPS the certificate has been checked. */
  onReady(secure: boolean): void;
  onData(bytes: Buffer): void;
  /** Once, and nothing after it. `error` is undefined when the peer closed in order. */
  onClosed(error: Error | undefined): void;
}

export interface OutboundSocketOptions {
  readonly policy: AddressPolicy;
  readonly resolve: HostResolver;
  readonly timers: Timers;
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
 * One TCP or TLS connection to a destination. The name is resolved for this connection alone and only allowed
 * addresses are dialled; TLS checks the certificate against the name that was asked for.
 */
export class OutboundSocket {
  readonly #handler: OutboundSocketHandler;
  readonly #timers: Timers;
  readonly #raw: Socket;
  #tls: TLSSocket | undefined;
  #cancelDeadline: Cancel;
  #closing = false;
  #closed = false;

  constructor(url: DestinationUrl, options: OutboundSocketOptions, handler: OutboundSocketHandler) {
    this.#handler = handler;
    this.#timers = options.timers;
    // Node asks the lookup function about names only; a literal address is judged here.
    if (isIP(url.host) !== 0) checkLiteral(url.host, options.policy);
    this.#cancelDeadline = this.#deadline('tcp', SOCKET_DEADLINES.tcpMs);
    this.#raw = connect({
      host: url.host,
      port: url.port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 10_000,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: SOCKET_DEADLINES.nextAddressMs,
      lookup: guardedLookup(options.policy, options.resolve),
    });
    this.#raw.on('error', (error) => this.#end(error));
    this.#raw.on('connect', () => {
      this.#cancelDeadline();
      try {
        checkRemoteAddress(this.#raw.remoteAddress, options.policy);
      } catch (error) {
        this.#end(error as Error);
        return;
      }
      handler.onTcp();
      if (url.scheme === 'rtmps') this.#secure(url.host);
      else this.#ready(this.#raw, false);
    });
  }

  /** Bytes that Node holds because the kernel's send buffer is full. */
  get bufferedBytes(): number {
    return (this.#tls ?? this.#raw).writableLength;
  }

  /** The bytes are borrowed until `done`; it is not called when the connection ends first. */
  write(bytes: Buffer, done?: () => void): void {
    if (this.#closed) return;
    (this.#tls ?? this.#raw).write(bytes, (error) => {
      if (!error && !this.#closed) done?.();
    });
  }

  /** What is written between `cork` and `uncork` leaves together. */
  cork(): void {
    (this.#tls ?? this.#raw).cork();
  }

  uncork(): void {
    (this.#tls ?? this.#raw).uncork();
  }

  /** Sends what was written and closes in order; a peer that does not answer is cut. */
  close(): void {
    if (this.#closed || this.#closing) return;
    this.#closing = true;
    (this.#tls ?? this.#raw).end();
    this.#cancelDeadline();
    this.#cancelDeadline = this.#timers.after(SOCKET_DEADLINES.goodbyeMs, () => {
      this.#closing = false;
      this.#end(undefined);
    });
  }

  /** Cuts the connection with a TCP reset: a platform keeps the broadcast open for a return. */
  reset(): void {
    this.#end(undefined);
  }

  #secure(host: string): void {
    this.#cancelDeadline = this.#deadline('tls', SOCKET_DEADLINES.tlsMs);
    const tls = connectTls({
      socket: this.#raw,
      ...(isIP(host) === 0 ? { servername: host } : { host }),
      minVersion: 'TLSv1.2',
    });
    this.#tls = tls;
    tls.on('error', (error) => this.#end(error));
    tls.on('secureConnect', () => {
      this.#cancelDeadline();
      this.#ready(tls, true);
    });
  }

  #ready(socket: Socket | TLSSocket, secure: boolean): void {
    socket.on('data', (bytes: Buffer) => {
      if (!this.#closed) this.#handler.onData(bytes);
    });
    socket.on('end', () => this.#end(undefined));
    socket.on('close', () => this.#end(undefined));
    this.#handler.onReady(secure);
  }

  #deadline(step: 'tcp' | 'tls', delayMs: number): Cancel {
    return this.#timers.after(delayMs, () => this.#end(new DeadlineError(step)));
  }

  #end(error: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelDeadline();
    // The bare socket under TLS takes the reset too (a TLSSocket itself refuses it).
    if (this.#raw.connecting || this.#closing) this.#raw.destroy();
    else this.#raw.resetAndDestroy();
    this.#handler.onClosed(error);
  }
}
