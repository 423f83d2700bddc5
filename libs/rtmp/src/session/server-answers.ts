import { amfObject } from '#amf';
import type { AmfValue } from '#amf';

import { encodeMessage } from '../chunk/chunk-writer.ts';
import { encodeCommand } from '../message/command.ts';
import {
  BandwidthLimit,
  encodeSetChunkSize,
  encodeSetPeerBandwidth,
  encodeUserControl,
  UserControlEvent,
} from '../message/control-message.ts';
import { MessageType } from '../message/message-type.ts';
import { statusObject } from '../message/status.ts';
import type { StatusLevel } from '../message/status.ts';
import { forwarderFields } from './enhanced-capabilities.ts';
import { COMMAND_CHUNK_STREAM_ID, WINDOW_BYTES } from './session-limits.ts';

/** The only message stream a connection gets: one connection publishes one stream. */
export const MESSAGE_STREAM_ID = 1;

const CONNECTION = 0;
const SERVER_VERSION = 'FMS/3,0,1,123';
const SERVER_CAPABILITIES = 31;

/**
 * What a server says to each command, in the words that the encoders in use all take. Each answer
 * is whole messages in one buffer, owned by the caller.
 */
export class ServerAnswers {
  readonly #chunkBytes: number;

  /** @param chunkBytes announced with the answer to connect, and used from it on */
  constructor(chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
  }

  /**
   * Chunk size first: OBS reads none of it after publish. No onBWDone: it makes encoders ask
   * `_checkbw` for nothing.
   *
   * @param window the message that announces our window
   */
  connected(transactionId: number, isEnhanced: boolean, window: Buffer): Buffer {
    const properties = amfObject({
      fmsVer: SERVER_VERSION,
      capabilities: SERVER_CAPABILITIES,
      ...(isEnhanced ? forwarderFields() : {}),
    });
    const information = amfObject({
      level: 'status',
      code: 'NetConnection.Connect.Success',
      description: 'Connection succeeded.',
      objectEncoding: 0,
    });
    return Buffer.concat([
      window,
      encodeSetPeerBandwidth(WINDOW_BYTES, BandwidthLimit.DYNAMIC),
      encodeSetChunkSize(this.#chunkBytes),
      encodeUserControl(UserControlEvent.STREAM_BEGIN, CONNECTION),
      this.#command(CONNECTION, '_result', transactionId, properties, information),
    ]);
  }

  result(transactionId: number, value?: AmfValue): Buffer {
    return this.#command(CONNECTION, '_result', transactionId, null, value);
  }

  /** `_checkbw` gets no value: Haivision waits for exactly this. */
  bandwidthChecked(transactionId: number): Buffer {
    return this.#command(CONNECTION, '_result', transactionId, null);
  }

  /** Some hardware waits for this, with its own transaction id in it. */
  announced(transactionId: number, streamName: string): Buffer {
    const status = statusObject('status', 'NetStream.Publish.Start', streamName);
    const event = this.#command(CONNECTION, 'onFCPublish', transactionId, null, status);
    return transactionId === 0 ? event : Buffer.concat([event, this.result(transactionId)]);
  }

  published(): Buffer {
    return Buffer.concat([
      encodeUserControl(UserControlEvent.STREAM_BEGIN, MESSAGE_STREAM_ID),
      this.status('status', 'NetStream.Publish.Start', 'Publishing.'),
    ]);
  }

  unpublished(): Buffer {
    const code = 'NetStream.Unpublish.Success';
    const status = statusObject('status', code, 'Unpublished.');
    return Buffer.concat([
      this.#command(CONNECTION, 'onFCUnpublish', 0, null, status),
      this.status('status', code, 'Unpublished.'),
    ]);
  }

  unknown(transactionId: number): Buffer {
    const status = statusObject('error', 'NetConnection.Call.Failed', 'Unknown command.');
    return this.#command(CONNECTION, '_error', transactionId, null, status);
  }

  status(level: StatusLevel, code: string, description: string): Buffer {
    const status = statusObject(level, code, description);
    return this.#command(MESSAGE_STREAM_ID, 'onStatus', 0, null, status);
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
