import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { HEADER_FLAGS, MediaFlag, videoFlags } from '#flv';
import { MessageType, RtmpError, ServerSession } from '#rtmp';
import type { RejectCode } from '#rtmp';
import type { TestCertificates } from './test-certificates.ts';

/** A refused publisher reads the answer before the connection ends. */
const CLOSE_AFTER_REJECT_MS = 200;

export interface SinkOptions {
  /** With these the sink speaks RTMPS. */
  readonly certificates?: TestCertificates;
  /** Asked for each publish, with the stream's name; default: all are taken. */
  readonly decide?: (streamName: string) => 'accept' | RejectCode;
}

/** What a sink has received since it was opened, over all connections. */
export interface SinkCounts {
  readonly connections: number;
  readonly publishes: number;
  readonly unpublishes: number;
  readonly bytes: number;
  readonly videoFrames: number;
  readonly keyframes: number;
  readonly audioFrames: number;
}

/** An RTMP(S) server that takes a publish and counts what arrives. */
export class RtmpSink {
  readonly counts = {
    connections: 0,
    publishes: 0,
    unpublishes: 0,
    bytes: 0,
    videoFrames: 0,
    keyframes: 0,
    audioFrames: 0,
  };
  /** The names that publishers gave, in order. */
  readonly streamNames: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #scheme: 'rtmp' | 'rtmps';
  readonly #decide: (streamName: string) => 'accept' | RejectCode;

  private constructor(options: SinkOptions) {
    const { certificates } = options;
    this.#decide = options.decide ?? (() => 'accept');
    this.#scheme = certificates === undefined ? 'rtmp' : 'rtmps';
    const serve = (socket: Socket) => this.#serve(socket);
    this.#server =
      certificates === undefined
        ? createPlainServer(serve)
        : createTlsServer({ cert: certificates.certificate, key: certificates.privateKey }, serve);
  }

  /** Listens on a free port of the loopback interface. */
  static async open(options: SinkOptions = {}): Promise<RtmpSink> {
    const sink = new RtmpSink(options);
    sink.#server.listen(0, '127.0.0.1');
    await once(sink.#server, 'listening');
    return sink;
  }

  /** `server` for a destination. */
  get url(): string {
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `${this.#scheme}://127.0.0.1:${port}/live`;
  }

  /** Breaks every connection with a reset, as a crashing server does. */
  resetConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #serve(socket: Socket): void {
    this.counts.connections += 1;
    this.#sockets.add(socket);
    // A publisher that vanishes is no event for a sink.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    const session = this.#session(socket);
    socket.on('data', (bytes: Buffer) => {
      this.counts.bytes += bytes.length;
      try {
        session.feed(bytes);
      } catch (thrown) {
        if (!(thrown instanceof RtmpError)) throw thrown;
        socket.destroy();
      }
    });
  }

  #session(socket: Socket): ServerSession {
    const session: ServerSession = new ServerSession({
      send: (bytes) => void socket.write(bytes),
      onPublish: ({ streamName }) => {
        const name = streamName.reveal();
        this.streamNames.push(name);
        const decision = this.#decide(name);
        if (decision === 'accept') {
          this.counts.publishes += 1;
          session.accept();
          return;
        }
        session.reject(decision, 'refused by the sink');
        setTimeout(() => socket.destroy(), CLOSE_AFTER_REJECT_MS).unref();
      },
      onMedia: (type, _timestampMs, body) => this.#count(type, body),
      onUnpublish: () => {
        this.counts.unpublishes += 1;
        socket.end();
      },
    });
    return session;
  }

  #count(type: number, body: Buffer): void {
    if (type === MessageType.AUDIO) this.counts.audioFrames += 1;
    if (type !== MessageType.VIDEO) return;
    const flags = videoFlags(body);
    if ((flags & HEADER_FLAGS) !== 0) return;
    this.counts.videoFrames += 1;
    if ((flags & MediaFlag.KEYFRAME) !== 0) this.counts.keyframes += 1;
  }
}
