import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** What the run asks of the gate. */
export interface GateWish {
  readonly id: number;
  readonly way: 'listen' | 'dial';
  readonly port: number;
}

/** Comes with the socket, unless it says why there is none. */
export interface GateAnswer {
  readonly id: number;
  readonly fault?: string;
}

/**
 * Stands inside a network namespace and makes sockets there, which it hands to the run outside: a
 * socket stays in the network that it was made in, whoever holds it. Ends with the run; with its
 * last process the namespace is gone.
 */
process.on('message', (wish: GateWish) => {
  if (wish.way === 'listen') listen(wish);
  else dial(wish);
});
process.once('disconnect', () => process.exit());
// From here on wishes are heard.
answer({ id: 0 });

function listen({ id, port }: GateWish): void {
  const server = createServer();
  server.on('error', ({ message }) => answer({ id, fault: message }));
  // Whoever keeps a copy takes connections as well.
  server.listen(port, '127.0.0.1', () => {
    process.send?.({ id } satisfies GateAnswer, server, {}, () => server.close());
  });
}

function dial({ id, port }: GateWish): void {
  const socket: Socket = connect(port, '127.0.0.1');
  // Not one byte may be read here.
  socket.pause();
  const refuse = ({ message }: Error): void => answer({ id, fault: message });
  socket.once('error', refuse);
  socket.once('connect', () => {
    socket.off('error', refuse);
    process.send?.({ id } satisfies GateAnswer, socket);
  });
}

function answer(said: GateAnswer): void {
  process.send?.(said);
}
