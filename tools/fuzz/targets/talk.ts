import { encodeCommand, encodeMessage, encodeSetChunkSize, MessageType } from '#rtmp';
import { AmfObject } from '#amf';
import type { Choices } from '../choices.ts';
import { amf0Text, anyAmf0, anyAmf0Values, anyStatus, KEY } from './amf0-bytes.ts';

/** Sent by either side before the chunks. */
export const HANDSHAKE = Buffer.concat([Buffer.of(3), Buffer.alloc(3072, 0x5a)]);
const CHUNK_BYTES = 4096;
const BODY_BYTES_MAX = 0x1000;
/** Some hundred bytes of choices become so many parts: 5 times 64 KiB. */
export const PARTS_MAX = 80;
export const SCRIPT_MS_MAX = 250;
const COMMANDS = [
  ...(['connect', 'createStream', 'publish', 'releaseStream', 'FCPublish', 'FCUnpublish'] as const),
  ...(['deleteStream', 'closeStream', '_checkbw', '_result', '_error', 'onStatus'] as const),
  ...(['close', 'onFCUnsubscribe', 'unheardOf'] as const),
];

interface Said {
  readonly type: number;
  readonly payload: Uint8Array;
  readonly chunkStreamId?: number;
  readonly timestampMs?: number;
  readonly chunkBytes?: number;
}

export function said(message: Said): Buffer {
  const { chunkStreamId = 3, timestampMs = 0, chunkBytes = CHUNK_BYTES, ...rest } = message;
  return encodeMessage({ ...rest, chunkStreamId, timestampMs, chunkBytes, messageStreamId: 1 });
}

export function command(
  name: string,
  id: number,
  ...values: Parameters<typeof encodeCommand>[2][]
) {
  return said({ type: MessageType.COMMAND_AMF0, payload: encodeCommand(name, id, ...values) });
}

/** Brings a server to where media may be sent. */
export const PUBLISH = Buffer.concat([
  encodeSetChunkSize(CHUNK_BYTES),
  command('connect', 1, new AmfObject([['app', 'live']])),
  command('createStream', 2, null),
  command('publish', 3, null, KEY, 'live'),
]);

const status = (level: string, code: string): AmfObject =>
  new AmfObject([
    ['level', level],
    ['code', code],
  ]);

/** Brings a client there. */
export const PUBLISHED = Buffer.concat([
  encodeSetChunkSize(CHUNK_BYTES),
  command('_result', 1, null, status('status', 'NetConnection.Connect.Success')),
  command('_result', 4, null, 1),
  command('onStatus', 0, null, status('status', 'NetStream.Publish.Start')),
]);

/** Something that a peer may say at any time: sense, nonsense, and what is nearly sense. */
export function anySaid(choices: Choices): Buffer {
  switch (choices.below(10)) {
    case 0:
    case 1:
      return anyCommand(choices);
    case 2:
      return said({ type: MessageType.COMMAND_AMF0, payload: anyAmf0Values(choices) });
    case 3:
      return anyControl(choices);
    case 4:
      return anyMedia(choices);
    case 5:
      return said({ ...anyHeader(choices), payload: choices.piece() });
    case 6:
      return said({ type: MessageType.AGGREGATE, payload: anyAggregate(choices) });
    case 7:
    case 8:
      return anyAnswer(choices);
    default:
      return choices.piece();
  }
}

function anyAnswer(choices: Choices): Buffer {
  const name = amf0Text(choices.pick(['onStatus', '_error', '_result', 'close']));
  const id = Buffer.of(0, 0x40, choices.below(32), 0, 0, 0, 0, 0, 0);
  const values = [Buffer.of(5), anyStatus(choices)];
  return said({
    type: MessageType.COMMAND_AMF0,
    payload: Buffer.concat([name, choices.flag() ? id : Buffer.alloc(9), ...values]),
  });
}

function anyCommand(choices: Choices): Buffer {
  const name = amf0Text(COMMANDS[choices.below(COMMANDS.length)] ?? '');
  const id = Buffer.concat([Buffer.of(0), Buffer.alloc(8)]);
  id.writeDoubleBE(choices.below(8), 1);
  const values = Array.from({ length: choices.below(4) }, () => anyAmf0(choices));
  const isAmf3 = choices.below(8) === 7;
  return said({
    type: isAmf3 ? MessageType.COMMAND_AMF3 : MessageType.COMMAND_AMF0,
    payload: Buffer.concat([isAmf3 ? Buffer.of(0) : Buffer.alloc(0), name, id, ...values]),
  });
}

/** Types 1 to 6: their numbers where they should be, mostly. */
export function anyControl(choices: Choices): Buffer {
  const type = 1 + choices.below(6);
  const number = Buffer.alloc(4);
  number.writeUInt32BE(choices.number() >>> 0);
  const event = Buffer.of(0, choices.below(40));
  const isEvent = type === MessageType.USER_CONTROL;
  const payload = Buffer.concat([isEvent ? event : Buffer.alloc(0), number, choices.piece(8)]);
  const length = choices.below(8) === 7 ? choices.below(4) : payload.length;
  return said({ type, chunkStreamId: 2, payload: payload.subarray(0, length) });
}

function anyMedia(choices: Choices): Buffer {
  const types = [MessageType.AUDIO, MessageType.VIDEO, MessageType.DATA_AMF0] as const;
  const timestampMs = choices.number() >>> 0;
  const body = Buffer.alloc(Math.min(choices.number(), BODY_BYTES_MAX), choices.byte());
  return said({ type: choices.pick(types), timestampMs, chunkStreamId: 4, payload: body });
}

function anyHeader(choices: Choices): Omit<Said, 'payload'> {
  return {
    type: choices.byte(),
    chunkStreamId: 2 + (choices.number() % 65_598),
    timestampMs: choices.number() >>> 0,
    chunkBytes: 128,
  };
}

/** Tags that tell their length rightly, mostly. */
export function anyAggregate(choices: Choices): Buffer {
  const tags = Array.from({ length: choices.below(6) }, () => {
    const header = Buffer.alloc(11);
    const body = choices.piece();
    header[0] = choices.pick([8, 9, 18, 22, 20, 4]);
    header.writeUIntBE(choices.below(6) === 5 ? choices.number() & 0xffffff : body.length, 1, 3);
    header.writeUInt32BE(choices.number() >>> 0, 4);
    return Buffer.concat([header, body, Buffer.alloc(4)]);
  });
  return Buffer.concat([...tags, choices.piece(16)]);
}
