import { amfObject, encodeAmf0 } from '#amf';
import type { AmfValue } from '#amf';

import { ChunkReader } from '../chunk/chunk-reader.ts';
import { encodeMessage } from '../chunk/chunk-writer.ts';
import { decodeCommand } from '../message/command.ts';
import { encodeSetChunkSize } from '../message/control-message.ts';
import { findStatus } from '../message/status.ts';
import { ServerSession } from './server-session.ts';
import type { ServerSessionOptions } from './server-session.ts';

/** What goes before the chunks of an encoder, and of a server. */
export const handshakeBytes = Buffer.concat([Buffer.of(3), Buffer.alloc(3072, 0x5a)]);

export interface CommandSaid {
  readonly name: string;
  readonly id: number;
  readonly values?: readonly AmfValue[];
  readonly csid?: number;
  readonly sid?: number;
  readonly type?: number;
  readonly chunkBytes?: number;
}

/** A command as an encoder or a server says it. */
export function say(command: CommandSaid): Buffer {
  const { name, id, values = [], csid = 3, sid = 0, type = 20, chunkBytes = 4096 } = command;
  return raw({ csid, type, sid, payload: encodeAmf0([name, id, ...values]), chunkBytes });
}

export interface RawSaid {
  readonly csid?: number;
  readonly type: number;
  readonly sid?: number;
  readonly time?: number;
  readonly payload: Buffer;
  readonly chunkBytes?: number;
}

export function raw({ csid = 4, type, sid = 1, time = 0, payload, chunkBytes }: RawSaid): Buffer {
  return encodeMessage({
    chunkStreamId: csid,
    type,
    timestampMs: time,
    messageStreamId: sid,
    payload,
    chunkBytes: chunkBytes ?? 4096,
  });
}

/** Chunk size, connect, createStream and publish, as short as can be. */
export function shortPublish(streamName: AmfValue = 'key'): Buffer {
  return Buffer.concat([
    encodeSetChunkSize(4096),
    say({ name: 'connect', id: 1, values: [amfObject({ app: 'live' })] }),
    say({ name: 'createStream', id: 2, values: [null] }),
    say({ name: 'publish', id: 3, sid: 1, values: [null, streamName, 'live'] }),
  ]);
}

/** What one side wrote, one line a message: as much of it as tells the messages apart. */
export function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  new ChunkReader().feed(bytes, {
    onMessage: (type, _timestampMs, sid, _csid, payload) => {
      lines.push(type === 20 ? commandLine(payload, sid) : controlLine(type, payload));
    },
  });
  return lines;
}

function commandLine(payload: Buffer, sid: number): string {
  const { name, transactionId, object, parameters } = decodeCommand(20, payload);
  const status = findStatus([...parameters, object]);
  const code = status?.get('code');
  const words = [name, transactionId, code, ...parameters].filter(
    (word) => typeof word === 'string' || typeof word === 'number',
  );
  return sid === 0 ? words.join(' ') : `${words.join(' ')} on ${sid}`;
}

function controlLine(type: number, payload: Buffer): string {
  return `${type}: ${payload.toString('hex')}`;
}

/** A server session with all that it says and gives, accepting or not. */
export class Conversation {
  readonly session: ServerSession;
  readonly sent: Buffer[] = [];
  readonly events: string[] = [];
  readonly bodies: Buffer[] = [];

  constructor(options: ServerSessionOptions & { readonly onPublish?: 'accept' | 'wait' } = {}) {
    this.session = new ServerSession(
      {
        send: (bytes) => this.sent.push(bytes),
        onPublish: ({ app, streamName, encoder }) => {
          this.events.push(`publish ${app} ${streamName.reveal()} ${encoder}`.trim());
          if (options.onPublish !== 'wait') this.session.accept();
        },
        onMedia: (type, timestampMs, body) => {
          this.events.push(`${type} at ${timestampMs}`);
          this.bodies.push(Buffer.from(body));
        },
        onUnpublish: (reason) => this.events.push(reason),
      },
      options,
    );
  }

  feed(...pieces: Uint8Array[]): this {
    for (const piece of pieces) this.session.feed(piece);
    return this;
  }

  /** Everything said behind the handshake. */
  get lines(): string[] {
    return linesOf(Buffer.concat(this.sent).subarray(handshakeBytes.length));
  }
}
