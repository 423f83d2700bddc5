import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { ChunkWriter, ClientSession, type Rejection } from '#rtmp';

const VIDEO = 9;
const AUDIO = 8;

/** H.264 of 640×720, as an encoder announces it. */
export const AVC_CONFIG = Buffer.from(
  '17000000000142c01fffe100156742c01eda02805bff016a02020280000003008000001e478b175001000468ce3c80',
  'hex',
);
/** AAC-LC, 48 kHz, stereo. */
export const AAC_CONFIG = Buffer.from('af001190', 'hex');

/** A frame that tells its number, so that no two are alike. */
export function videoFrame(number: number, kind: 'keyframe' | 'inter', bytes = 200): Buffer {
  const isKeyframe = kind === 'keyframe';
  const head = Buffer.of(isKeyframe ? 0x17 : 0x27, 1, 0, 0, 0);
  const unit = Buffer.alloc(4 + bytes, number & 0xff);
  unit.writeUInt32BE(bytes, 0);
  unit[4] = isKeyframe ? 0x65 : 0x41;
  unit.writeUInt32BE(number, 5);
  return Buffer.concat([head, unit]);
}

export function audioFrame(number: number): Buffer {
  const body = Buffer.alloc(18, number & 0xff);
  body[0] = 0xaf;
  body[1] = 1;
  body.writeUInt32BE(number, 2);
  return body;
}

export interface EncoderOptions {
  readonly port: number;
  readonly isSecure?: boolean;
  readonly streamKey?: string;
  /** Of what it sends, announced first. */
  readonly chunkBytes?: number;
  /** Stops once the server has taken the app. */
  readonly goal?: 'publish' | 'connect';
  /** Goes on sending when the server has closed its side. */
  readonly allowHalfOpen?: boolean;
}

/** An encoder: connects, asks to publish, and sends what it is told to. */
export class TestEncoder {
  readonly socket: Socket | TLSSocket;
  readonly session: ClientSession;
  readonly handshaken = Promise.withResolvers<void>();
  readonly connected = Promise.withResolvers<void>();
  readonly publishing = Promise.withResolvers<void>();
  readonly rejected = Promise.withResolvers<Rejection>();
  /** How the lane ended the connection. */
  readonly ended = Promise.withResolvers<'closed' | 'reset'>();
  readonly #writer: ChunkWriter;

  constructor(options: EncoderOptions) {
    const { port, streamKey = 'fc_key', chunkBytes = 4096, goal = 'publish' } = options;
    const { isSecure = false, allowHalfOpen = false } = options;
    const address = { host: '127.0.0.1', port, allowHalfOpen, noDelay: true };
    this.#writer = new ChunkWriter(chunkBytes);
    this.socket = isSecure
      ? connectTls({ ...address, rejectUnauthorized: false })
      : connect(address);
    const app = 'live';
    this.session = new ClientSession(
      { app, tcUrl: 'rtmp://127.0.0.1/live', streamName: streamKey, chunkBytes, goal },
      {
        send: (bytes) => void this.socket.write(bytes),
        onStage: (stage) => {
          if (stage === 'handshaken') this.handshaken.resolve();
          if (stage === 'connected') this.connected.resolve();
        },
        onPublishing: () => this.publishing.resolve(),
        onRejected: (rejection) => this.rejected.resolve(rejection),
        onAcknowledged: () => undefined,
        onReconnectRequest: () => undefined,
      },
    );
    this.socket.on(isSecure ? 'secureConnect' : 'connect', () => this.session.start());
    this.socket.on('data', (bytes: Buffer) => this.session.feed(bytes));
    this.socket.on('error', () => this.ended.resolve('reset'));
    this.socket.on('end', () => this.ended.resolve('closed'));
  }

  video(timestampMs: number, body: Buffer): void {
    this.send(VIDEO, timestampMs, body);
  }

  audio(timestampMs: number, body: Buffer): void {
    this.send(AUDIO, timestampMs, body);
  }

  send(type: number, timestampMs: number, payload: Buffer): void {
    const message = { chunkStreamId: 4, type, timestampMs, messageStreamId: 1, payload };
    this.socket.write(this.#writer.write(message));
  }

  async close(): Promise<void> {
    if (this.socket.closed) return;
    this.socket.destroy();
    await once(this.socket, 'close');
  }
}
