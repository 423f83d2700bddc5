import type { Random } from '#kernel';

import { RtmpError } from '../rtmp-error.ts';

/*
 * The handshake (RTMP 1.0, 5.2), in its simple form. Each side sends 3073 bytes:
 *
 *   C0/S0  version u8 = 3
 *   C1/S1  time u32 │ zero u32 │ 1528 random bytes
 *   C2/S2  a copy of the other side's C1/S1
 */

const VERSION = 3;
const PACKET_BYTES = 1536;
const RANDOM_OFFSET = 8;
export const HANDSHAKE_BYTES = 1 + 2 * PACKET_BYTES;

/** From here on the byte is a printable character: the peer speaks a text protocol. */
const RESERVED_VERSION_MAX = 31;
/** Content type of a TLS handshake record (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16;

export type HandshakeRole = 'client' | 'server';

/**
 * One side of the handshake. Both answer the peer's packet by a byte-for-byte echo, which strict
 * peers compare; what the peer echoes is not looked at, because many send something else. A client
 * that offers a digest (its packet's second word is not zero) gets the same plain echo, and takes
 * it.
 */
export class Handshake {
  readonly #role: HandshakeRole;
  readonly #send: (bytes: Buffer) => void;
  readonly #greeting: Buffer;
  #peerPacket: Buffer | undefined;
  #received = 0;

  /** `send` owns the bytes it is given. A client's greeting is sent by `start`. */
  constructor(role: HandshakeRole, random: Random, send: (bytes: Buffer) => void) {
    this.#role = role;
    this.#send = send;
    this.#greeting = greetingOf(random);
  }

  get isDone(): boolean {
    return this.#received === HANDSHAKE_BYTES;
  }

  /** The client speaks first; a server waits. */
  start(): void {
    if (this.#role === 'client') this.#send(this.#greeting);
  }

  /**
   * Takes what belongs to the handshake of `bytes` (borrowed until return) and gives its length:
   * the bytes behind it are chunks already.
   *
   * @throws {RtmpError} when the peer does not speak RTMP 3.
   */
  feed(bytes: Uint8Array): number {
    if (bytes.length === 0 || this.isDone) return 0;
    if (this.#received === 0) checkVersion(bytes[0] ?? 0);
    const taken = Math.min(bytes.length, HANDSHAKE_BYTES - this.#received);
    const before = this.#received;
    this.#received += taken;
    if (before < 1 + PACKET_BYTES) this.#collect(bytes.subarray(0, taken), before);
    return taken;
  }

  #collect(bytes: Uint8Array, before: number): void {
    const packet = (this.#peerPacket ??= Buffer.allocUnsafe(PACKET_BYTES));
    const skipped = before === 0 ? 1 : 0;
    const position = before - 1 + skipped;
    packet.set(bytes.subarray(skipped, skipped + PACKET_BYTES - position), position);
    if (this.#received < 1 + PACKET_BYTES) return;
    this.#peerPacket = undefined;
    this.#send(this.#role === 'client' ? packet : Buffer.concat([this.#greeting, packet]));
  }
}

function greetingOf(random: Random): Buffer {
  const greeting = Buffer.alloc(1 + PACKET_BYTES);
  greeting[0] = VERSION;
  for (let at = 1 + RANDOM_OFFSET; at < greeting.length; at += 4) {
    greeting.writeUInt32BE(Math.floor(random() * 2 ** 32), at);
  }
  return greeting;
}

function checkVersion(version: number): void {
  if (version === VERSION) return;
  if (version === TLS_HANDSHAKE) throw new RtmpError('RTMP_TLS_ON_PLAIN_PORT');
  if (version > RESERVED_VERSION_MAX) throw new RtmpError('RTMP_NOT_RTMP', version);
  throw new RtmpError('RTMP_VERSION_UNSUPPORTED', version);
}
