import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';

/** RFC 1035, 3.2.2 and 4.1.1; AAAA by RFC 3596. */
export const DnsType = { A: 1, AAAA: 28 } as const;
export const DnsCode = { NO_ERROR: 0, SERVER_FAILURE: 2, NO_SUCH_NAME: 3 } as const;
const ADDRESS_BYTES = { [DnsType.A]: 4, [DnsType.AAAA]: 16 } as const;
const HEADER_BYTES = 12;
/** A pointer to the name in the question. */
const SAME_NAME = [0xc0, HEADER_BYTES] as const;
const CLASS_INTERNET = 1;
/** Long enough to be remembered by whoever does that. */
const TIME_TO_LIVE_S = 60;

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
}

/** `addresses` as bytes; only those of the family that was asked for are told. */
export type DnsReply =
  { readonly code: number; readonly addresses?: readonly (readonly number[])[] } | 'silence';

/**
 * The smallest DNS server, over UDP of the loopback interface: one question in, some addresses out.
 * It knows no name until `reply` says so.
 */
export class NameServer {
  reply: (question: DnsQuestion) => DnsReply | Promise<DnsReply> = () => ({
    code: DnsCode.NO_SUCH_NAME,
  });
  /** Heard so far, in order. */
  readonly questions: DnsQuestion[] = [];
  readonly #socket: Socket = createSocket('udp4');

  static async open(host = '127.0.0.1', port = 0): Promise<NameServer> {
    const server = new NameServer();
    server.#socket.on('message', (bytes, peer) => void server.#answer(bytes, peer));
    server.#socket.bind(port, host);
    await once(server.#socket, 'listening');
    return server;
  }

  /** As `setServers` of Node's resolvers takes it. */
  get address(): string {
    const { address, port } = this.#socket.address();
    return `${address}:${port}`;
  }

  close(): void {
    this.#socket.close();
  }

  async #answer(bytes: Buffer, peer: RemoteInfo): Promise<void> {
    const typeAt = bytes.indexOf(0, HEADER_BYTES) + 1;
    const question = { name: nameIn(bytes), type: bytes.readUInt16BE(typeAt) };
    this.questions.push(question);
    const reply = await this.reply(question);
    if (reply === 'silence') return;
    const { code, addresses = [] } = reply;
    const wanted = question.type === DnsType.A ? DnsType.A : DnsType.AAAA;
    const told = addresses.filter(({ length }) => length === ADDRESS_BYTES[wanted]);
    const head = Buffer.from(bytes.subarray(0, typeAt + 4));
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(told.length, 6);
    head.writeUInt32BE(0, 8);
    const records = told.map((address) => {
      const fixed = [0, question.type, 0, CLASS_INTERNET, 0, 0, 0, TIME_TO_LIVE_S];
      return Buffer.from([...SAME_NAME, ...fixed, 0, address.length, ...address]);
    });
    this.#socket.send(Buffer.concat([head, ...records]), peer.port, peer.address);
  }
}

function nameIn(bytes: Buffer): string {
  const labels: string[] = [];
  for (let at = HEADER_BYTES; bytes[at] !== 0;) {
    const length = bytes.readUInt8(at);
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return labels.join('.');
}
