import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ChunkWriter, ClientSession } from '#rtmp';
import { monotonicMs, SyntheticEncoder, type SyntheticMessage } from '#testing';

/** The chunk stream that OBS sends its media on. */
const MEDIA_CHUNK_STREAM_ID = 4;
const CHUNK_BYTES_DEFAULT = 4_096;

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly app: string;
  readonly name: string;
  readonly secure: boolean;
}

export interface PublishOptions {
  readonly chunkBytes?: number;
  /** The server accepted: media may be written. Nothing is written by itself. */
  readonly onPublishing: (connection: PublishingConnection) => void;
}

/** A connection on which a publish was accepted. */
export interface PublishingConnection {
  readonly socket: Socket;
  readonly messageStreamId: number;
}

/** Brings a connection to where media may be sent. A connection that fails ends this process. */
export function publish(address: Address, options: PublishOptions): void {
  const { host, port, app, name, secure } = address;
  const socket = secure
    ? connectTls({ host, port, rejectUnauthorized: false })
    : connect({ host, port, noDelay: true });
  socket.setNoDelay(true);
  const scheme = secure ? 'rtmps' : 'rtmp';
  const session = new ClientSession(
    {
      app,
      tcUrl: `${scheme}://${host}:${port}/${app}`,
      streamName: name,
      chunkBytes: options.chunkBytes ?? CHUNK_BYTES_DEFAULT,
    },
    {
      send: (bytes) => void socket.write(bytes),
      onStage: () => undefined,
      onPublishing: ({ messageStreamId }) => options.onPublishing({ socket, messageStreamId }),
      onRejected: ({ description }) => fail(`${name} was rejected: ${description}`),
      onAcknowledged: () => undefined,
      onReconnectRequest: () => undefined,
    },
  );
  socket.on(secure ? 'secureConnect' : 'connect', () => session.start());
  socket.on('data', (bytes: Buffer) => session.feed(bytes));
  socket.on('error', (error: Error) => fail(`${name}: ${error.message}`));
  socket.on('close', () => fail(`${name}: the server closed the connection`));
}

/** A stream's messages in chunks, as an encoder sends them. */
export class StreamWriter {
  readonly #encoder: SyntheticEncoder;
  readonly #chunks: ChunkWriter;
  readonly #messageStreamId: number;
  readonly #beganAtMs = monotonicMs();

  constructor(options: { kbps: number; chunkBytes?: number; messageStreamId: number }) {
    this.#encoder = new SyntheticEncoder({ kbps: options.kbps });
    this.#chunks = new ChunkWriter(options.chunkBytes ?? CHUNK_BYTES_DEFAULT);
    this.#messageStreamId = options.messageStreamId;
  }

  headers(): Buffer {
    return Buffer.concat(this.#encoder.headers().map((message) => this.#write(message)));
  }

  /** In milliseconds of the monotonic clock. */
  get dueAtMs(): number {
    return this.#beganAtMs + this.#encoder.dueAtMs;
  }

  next(nowMs: number): Buffer {
    return this.#write(this.#encoder.next(nowMs));
  }

  #write({ type, timestampMs, payload }: SyntheticMessage): Buffer {
    return this.#chunks.write({
      chunkStreamId: MEDIA_CHUNK_STREAM_ID,
      messageStreamId: this.#messageStreamId,
      type,
      timestampMs,
      payload,
    });
  }
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
