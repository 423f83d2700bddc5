import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';

import type { Timers } from '#kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHostResolver } from './host-resolver.ts';
import type { HostResolver } from './host-resolver.ts';
import type { ResolvedAddress } from './resolved-address.ts';
import { addressesInHosts } from './hosts-file.ts';

const A = 1;
const AAAA = 28;
const NO_ERROR = 0;
const SERVER_FAILURE = 2;
const NO_SUCH_NAME = 3;
const NO_HOSTS_FILE = '/nonexistent/hosts';

type Reply = { readonly code: number; readonly address?: readonly number[] } | 'silence';

/** The smallest DNS server: one question in (RFC 1035 section 4.1), at most one record out. */
class NameServer {
  readonly socket: Socket = createSocket('udp4');
  reply: (type: number) => Reply = () => ({ code: NO_SUCH_NAME });
  onQuestion: () => void = () => undefined;

  async listen(): Promise<string> {
    this.socket.on('message', (question, peer) => {
      this.onQuestion();
      const typeAt = question.indexOf(0, 12) + 1;
      const reply = this.reply(question.readUInt16BE(typeAt));
      if (reply !== 'silence') {
        const bytes = encodeReply(question.subarray(0, typeAt + 4), reply);
        this.socket.send(bytes, peer.port, peer.address);
      }
    });
    this.socket.bind(0, '127.0.0.1');
    await once(this.socket, 'listening');
    return `127.0.0.1:${this.socket.address().port}`;
  }
}

function encodeReply(question: Buffer, { code, address }: Exclude<Reply, 'silence'>): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(address === undefined ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  if (address === undefined) return head;
  const type = address.length === 4 ? A : AAAA;
  const record = [0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length, ...address];
  return Buffer.concat([head, Buffer.from(record)]);
}

/** Timers that a test fires by hand. */
class HandTimers implements Timers {
  readonly tasks = new Map<number, () => void>();
  after(delayMs: number, task: () => void): () => void {
    this.tasks.set(delayMs, task);
    return () => this.tasks.delete(delayMs);
  }
}

const server = { names: new NameServer(), address: '' };

beforeEach(async () => {
  server.names = new NameServer();
  server.address = await server.names.listen();
});

afterEach(() => {
  server.names.socket.close();
});

const nobody = (): Promise<readonly ResolvedAddress[]> => Promise.reject(new Error('ENOTFOUND'));

function resolverOf(options: Parameters<typeof createHostResolver>[0] = {}): HostResolver {
  const base = { servers: [server.address], hostsFile: NO_HOSTS_FILE, lookupBySystem: nobody };
  return createHostResolver({ ...base, ...options });
}

describe('asking DNS', () => {
  it('gives the addresses of both families', async () => {
    const six = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    server.names.reply = (type) => ({ code: NO_ERROR, address: type === A ? [192, 0, 2, 7] : six });
    const found = await resolverOf()('live.test');
    expect(new Set(found.map(({ address, family }) => `${family} ${address}`))).toEqual(
      new Set(['4 192.0.2.7', '6 2001:db8::1']),
    );
  });

  it('does not wait for a family that stays silent once the other has answered', async () => {
    server.names.reply = (type) =>
      type === A ? { code: NO_ERROR, address: [192, 0, 2, 7] } : 'silence';
    await expect(resolverOf()('live.test')).resolves.toEqual([{ address: '192.0.2.7', family: 4 }]);
  });

  it('names a missing host as DNS_FAILED', async () => {
    await expect(resolverOf()('missing.test')).rejects.toMatchObject({ code: 'DNS_FAILED' });
    const empty = resolverOf({ lookupBySystem: () => Promise.resolve([]) });
    await expect(empty('missing.test')).rejects.toMatchObject({ code: 'DNS_FAILED' });
  });

  it('asks the system about a name that DNS denies', async () => {
    const found: ResolvedAddress[] = [{ address: '192.0.2.9', family: 4 }];
    const resolve = resolverOf({ lookupBySystem: () => Promise.resolve(found) });
    await expect(resolve('printer.local')).resolves.toEqual(found);
  });

  it('does not ask the system where the name server is at fault', async () => {
    const asked: string[] = [];
    server.names.reply = () => ({ code: SERVER_FAILURE });
    const lookupBySystem = (host: string) => {
      asked.push(host);
      return nobody();
    };
    const resolve = resolverOf({ lookupBySystem });
    await expect(resolve('broken.test')).rejects.toMatchObject({ code: 'DNS_FAILED' });
    expect(asked).toEqual([]);
  });

  it('gives up at its deadline when nobody answers', async () => {
    const timers = new HandTimers();
    server.names.reply = () => 'silence';
    server.names.onQuestion = () => timers.tasks.get(1234)?.();
    const resolve = resolverOf({ timers, deadlineMs: 1234 });
    await expect(resolve('slow.test')).rejects.toMatchObject({ code: 'DNS_TIMEOUT' });
  });
});

describe('the hosts file', () => {
  const text =
    '# 10.9.9.9 live.test\n127.0.0.1 localhost Live.test # here\n::1 live.test\nx live.test';

  it('lists addresses by name, whatever the case, and passes over comments', () => {
    expect(addressesInHosts(text, 'LIVE.test')).toEqual([
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
    expect(addressesInHosts(text, 'here')).toEqual([]);
  });

  it('is asked before DNS', async () => {
    const resolve = createHostResolver({ servers: [server.address] });
    const found = await resolve('localhost');
    expect(found).toContainEqual({ address: '127.0.0.1', family: 4 });
  });
});
