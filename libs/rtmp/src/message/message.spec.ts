import { amfEcmaArray, amfObject, encodeAmf0 } from '#amf';
import { describe, expect, it } from 'vitest';

import { RtmpError } from '../rtmp-error.ts';
import { AGGREGATE_TAGS_MAX, unpackAggregate } from './aggregate.ts';
import {
  amf0Of,
  COMMAND_LIMITS,
  decodeCommand,
  decodeCommandLeniently,
  encodeCommand,
} from './command.ts';
import {
  encodeAcknowledgement,
  encodeSetChunkSize,
  encodeSetPeerBandwidth,
  encodeUserControl,
  encodeWindowAcknowledgementSize,
  readChunkBytes,
  readControlNumber,
  readUserControl,
} from './control-message.ts';
import { remoteText } from './remote-text.ts';
import { findStatus } from './status.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('control messages', () => {
  it.each([
    ['Set Chunk Size', encodeSetChunkSize(4096), '000004 01 00000000 00001000'],
    ['Acknowledgement', encodeAcknowledgement(7), '000004 03 00000000 00000007'],
    [
      'Acknowledgement past 4 GiB',
      encodeAcknowledgement(2 ** 32 + 7),
      '000004 03 00000000 00000007',
    ],
    [
      'Window Acknowledgement Size',
      encodeWindowAcknowledgementSize(1),
      '000004 05 00000000 00000001',
    ],
    ['Set Peer Bandwidth', encodeSetPeerBandwidth(1, 2), '000005 06 00000000 00000001 02'],
    ['Stream Begin', encodeUserControl(0, 1), '000006 04 00000000 0000 00000001'],
    ['a ping answer', encodeUserControl(7, 0xfffffffe), '000006 04 00000000 0007 fffffffe'],
  ])('writes %s on chunk stream 2', (_, bytes, expected) => {
    expect(bytes.toString('hex')).toBe(hex(`02 000000 ${expected}`).toString('hex'));
  });

  it.each([
    ['a number', () => readControlNumber(hex('000001'))],
    ['a chunk size', () => readChunkBytes(hex('000001'))],
    ['an event', () => readUserControl(hex('00'))],
  ])('refuses %s that is cut short', (_, read) => {
    expect(read).toThrow(expect.objectContaining({ code: 'RTMP_CONTROL_MALFORMED' }));
  });

  it('reads an event without a number', () => {
    expect(readUserControl(hex('0020'))).toEqual({ event: 32, value: 0 });
  });
});

describe('commands', () => {
  it('are read as they are written', () => {
    const bytes = encodeCommand('publish', 5, null, 'key', 'live');
    const command = {
      name: 'publish',
      transactionId: 5,
      object: null,
      parameters: ['key', 'live'],
    };
    expect(decodeCommand(20, bytes)).toEqual(command);
    expect(decodeCommandLeniently(20, bytes)).toEqual(command);
    expect(decodeCommand(17, Buffer.concat([Buffer.of(0), bytes]))).toEqual(command);
    expect(decodeCommand(17, bytes)).toEqual(command);
  });

  it.each([
    ['no transaction id', encodeAmf0(['close'])],
    ['a text for a transaction id', encodeAmf0(['close', 'x'])],
    ['NaN for a transaction id', encodeAmf0(['close', Number.NaN])],
  ])('have id 0 with %s', (_, bytes) => {
    expect(decodeCommand(20, bytes)).toMatchObject({ name: 'close', transactionId: 0 });
  });

  it.each([
    ['nothing', hex('')],
    ['a number for a name', encodeAmf0([1, 1])],
    ['half a name', hex('02 0005 6162')],
  ])('cannot be read from %s', (_, bytes) => {
    expect(() => decodeCommand(20, bytes)).toThrow(
      expect.objectContaining({ code: 'RTMP_COMMAND_MALFORMED' }),
    );
    expect(decodeCommandLeniently(20, bytes)).toBeUndefined();
  });

  it('are read as far as they go where that is enough', () => {
    const bytes = Buffer.concat([encodeCommand('deleteStream', 0, null), hex('11 0a')]);
    expect(() => decodeCommand(20, bytes)).toThrow(RtmpError);
    expect(decodeCommandLeniently(20, bytes)).toMatchObject({ name: 'deleteStream', object: null });
  });

  it('hold strings and values up to a limit', () => {
    const text = (length: number) => () =>
      decodeCommand(20, encodeCommand('a', 1, 'x'.repeat(length)));
    expect(text(COMMAND_LIMITS.stringBytesMax)).not.toThrow();
    expect(text(COMMAND_LIMITS.stringBytesMax + 1)).toThrow(RtmpError);
    const values = (count: number) => () =>
      decodeCommand(20, encodeCommand('a', 1, ...Array<null>(count).fill(null)));
    expect(values(COMMAND_LIMITS.valuesMax - 2)).not.toThrow();
    expect(values(COMMAND_LIMITS.valuesMax - 1)).toThrow(RtmpError);
  });
});

it('AMF0 begins behind the format byte of the AMF3 kinds only', () => {
  expect(amf0Of(15, hex('00 05'))).toEqual(hex('05'));
  expect(amf0Of(15, hex('02 05'))).toEqual(hex('02 05'));
  expect(amf0Of(18, hex('00 05'))).toEqual(hex('00 05'));
});

it('a status is the first value with a level or a code, in either form', () => {
  const status = amfEcmaArray({ code: 'b' });
  expect(findStatus([null, 'code', amfObject({ a: 1 }), status, amfObject({ level: 'c' })])).toBe(
    status,
  );
  expect(findStatus([null, amfObject({})])).toBeUndefined();
});

describe('text of a peer', () => {
  it.each([
    ['keeps what people write', 'Große 漢字 <b>', 'Große 漢字 <b>'],
    ['loses control characters', 'a\r\nb\0c\u001b[31md\u0085', 'abc[31md'],
    ['loses what turns its direction', 'a\u202eb\u2066c\u200f', 'abc'],
    ['is cut', 'x'.repeat(21), 'x'.repeat(20)],
    ['is nothing when it is no text', 7, ''],
  ])('%s', (_, text, expected) => {
    expect(remoteText(text, 20)).toBe(expected);
  });
});

describe('an aggregate', () => {
  const tag = (type: number, time: number, body: Buffer, length = body.length): Buffer => {
    const header = Buffer.alloc(11);
    header.writeUInt8(type, 0);
    header.writeUIntBE(length, 1, 3);
    header.writeUIntBE(time & 0xffffff, 4, 3);
    header.writeUInt8(time >>> 24, 7);
    return Buffer.concat([header, body, Buffer.alloc(4)]);
  };
  const unpack = (payload: Buffer, timestampMs = 0): (number | Buffer)[][] => {
    const tags: (number | Buffer)[][] = [];
    unpackAggregate(payload, timestampMs, (...each) => tags.push(each));
    return tags;
  };
  const body = hex('af01');

  it('counts its times from its own timestamp', () => {
    expect(unpack(Buffer.concat([tag(8, 0x01000000, body), tag(9, 0x01000014, body)]), 5)).toEqual([
      [8, 5, body],
      [9, 25, body],
    ]);
  });

  it('crosses 2^32 milliseconds', () => {
    const payload = Buffer.concat([tag(8, 0xfffffff0, body), tag(9, 4, body)]);
    expect(unpack(payload, 0xfffffff0).map(([, time]) => time)).toEqual([0xfffffff0, 4]);
  });

  it('may lack its last back pointer, and may be empty', () => {
    expect(unpack(tag(8, 0, body).subarray(0, -4))).toHaveLength(1);
    expect(unpack(Buffer.alloc(0))).toEqual([]);
  });

  it('may hold so many, and not one more', () => {
    const many = (count: number): Buffer =>
      Buffer.concat(Array.from({ length: count }, () => tag(8, 0, body)));
    const count = (payload: Buffer): number => unpackAggregate(payload, 0, () => undefined);
    expect(count(many(AGGREGATE_TAGS_MAX))).toBe(AGGREGATE_TAGS_MAX);
    expect(() => count(many(AGGREGATE_TAGS_MAX + 1))).toThrow(
      expect.objectContaining({ code: 'RTMP_AGGREGATE_TOO_MANY' }),
    );
  });

  it.each([
    ['a length past its end', tag(8, 0, body, body.length + 5)],
    ['a length of 16 MiB', tag(8, 0, body, 0xffffff)],
    ['another aggregate', tag(22, 0, body)],
    ['half a header', Buffer.concat([tag(8, 0, body), Buffer.alloc(10)])],
  ])('refuses %s', (_, payload) => {
    expect(() => unpack(payload)).toThrow(
      expect.objectContaining({ code: 'RTMP_AGGREGATE_MALFORMED' }),
    );
  });
});
