import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { amfObject } from '#amf';
import type { AmfValue } from '#amf';
import { ChunkReader, decodeCommand, encodeCommand, encodeMessage, MessageType } from '#rtmp';
import type { Command } from '#rtmp';

/** The handshake (RTMP 1.0, 5.2): a version byte and two packets from each side. */
const PACKET_BYTES = 1536;
const HANDSHAKE_BYTES = 1 + 2 * PACKET_BYTES;
const MESSAGE_STREAM_ID = 1;
const MEDIA_TYPES: ReadonlySet<number> = new Set([
  MessageType.AUDIO,
  MessageType.VIDEO,
  MessageType.DATA_AMF0,
]);

/** One media message as a destination got it. */
export interface HeardMedia {
  readonly type: number;
  readonly timestampMs: number;
  readonly body: Buffer;
}

/** What a destination does when it is told something; instead of what an obedient one does. */
export type CommandAnswer = (link: DestinationLink, command: Command) => void;

export interface DestinationScript {
  /** With these it speaks RTMPS. */
  readonly certificates?: { readonly certificate: string; readonly privateKey: string };
  /** Does not even shake hands: takes the connection, reads, and says nothing. */
  readonly isSilent?: boolean;
  /** By the name of the command. */
  readonly answers?: Readonly<Record<string, CommandAnswer>>;
  /** Hears media as it comes; a link then keeps none of it. Its body is valid during the call. */
  readonly onMedia?: (link: DestinationLink, media: HeardMedia) => void;
}

/** One connection to a scripted destination: all that was heard on it, and how it ended. */
export class DestinationLink {
  readonly socket: Socket;
  readonly commands: Command[] = [];
  readonly media: HeardMedia[] = [];
  /** How the other side ended it: closed in order, or reset. */
  readonly ended: Promise<'closed' | 'reset'>;
  readonly #script: DestinationScript;
  readonly #reader = new ChunkReader();
  readonly #watchers = new Set<() => void>();
  #greeting = Buffer.alloc(0);
  #heardBytes = 0;

  constructor(socket: Socket, script: DestinationScript) {
    this.socket = socket;
    this.#script = script;
    this.ended = new Promise((resolve) => {
      socket.on('error', () => resolve('reset'));
      socket.on('end', () => resolve('closed'));
    });
    socket.on('data', (bytes: Buffer) => {
      this.#heardBytes += bytes.length;
      if (script.isSilent !== true) this.#hear(bytes);
      for (const watcher of this.#watchers) watcher();
    });
  }

  get heardBytes(): number {
    return this.#heardBytes;
  }

  /** The names of the commands heard, in order. */
  get commandNames(): readonly string[] {
    return this.commands.map(({ name }) => name);
  }

  /** Resolves as soon as `condition` is met; it is asked again whenever something is heard. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const watcher = (): void => {
        if (!condition()) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
    });
  }

  say(name: string, transactionId: number, ...values: AmfValue[]): void {
    this.send(MessageType.COMMAND_AMF0, encodeCommand(name, transactionId, ...values));
  }

  status(level: 'status' | 'error', code: string, description: string): void {
    this.say('onStatus', 0, null, amfObject({ level, code, description }));
  }

  send(type: number, payload: Buffer): void {
    const message = { chunkStreamId: 3, type, timestampMs: 0, messageStreamId: 0, payload };
    this.socket.write(encodeMessage({ ...message, chunkBytes: 128 }));
  }

  #hear(bytes: Buffer): void {
    if (this.#greeting.length === HANDSHAKE_BYTES) return this.#read(bytes);
    const before = this.#greeting.length;
    const all = Buffer.concat([this.#greeting, bytes]);
    this.#greeting = all.subarray(0, HANDSHAKE_BYTES);
    if (before <= PACKET_BYTES && all.length > PACKET_BYTES) {
      const own = Buffer.alloc(1 + PACKET_BYTES);
      own[0] = 3;
      this.socket.write(Buffer.concat([own, all.subarray(1, 1 + PACKET_BYTES)]));
    }
    if (all.length > HANDSHAKE_BYTES) this.#read(all.subarray(HANDSHAKE_BYTES));
  }

  #read(bytes: Buffer): void {
    this.#reader.feed(bytes, {
      onMessage: (type, timestampMs, _messageStreamId, _chunkStreamId, payload) => {
        if (type === MessageType.COMMAND_AMF0) this.#obey(decodeCommand(type, payload));
        else if (MEDIA_TYPES.has(type)) this.#hearMedia({ type, timestampMs, body: payload });
      },
    });
  }

  #hearMedia(media: HeardMedia): void {
    const { onMedia } = this.#script;
    if (onMedia !== undefined) return onMedia(this, media);
    this.media.push({ ...media, body: Buffer.from(media.body) });
  }

  #obey(command: Command): void {
    this.commands.push(command);
    const answer = this.#script.answers?.[command.name];
    if (answer !== undefined) return answer(this, command);
    const { name, transactionId } = command;
    if (name === 'connect') {
      const code = 'NetConnection.Connect.Success';
      this.say('_result', transactionId, null, amfObject({ level: 'status', code }));
    }
    if (name === 'createStream') this.say('_result', transactionId, null, MESSAGE_STREAM_ID);
    if (name === 'publish') this.status('status', 'NetStream.Publish.Start', '');
  }
}

/**
 * An RTMP(S) server that does at each step what its script says, and what an obedient one does
 * where it is silent.
 */
export class ScriptedDestination {
  readonly links: DestinationLink[] = [];
  readonly #server: Server;
  readonly #script: DestinationScript;
  readonly #sockets = new Set<Socket>();
  readonly #awaited: (() => void)[] = [];

  private constructor(script: DestinationScript) {
    this.#script = script;
    const { certificates } = script;
    const serve = (socket: Socket): void => this.#serve(socket);
    this.#server =
      certificates === undefined
        ? createServer(serve)
        : createTlsServer({ cert: certificates.certificate, key: certificates.privateKey }, serve);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      // Also one that never becomes TLS.
      socket.on('error', () => undefined);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Listens on a free port of the loopback interface. */
  static async open(script: DestinationScript = {}): Promise<ScriptedDestination> {
    const destination = new ScriptedDestination(script);
    destination.#server.listen(0, '127.0.0.1');
    await once(destination.#server, 'listening');
    return destination;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** `server` for a destination. */
  url(app = 'live', host = '127.0.0.1'): string {
    const scheme = this.#script.certificates === undefined ? 'rtmp' : 'rtmps';
    return `${scheme}://${host}:${this.port}/${app}`;
  }

  /** The connection that came as number `index`, now or when it comes. */
  async link(index = 0): Promise<DestinationLink> {
    for (;;) {
      const link = this.links[index];
      if (link !== undefined) return link;
      await new Promise<void>((resolve) => {
        this.#awaited.push(resolve);
      });
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #serve(socket: Socket): void {
    this.links.push(new DestinationLink(socket, this.#script));
    for (const resolve of this.#awaited.splice(0)) resolve();
  }
}
