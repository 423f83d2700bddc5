import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { HEADER_FLAGS, MediaFlag, videoFlags } from '#flv';
import { MessageType, RtmpError, ServerSession } from '#rtmp';
import { monotonicMs } from '#testing';
import { FrameJudge } from '../../test/faults/layer/frame-judge.ts';

/** How long one that flaps is live, and one that refuses keeps its connection for the answer. */
const FLAP_MS = 3_000;
const REFUSAL_MS = 300;

/** `silent` takes connections and says nothing; `refuses` the key; `flaps` closes after 3 s. */
export type Mood = 'obedient' | 'silent' | 'refuses' | 'flaps';

/**
 * `spliced`: a leap to a keyframe. `rejoined`: a further session. `paused`: nothing came for a
 * while. `wrong`: what never may be, such as a frame that is missing between two others.
 */
export type HeardKind = 'spliced' | 'rejoined' | 'paused' | 'wrong';

export interface Heard {
  readonly atMs: number;
  readonly kind: HeardKind;
  readonly what: string;
}

/** A longer pause between two messages is noted. */
const PAUSE_MS = 1_500;

export interface ReceiverOptions {
  readonly name: string;
  /** With these it speaks RTMPS. */
  readonly certificates?: { readonly certificate: string; readonly privateKey: string };
}

/** A destination that takes what it is sent, judges each message as it comes, and keeps none. */
export class Receiver {
  readonly name: string;
  mood: Mood = 'obedient';
  /** What was unusual since it was last taken. */
  readonly heard: Heard[] = [];
  /** How old each frame was when it came, in milliseconds; whoever reads them takes them out. */
  readonly agesMs: number[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #publishing = new Set<Socket>();
  readonly #judge = new FrameJudge();
  #current: Socket | undefined;
  #sessions = 0;
  #openedAtMs = 0;
  #mediaAtMs = 0;
  #frameAtMs = 0;
  #lastAgeMs = 0;
  #frames = 0;

  private constructor({ name, certificates }: ReceiverOptions) {
    this.name = name;
    const serve = (socket: Socket): void => this.#serve(socket);
    this.#server =
      certificates === undefined
        ? createServer(serve)
        : createTlsServer({ cert: certificates.certificate, key: certificates.privateKey }, serve);
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async open(options: ReceiverOptions): Promise<Receiver> {
    const receiver = new Receiver(options);
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Publishes that were accepted. */
  get sessions(): number {
    return this.#sessions;
  }

  get isPublishing(): boolean {
    return this.#publishing.size > 0;
  }

  /** When the present session began; monotonic, like the others. */
  get openedAtMs(): number {
    return this.#openedAtMs;
  }

  /** When anything came, if only a picture that the relay holds. */
  get mediaAtMs(): number {
    return this.#mediaAtMs;
  }

  /** When a frame of the encoder came, and how old it was. */
  get frameAtMs(): number {
    return this.#frameAtMs;
  }

  get lastAgeMs(): number {
    return this.#lastAgeMs;
  }

  /** Stamped frames that came. */
  get frames(): number {
    return this.#frames;
  }

  /** Ends what is open in order (FIN). */
  hangUp(): void {
    for (const socket of this.#publishing) socket.end();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #serve(socket: Socket): void {
    socket.setNoDelay(true);
    const session = this.#session(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#ended(socket));
    socket.on('data', (bytes: Buffer) => {
      if (this.mood === 'silent') return;
      try {
        session.feed(bytes);
      } catch (thrown) {
        if (!(thrown instanceof RtmpError)) throw thrown;
        socket.destroy();
      }
    });
  }

  #session(socket: Socket): ServerSession {
    const session = new ServerSession({
      send: (bytes) => void socket.write(bytes),
      onPublish: () => this.#answer(session, socket),
      onMedia: (type, timestampMs, body) => {
        if (socket === this.#current) this.#hear(type, timestampMs, body);
      },
      onUnpublish: () => {
        this.#ended(socket);
        socket.end();
      },
    });
    return session;
  }

  #answer(session: ServerSession, socket: Socket): void {
    if (this.mood === 'refuses') {
      session.reject('NetStream.Publish.Denied', 'this key is not known');
      setTimeout(() => socket.end(), REFUSAL_MS);
      return;
    }
    if (this.mood === 'flaps') setTimeout(() => socket.end(), FLAP_MS);
    if (this.#publishing.size > 0) this.#note('wrong', 'a session began before another had ended');
    this.#publishing.add(socket);
    this.#current = socket;
    this.#sessions += 1;
    this.#openedAtMs = monotonicMs();
    this.#judge.begin();
    this.#noteFaults(false);
    session.accept();
  }

  #hear(type: number, timestampMs: number, body: Buffer): void {
    const nowMs = monotonicMs();
    const pauseMs = Math.round(nowMs - this.#mediaAtMs);
    if (this.#mediaAtMs > 0 && pauseMs > PAUSE_MS) {
      this.#note('paused', `nothing for ${pauseMs} ms`);
    }
    this.#mediaAtMs = nowMs;
    this.#judge.hear({ type, timestampMs, body }, nowMs);
    const isKeyframe = type === MessageType.VIDEO && isKeyframeMessage(body);
    this.#noteFaults(isKeyframe);
    const ages = this.#judge.agesMs.splice(0);
    if (ages.length === 0) return;
    this.#frames += ages.length;
    this.#frameAtMs = nowMs;
    this.#lastAgeMs = ages.at(-1) ?? 0;
    this.agesMs.push(...ages);
  }

  #noteFaults(isKeyframe: boolean): void {
    for (const what of this.#judge.faults.splice(0)) {
      if (what.startsWith('session ')) this.#note('rejoined', what);
      else this.#note(isKeyframe && what.startsWith('frame ') ? 'spliced' : 'wrong', what);
    }
  }

  #note(kind: Heard['kind'], what: string): void {
    this.heard.push({ atMs: monotonicMs(), kind, what });
  }

  #ended(socket: Socket): void {
    this.#publishing.delete(socket);
  }
}

function isKeyframeMessage(body: Buffer): boolean {
  const flags = videoFlags(body);
  return (flags & HEADER_FLAGS) === 0 && (flags & MediaFlag.KEYFRAME) !== 0;
}
