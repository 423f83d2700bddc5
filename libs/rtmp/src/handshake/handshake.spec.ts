import { describe, expect, it } from 'vitest';

import { RtmpError } from '../rtmp-error.ts';
import { Handshake, HANDSHAKE_BYTES } from './handshake.ts';
import type { HandshakeRole } from './handshake.ts';

const PACKET_BYTES = 1536;

interface Side {
  readonly handshake: Handshake;
  readonly sent: Buffer[];
}

function side(role: HandshakeRole, chance = 0.25): Side {
  const sent: Buffer[] = [];
  return {
    handshake: new Handshake(
      role,
      () => chance,
      (bytes) => sent.push(bytes),
    ),
    sent,
  };
}

const packet = (fill: number): Buffer => Buffer.alloc(PACKET_BYTES, fill);
const hello = (c1: Buffer): Buffer => Buffer.concat([Buffer.of(3), c1]);

/** What is known of first packets of real peers: the second word and what follows. */
const firstPackets: ReadonlyArray<readonly [name: string, c1: Buffer]> = [
  [
    'OBS and librtmp: zero in the second word',
    Buffer.concat([Buffer.alloc(8), packet(7)]).subarray(0, PACKET_BYTES),
  ],
  [
    'ffmpeg: a digest of version 09007c02',
    Buffer.concat([Buffer.from('0000000009007c02', 'hex'), packet(9)]).subarray(0, PACKET_BYTES),
  ],
  [
    'nginx-rtmp: a digest of version 0c000d0e',
    Buffer.concat([Buffer.from('000000000c000d0e', 'hex'), packet(12)]).subarray(0, PACKET_BYTES),
  ],
];

describe('a server', () => {
  it.each(firstPackets)('echoes the packet of %s', (_, c1) => {
    const { handshake, sent } = side('server');
    expect(handshake.feed(hello(c1))).toBe(1 + PACKET_BYTES);
    const reply = Buffer.concat(sent);
    expect(reply).toHaveLength(HANDSHAKE_BYTES);
    expect(reply[0]).toBe(3);
    expect(reply.subarray(1, 9)).toEqual(Buffer.alloc(8));
    expect(reply.subarray(1 + PACKET_BYTES)).toEqual(c1);
  });

  it('answers nothing before the whole first packet', () => {
    const { handshake, sent } = side('server');
    handshake.feed(hello(packet(1)).subarray(0, PACKET_BYTES));
    expect(sent).toEqual([]);
    handshake.feed(Buffer.of(1));
    expect(sent).toHaveLength(1);
  });

  it('takes whatever the client echoes', () => {
    const { handshake } = side('server');
    handshake.feed(hello(packet(1)));
    expect(handshake.isDone).toBe(false);
    expect(handshake.feed(packet(0xee))).toBe(PACKET_BYTES);
    expect(handshake.isDone).toBe(true);
  });

  it('leaves chunks that came along with the last packet, wherever the bytes are cut', () => {
    const all = Buffer.concat([hello(packet(1)), packet(2), Buffer.from('chunks')]);
    for (let cut = 0; cut <= all.length; cut += 1) {
      const { handshake, sent } = side('server');
      let taken = handshake.feed(all.subarray(0, cut));
      taken += handshake.feed(all.subarray(taken));
      expect(taken).toBe(HANDSHAKE_BYTES);
      expect(Buffer.concat(sent).subarray(1 + PACKET_BYTES)).toEqual(packet(1));
    }
  });

  it('takes one byte at a time', () => {
    const { handshake, sent } = side('server');
    for (const byte of Buffer.concat([hello(packet(5)), packet(6)])) {
      handshake.feed(Buffer.of(byte));
    }
    expect(handshake.isDone).toBe(true);
    expect(Buffer.concat(sent).subarray(1 + PACKET_BYTES)).toEqual(packet(5));
  });

  it.each([
    ['TLS', 0x16, 'RTMP_TLS_ON_PLAIN_PORT'],
    ['HTTP', 0x47, 'RTMP_NOT_RTMP'],
    ['RTMPE', 6, 'RTMP_VERSION_UNSUPPORTED'],
    ['version 0', 0, 'RTMP_VERSION_UNSUPPORTED'],
    ['version 31', 31, 'RTMP_VERSION_UNSUPPORTED'],
    ['version 32', 32, 'RTMP_NOT_RTMP'],
  ])('refuses %s at the first byte', (_, first, code) => {
    const { handshake, sent } = side('server');
    expect(() => handshake.feed(Buffer.of(first))).toThrow(expect.objectContaining({ code }));
    expect(() => side('server').handshake.feed(Buffer.of(first))).toThrow(RtmpError);
    expect(sent).toEqual([]);
  });
});

describe('a client', () => {
  it('speaks first and echoes the packet of the server', () => {
    const { handshake, sent } = side('client');
    handshake.start();
    expect(sent[0]).toHaveLength(1 + PACKET_BYTES);
    handshake.feed(hello(packet(8)));
    expect(sent[1]).toEqual(packet(8));
    expect(handshake.isDone).toBe(false);
    handshake.feed(packet(0));
    expect(handshake.isDone).toBe(true);
  });

  it('refuses a server that speaks text', () => {
    const { handshake } = side('client');
    handshake.start();
    expect(() => handshake.feed(Buffer.from('HTTP/1.1 400'))).toThrow(
      expect.objectContaining({ code: 'RTMP_NOT_RTMP' }),
    );
  });
});

it('a server and a client of this room understand each other', () => {
  const client = side('client', 0.1);
  const server = side('server', 0.9);
  client.handshake.start();
  server.handshake.feed(client.sent[0]!);
  client.handshake.feed(server.sent[0]!);
  server.handshake.feed(client.sent[1]!);
  expect([client.handshake.isDone, server.handshake.isDone]).toEqual([true, true]);
  expect(client.sent[1]).toEqual(server.sent[0]!.subarray(1, 1 + PACKET_BYTES));
  expect(client.sent[1]!.subarray(8)).not.toEqual(client.sent[0]!.subarray(9));
});
