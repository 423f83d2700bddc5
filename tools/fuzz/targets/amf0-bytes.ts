import { AMF_LIMITS } from '#amf';
import type { Choices } from '../choices.ts';

export const KEY = 'sk_live_5f3a?audio=1';
/** A key that looks like the words of a code. */
export const WORDY_KEY = 'MyPrivateChannelName';

/** What RTMP's commands, their fields and their codes are called. */
const NAMES = [
  ...['connect', 'createStream', 'publish', 'releaseStream', 'FCPublish', 'FCUnpublish'],
  ...['deleteStream', 'closeStream', '_checkbw', '_result', '_error', 'onStatus', 'close'],
  ...['onFCUnsubscribe', '@setDataFrame', 'onMetaData', 'additionalMedia', 'id', 'media'],
  ...['app', 'tcUrl', 'flashVer', 'fourCcList', 'videoFourCcInfoMap', 'capsEx', 'level', 'code'],
  ...[
    'description',
    'status',
    'error',
    'live',
    WORDY_KEY,
    KEY,
    encodeURIComponent(KEY),
    KEY.slice(3, 12),
  ],
  ...['NetConnection.Connect.Success', 'NetConnection.Connect.Rejected', 'encoder', 'duration'],
  ...['NetConnection.Connect.ReconnectRequest', 'NetConnection.Connect.Closed', '__proto__', '*'],
  ...['NetStream.Publish.Start', 'NetStream.Publish.BadName', 'NetStream.Failed', 'constructor'],
] as const;

const DEPTH_MAX = AMF_LIMITS.depthMax + 2;
const MEMBERS_MAX = 6;

const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);
const u32 = (value: number): Buffer => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)]);

/** A name that means something, or any text: broken, long, empty. */
function anyText(choices: Choices): Buffer {
  const kind = choices.byte();
  if (kind < 200) return Buffer.from(NAMES[kind % NAMES.length] ?? '');
  if (kind < 230) return choices.piece();
  // Mostly at a limit: bytes that are no text grow when they are written again.
  return Buffer.alloc(Math.min(choices.number(), 0x2000), kind < 240 ? 0xff : 0x61);
}

function text(bytes: Buffer): Buffer {
  return bytes.length > 0xffff
    ? Buffer.concat([Buffer.of(12), u32(bytes.length), bytes])
    : Buffer.concat([Buffer.of(2), u16(bytes.length), bytes]);
}

function anyMembers(choices: Choices, depth: number): Buffer {
  const members = Array.from({ length: choices.below(MEMBERS_MAX) }, () => {
    const key = anyText(choices);
    return Buffer.concat([u16(key.length), key, anyAmf0(choices, depth + 1)]);
  });
  return Buffer.concat([...members, Buffer.of(0, 0, 9)]);
}

function anyElements(choices: Choices, depth: number): Buffer {
  const length = choices.below(MEMBERS_MAX);
  const elements = Array.from({ length }, () => anyAmf0(choices, depth + 1));
  return Buffer.concat([u32(length), ...elements]);
}

const LEVELS = ['status', 'error', 'warning'] as const;
const CODES = [
  ...([
    'NetConnection.Connect.Success',
    'NetConnection.Connect.Rejected',
    'NetStream.Failed',
  ] as const),
  ...(['NetConnection.Connect.ReconnectRequest', 'NetConnection.Connect.Closed'] as const),
  ...(['NetStream.Publish.Start', 'NetStream.Publish.BadName', 'NetStream.Record.Failed'] as const),
  ...([`NetStream.${WORDY_KEY}`, `NetStream.Publish.${KEY}`, WORDY_KEY, KEY, ''] as const),
] as const;

/** What servers answer with: a level, a code, and any words. */
export function anyStatus(choices: Choices): Buffer {
  const level = amf0Text(LEVELS[choices.below(LEVELS.length)] ?? '');
  const code = amf0Text(CODES[choices.below(CODES.length)] ?? '');
  const name = (word: string): Buffer => amf0Text(word).subarray(1);
  return Buffer.concat([
    ...[Buffer.of(3), name('level'), level, name('code'), code],
    ...[name(choices.flag() ? 'description' : 'tcUrl'), text(anyText(choices)), Buffer.of(0, 0, 9)],
  ]);
}

/** One value as AMF0 writes it, right in its form unless it is a piece of the input itself. */
export function anyAmf0(choices: Choices, depth = 0): Buffer {
  const kind = depth > DEPTH_MAX || choices.isEmpty ? 6 : choices.below(14);
  switch (kind) {
    case 0:
    case 1:
      return text(anyText(choices));
    case 2: {
      const number = Buffer.alloc(9);
      number.writeDoubleBE(choices.number(), 1);
      return number;
    }
    case 3:
      return Buffer.concat([Buffer.of(0), choices.piece(8), Buffer.alloc(8)]).subarray(0, 9);
    case 4:
      return Buffer.of(1, choices.byte());
    case 5:
    case 7:
      return Buffer.concat([Buffer.of(3), anyMembers(choices, depth)]);
    case 8:
      return Buffer.concat([Buffer.of(8), u32(choices.number()), anyMembers(choices, depth)]);
    case 9:
      return Buffer.concat([Buffer.of(10), anyElements(choices, depth)]);
    case 10:
      return Buffer.concat([Buffer.of(11), choices.piece(8), Buffer.alloc(10)]).subarray(0, 11);
    case 11:
      return Buffer.concat([Buffer.of(16), text(anyText(choices)), anyMembers(choices, depth)]);
    case 12:
      // As though each held the next.
      return Buffer.concat(Array.from({ length: 40 }, () => Buffer.of(3, 0, 1, 0x61)));
    case 13:
      return choices.piece();
    default:
      return Buffer.of(choices.flag() ? 5 : 6);
  }
}

/** Values one behind the other, as a command or data message has them. */
export function anyAmf0Values(choices: Choices): Buffer {
  const length = 1 + choices.below(MEMBERS_MAX);
  return Buffer.concat(Array.from({ length }, () => anyAmf0(choices)));
}

export function amf0Text(word: string): Buffer {
  return text(Buffer.from(word));
}
