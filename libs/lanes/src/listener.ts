import { createServer, type Server, type Socket } from 'node:net';
import {
  createServer as createTlsServer,
  type Server as TlsServer,
  type TLSSocket,
} from 'node:tls';
import type { CertificatePair } from './messages.ts';
import { LANE_LIMITS } from './settings.ts';

/** What a connection is let in with, from the moment TCP stands. */
export interface Admission {
  /** Monotonic; the connection's deadlines count from here, TLS included. */
  readonly acceptedAtMs: number;
  /** It does not count as pending any more. Twice does nothing; its close does it at the latest. */
  readonly release: () => void;
}

/** A connection of an encoder: RTMP on a bare socket or, for RTMPS, within TLS. */
export interface Accepted extends Admission {
  readonly socket: Socket | TLSSocket;
  readonly secure: boolean;
  readonly remoteAddress: string;
}

export interface ListenerHandler {
  /** Undefined: this connection is one too many. */
  admit(remoteAddress: string): Admission | undefined;
  onAccepted(accepted: Accepted): void;
  /** A connection to the RTMPS port that never became TLS. */
  onTlsRefused(remoteAddress: string, detail: string): void;
  /** The kernel gave no socket for a connection; the next one may go through. */
  onAcceptFailed(code: string): void;
}

/**
 * Every lane listens on the same ports with SO_REUSEPORT: the kernel deals connections out to the
 * lanes, and a lane that dies takes no listening socket of another with it.
 */
export class Listener {
  readonly #server: Server;
  readonly #handler: ListenerHandler;
  /**
   * Never listens itself: it is handed connections once they are admitted, before they cost a
   * handshake.
   */
  #tls: TlsServer | undefined;
  /** Every connection that stands, TLS or not, from its accept to its close. */
  readonly #sockets = new Set<Socket>();
  /** Admitted connections in their TLS handshake, by both their ends. */
  readonly #handshakes = new Map<string, Admission>();

  private constructor(handler: ListenerHandler) {
    this.#handler = handler;
    this.#server = createServer({ noDelay: true });
    this.#server.on('connection', (socket) => this.#onConnection(socket));
  }

  static plain(handler: ListenerHandler): Listener {
    return new Listener(handler);
  }

  /** Throws what OpenSSL says of a pair that it cannot use. */
  static secure(pair: CertificatePair, handler: ListenerHandler): Listener {
    const listener = new Listener(handler);
    const tls = createTlsServer({
      cert: pair.certificate,
      key: pair.privateKey,
      minVersion: 'TLSv1.2',
      handshakeTimeout: LANE_LIMITS.handshakeMs,
    });
    tls.on('secureConnection', (socket) => listener.#onSecure(socket));
    tls.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      handler.onTlsRefused(addressOf(socket), error.code ?? error.message);
      socket.destroy();
    });
    listener.#tls = tls;
    return listener;
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port, reusePort: true }, () => {
        this.#server.off('error', reject);
        // For instance no file descriptor left to accept with: those that stand are not touched.
        this.#server.on('error', (error: NodeJS.ErrnoException) =>
          this.#handler.onAcceptFailed(error.code ?? error.message),
        );
        resolve();
      });
    });
  }

  /**
   * New connections get the new certificate; those that stand keep theirs. Throws as `secure` does.
   */
  useCertificate(pair: CertificatePair): void {
    this.#tls?.setSecureContext({
      cert: pair.certificate,
      key: pair.privateKey,
      minVersion: 'TLSv1.2',
    });
  }

  stopListening(): void {
    this.#server.close();
  }

  /** Takes no more connections, and cuts those that stand. */
  close(): void {
    this.stopListening();
    for (const socket of this.#sockets) socket.destroy();
  }

  #onConnection(socket: Socket): void {
    // A connection can fail before anybody else listens to it; its 'close' says all there is to
    // say.
    socket.on('error', () => socket.destroy());
    const remoteAddress = addressOf(socket);
    const admission = this.#handler.admit(remoteAddress);
    if (admission === undefined) {
      socket.resetAndDestroy();
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      admission.release();
    });
    if (this.#tls === undefined) {
      this.#handler.onAccepted({ ...admission, socket, secure: false, remoteAddress });
      return;
    }
    const ends = endsOf(socket);
    this.#handshakes.set(ends, admission);
    socket.once('close', () => {
      if (this.#handshakes.get(ends) === admission) this.#handshakes.delete(ends);
    });
    this.#tls.emit('connection', socket);
  }

  #onSecure(socket: TLSSocket): void {
    const ends = endsOf(socket);
    const admission = this.#handshakes.get(ends);
    this.#handshakes.delete(ends);
    if (admission === undefined) {
      // It is gone already, and its ends with it.
      socket.destroy();
      return;
    }
    const remoteAddress = addressOf(socket);
    this.#handler.onAccepted({ ...admission, socket, secure: true, remoteAddress });
  }
}

function endsOf({ localAddress, remoteAddress, remotePort }: Socket): string {
  return `${localAddress} ${remoteAddress} ${remotePort}`;
}

function addressOf(socket: Socket): string {
  return socket.remoteAddress ?? 'unknown';
}
