import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { MessageType, ServerSession } from '#rtmp';
import { monotonicMs, readStamp } from '#testing';
import { answerParent } from './conversation.ts';
import { Latencies, type LatencyFigures } from './latencies.ts';

export type SinksOrder =
  | {
      readonly kind: 'listen';
      readonly certificate: string;
      readonly privateKey: string;
    }
  /** How many connections receive video now. */
  | { readonly kind: 'count' }
  /** Destinations whose number is below this read nothing any more, on new connections too. */
  | { readonly kind: 'freeze'; readonly below: number }
  | { readonly kind: 'begin' }
  | { readonly kind: 'end' };

export interface SinkPorts {
  readonly plain: number;
  readonly secure: number;
}

/** What came to the connections that read, between `begin` and `end`. */
export interface SinkFigures {
  readonly connections: number;
  readonly bytes: number;
  readonly latency: LatencyFigures;
  /** Video frames that were never seen although later ones were. */
  readonly framesLost: number;
  /** Messages with a timestamp below that of the one before. */
  readonly timesBack: number;
  /** Of each connection, how often bytes came in a second: the writes that reach one peer. */
  readonly readsPerSecond: number;
}

interface Connection {
  readonly socket: Socket;
  readonly session: ServerSession;
  number: number;
  frame: number;
  timestampMs: number;
  bytes: number;
}

const connections = new Set<Connection>();
const latencies = new Latencies();
let framesLost = 0;
let timesBack = 0;
let bytesTotal = 0;
let reads = 0;
let beganAtMs = 0;
let frozenBelow = 0;

/** All destinations of a run, in a process of their own: they take, acknowledge and compare. */
function serve(socket: Socket): void {
  const connection: Connection = {
    socket,
    session: sessionOf(() => connection),
    number: Infinity,
    frame: -1,
    timestampMs: 0,
    bytes: 0,
  };
  connections.add(connection);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => connections.delete(connection));
  socket.on('data', (bytes: Buffer) => {
    connection.bytes += bytes.length;
    bytesTotal += bytes.length;
    reads += 1;
    connection.session.feed(bytes);
  });
}

function sessionOf(connection: () => Connection): ServerSession {
  const session: ServerSession = new ServerSession({
    send: (bytes) => void connection().socket.write(bytes),
    onPublish: ({ streamName }) => {
      connection().number = Number(/\d+$/.exec(streamName.reveal())?.[0] ?? Infinity);
      session.accept();
      if (isFrozen(connection())) connection().socket.pause();
    },
    onMedia: (type, timestampMs, body) => receive(connection(), type, timestampMs, body),
    onUnpublish: () => connection().socket.end(),
  });
  return session;
}

function receive(connection: Connection, type: number, timestampMs: number, body: Buffer): void {
  if (timestampMs < connection.timestampMs) timesBack += 1;
  connection.timestampMs = timestampMs;
  const stamp = type === MessageType.VIDEO ? readStamp(body) : undefined;
  if (stamp === undefined) return;
  if (connection.frame >= 0) framesLost += stamp.frame - connection.frame - 1;
  connection.frame = stamp.frame;
  latencies.add(monotonicMs() - stamp.sentAtMs);
}

function isFrozen({ number }: Connection): boolean {
  return number < frozenBelow;
}

async function listen(order: { certificate: string; privateKey: string }): Promise<SinkPorts> {
  const plain = createServer(serve);
  const secure = createTlsServer({ cert: order.certificate, key: order.privateKey }, serve);
  return { plain: await portOf(plain), secure: await portOf(secure) };
}

async function portOf(server: Server): Promise<number> {
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function begin(): void {
  latencies.reset();
  framesLost = 0;
  timesBack = 0;
  bytesTotal = 0;
  reads = 0;
  beganAtMs = monotonicMs();
}

function end(): SinkFigures {
  const reading = [...connections].filter((each) => each.frame >= 0 && !isFrozen(each));
  const seconds = (monotonicMs() - beganAtMs) / 1_000;
  return {
    connections: reading.length,
    bytes: bytesTotal,
    latency: latencies.figures(),
    framesLost,
    timesBack,
    readsPerSecond: reads / Math.max(1, reading.length) / seconds,
  };
}

answerParent<SinksOrder>((order) => {
  switch (order.kind) {
    case 'listen':
      return listen(order);
    case 'count':
      return [...connections].filter((each) => each.frame >= 0).length;
    case 'freeze':
      frozenBelow = order.below;
      for (const each of connections) if (isFrozen(each)) each.socket.pause();
      return undefined;
    case 'begin':
      return begin();
    case 'end':
      return end();
  }
});
