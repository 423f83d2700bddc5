import { createServer, type Server, type Socket } from 'node:net';
import {
  createServer as createTlsServer,
  type Server as TlsServer,
  type TLSSocket,
} from 'node:tls';
import type { CertificatePair } from './messages.ts';
import { LANE_LIMITS } from './settings.ts';

/** A connection of an encoder: RTMP on a bare socket or, for RTMPS, within TLS. */
export interface Accepted {
  readonly socket: Socket | TLSSocket;
  readonly secure: boolean;
  readonly remoteAddress: string;
}

export interface ListenerHandler {
  onAccepted(accepted: Accepted): void;
  /** A connection to the RTMPS port that never became TLS. */
  onTlsRefused(remoteAddress: string, detail: string): void;
  /** The kernel gave no socket for a connection; the next one may go through. */
  onAcceptFailed(code: string): void;
}

/**
 * Every lane listens on the same ports with SO_REUSEPORT: the kernel deals connections out to the lanes,
 * and a lane that dies takes no listening socket of another with it.
 */
export class Listener {
  readonly #server: Server | TlsServer;
  readonly #handler: ListenerHandler;
  readonly #secure: boolean;

  private constructor(server: Server | TlsServer, handler: ListenerHandler, secure: boolean) {
    this.#server = server;
    this.#handler = handler;
    this.#secure = secure;
  }

  static plain(handler: ListenerHandler): Listener {
    const server = createServer({ noDelay: true });
    server.on('connection', (socket) => {
      watch(socket);
      handler.onAccepted({ socket, secure: false, remoteAddress: addressOf(socket) });
    });
    return new Listener(server, handler, false);
  }

  static secure(pair: CertificatePair, handler: ListenerHandler): Listener {
    const server = createTlsServer({
      cert: pair.certificate,
      key: pair.privateKey,
      minVersion: 'TLSv1.2',
      handshakeTimeout: LANE_LIMITS.handshakeMs,
      noDelay: true,
    });
    server.on('connection', watch);
    server.on('secureConnection', (socket) => {
      handler.onAccepted({ socket, secure: true, remoteAddress: addressOf(socket) });
    });
    server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      handler.onTlsRefused(addressOf(socket), error.code ?? error.message);
      socket.destroy();
    });
    return new Listener(server, handler, true);
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

  /** New connections get the new certificate; those that stand keep theirs. */
  useCertificate(pair: CertificatePair): void {
    if (this.#secure) {
      (this.#server as TlsServer).setSecureContext({
        cert: pair.certificate,
        key: pair.privateKey,
        minVersion: 'TLSv1.2',
      });
    }
  }

  stopListening(): void {
    this.#server.close();
  }
}

/** A connection can fail before anybody else listens to it; its 'close' says all there is to say. */
function watch(socket: Socket): void {
  socket.on('error', () => socket.destroy());
}

function addressOf(socket: Socket): string {
  return socket.remoteAddress ?? 'unknown';
}
