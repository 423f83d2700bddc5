import type { Timers } from '#kernel';
import { DnsCode, DnsType, NameServer } from '#testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHostResolver } from './host-resolver.ts';
import type { HostResolver } from './host-resolver.ts';
import type { ResolvedAddress } from './resolved-address.ts';
import { addressesInHosts } from './hosts-file.ts';

const NO_HOSTS_FILE = '/nonexistent/hosts';

/** Timers that a test fires by hand. */
class HandTimers implements Timers {
  readonly tasks = new Map<number, () => void>();
  after(delayMs: number, task: () => void): () => void {
    this.tasks.set(delayMs, task);
    return () => this.tasks.delete(delayMs);
  }
}

let names: NameServer;

beforeEach(async () => {
  names = await NameServer.open();
});

afterEach(() => {
  names.close();
});

const nobody = (): Promise<readonly ResolvedAddress[]> => Promise.reject(new Error('ENOTFOUND'));

function resolverOf(options: Parameters<typeof createHostResolver>[0] = {}): HostResolver {
  const base = { servers: [names.address], hostsFile: NO_HOSTS_FILE, lookupBySystem: nobody };
  return createHostResolver({ ...base, ...options });
}

describe('asking DNS', () => {
  it('gives the addresses of both families', async () => {
    const six = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    names.reply = () => ({ code: DnsCode.NO_ERROR, addresses: [[192, 0, 2, 7], six] });
    const found = await resolverOf()('live.test');
    expect(new Set(found.map(({ address, family }) => `${family} ${address}`))).toEqual(
      new Set(['4 192.0.2.7', '6 2001:db8::1']),
    );
  });

  it('does not wait for a family that stays silent once the other has answered', async () => {
    names.reply = ({ type }) =>
      type === DnsType.A ? { code: DnsCode.NO_ERROR, addresses: [[192, 0, 2, 7]] } : 'silence';
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
    names.reply = () => ({ code: DnsCode.SERVER_FAILURE });
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
    names.reply = () => {
      timers.tasks.get(1234)?.();
      return 'silence';
    };
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
    const resolve = createHostResolver({ servers: [names.address] });
    const found = await resolve('localhost');
    expect(found).toContainEqual({ address: '127.0.0.1', family: 4 });
  });
});
