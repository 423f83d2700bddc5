import { amfObject } from '#amf';
import type { AmfValue } from '#amf';

import { encodeMessage } from '../chunk/chunk-writer.ts';
import { encodeCommand } from '../message/command.ts';
import { encodeSetChunkSize } from '../message/control-message.ts';
import { MessageType } from '../message/message-type.ts';
import { publisherFields, type FourCcs } from './enhanced-capabilities.ts';
import { COMMAND_CHUNK_STREAM_ID } from './session-limits.ts';

/** The transaction ids of our commands, as OBS counts them. */
export const Transaction = {
  CONNECT: 1,
  RELEASE_STREAM: 2,
  ANNOUNCE: 3,
  CREATE_STREAM: 4,
  PUBLISH: 5,
  UNANNOUNCE: 6,
  DELETE_STREAM: 7,
} as const;

const CONNECTION = 0;

export interface ConnectFields {
  readonly app: string;
  /** Scheme, host, port as typed, and app. */
  readonly tcUrl: string;
  readonly flashVer: string;
  /**
   * Codecs beyond H.264 and AAC that will be sent. Without any, nothing is said of them.
   */
  readonly fourCcs: FourCcs;
}

/** What a client says, in the shape and order of OBS, which every ingest has seen. */
export class ClientRequests {
  readonly #chunkBytes: number;

  constructor(chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
  }

  connect({ app, tcUrl, flashVer, fourCcs }: ConnectFields): Buffer {
    const fields = amfObject({
      app,
      type: 'nonprivate',
      flashVer,
      swfUrl: tcUrl,
      tcUrl,
      ...publisherFields(fourCcs),
    });
    return Buffer.concat([
      encodeSetChunkSize(this.#chunkBytes),
      this.#command(CONNECTION, 'connect', Transaction.CONNECT, fields),
    ]);
  }

  createStream(streamName: string): Buffer {
    return Buffer.concat([
      this.#command(CONNECTION, 'releaseStream', Transaction.RELEASE_STREAM, null, streamName),
      this.#command(CONNECTION, 'FCPublish', Transaction.ANNOUNCE, null, streamName),
      this.#command(CONNECTION, 'createStream', Transaction.CREATE_STREAM, null),
    ]);
  }

  publish(messageStreamId: number, streamName: string): Buffer {
    return this.#command(messageStreamId, 'publish', Transaction.PUBLISH, null, streamName, 'live');
  }

  unpublish(messageStreamId: number, streamName: string): Buffer {
    const { UNANNOUNCE, DELETE_STREAM } = Transaction;
    return Buffer.concat([
      this.#command(CONNECTION, 'FCUnpublish', UNANNOUNCE, null, streamName),
      this.#command(CONNECTION, 'deleteStream', DELETE_STREAM, null, messageStreamId),
    ]);
  }

  #command(
    messageStreamId: number,
    name: string,
    transactionId: number,
    ...values: AmfValue[]
  ): Buffer {
    return encodeMessage({
      chunkStreamId: COMMAND_CHUNK_STREAM_ID,
      type: MessageType.COMMAND_AMF0,
      timestampMs: 0,
      messageStreamId,
      payload: encodeCommand(name, transactionId, ...values),
      chunkBytes: this.#chunkBytes,
    });
  }
}
