import { amfObject } from '#amf';
import type { AmfValue } from '#amf';

import { encodeSetChunkSize } from '../message/control-message.ts';
import { ClientSession } from './client-session.ts';
import type { ClientSessionOptions } from './client-session.ts';
import { handshakeBytes, linesOf, say } from './conversation.fixture.ts';

export const KEY = 'sk_live_5f3a?audio=1';

/** A client session with all that it says and tells. */
export class Talk {
  readonly session: ClientSession;
  readonly sent: Buffer[] = [];
  readonly events: string[] = [];

  constructor(options: Partial<ClientSessionOptions> = {}) {
    const told = { app: 'live2', tcUrl: 'rtmps://a.example/live2', streamName: KEY, ...options };
    this.session = new ClientSession(told, {
      send: (bytes) => this.sent.push(bytes),
      onStage: (stage) => this.events.push(stage),
      onPublishing: ({ messageStreamId }) => this.events.push(`publishing on ${messageStreamId}`),
      onRejected: ({ stage, code, description }) =>
        this.events.push(`rejected ${stage}: ${code}: ${description}`),
      onAcknowledged: (bytesTotal) => this.events.push(`acknowledged ${bytesTotal}`),
      onReconnectRequest: ({ tcUrl }) => this.events.push(`reconnect ${tcUrl ?? 'here'}`),
    });
    this.session.start();
  }

  feed(...pieces: Uint8Array[]): this {
    for (const piece of pieces) this.session.feed(piece);
    return this;
  }

  get lines(): string[] {
    return linesOf(Buffer.concat(this.sent).subarray(handshakeBytes.length));
  }
}

export const chunkSize = encodeSetChunkSize(4096);
export const status = (level: string, code: string, description = ''): AmfValue =>
  amfObject({ level, code, description });
export const result = (id: number, ...values: AmfValue[]): Buffer =>
  say({ name: '_result', id, values });
export const error = (id: number, ...values: AmfValue[]): Buffer =>
  say({ name: '_error', id, values });
export const onStatus = (level: string, code: string, description = '', id = 0): Buffer =>
  say({ name: 'onStatus', id, sid: 1, values: [null, status(level, code, description)] });
export const connectOk = result(
  1,
  amfObject({ fmsVer: 'FMS/3,5,7,7009' }),
  status('status', 'NetConnection.Connect.Success'),
);
export const publishOk = onStatus('status', 'NetStream.Publish.Start');
export const stages = ['handshaken', 'connected', 'created', 'publishing', 'publishing on 1'];

export const begin = (options?: Partial<ClientSessionOptions>): Talk =>
  new Talk(options).feed(handshakeBytes, chunkSize);
export const live = (options?: Partial<ClientSessionOptions>): Talk =>
  begin(options).feed(connectOk, result(4, null, 1), publishOk);
