import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { TestCertificates } from './test-certificates.ts';

/**
 * TLS in front of a plain server of this machine: each connection is passed on to `backendPort`.
 */
export interface TlsFront {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function openTlsFront(
  backendPort: number,
  certificates: TestCertificates,
): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const server = createServer(
    { cert: certificates.certificate, key: certificates.privateKey },
    (front) => {
      const back = connect({ host: '127.0.0.1', port: backendPort });
      for (const [socket, other] of [[front, back] as const, [back, front] as const]) {
        sockets.add(socket);
        // A reset on one side is a reset on the other: the faults are what is being tested.
        socket.once('error', () => other.resetAndDestroy());
        socket.once('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
