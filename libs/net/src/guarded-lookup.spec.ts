import { once } from 'node:events';
import type { LookupOptions } from 'node:dns';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { AddressPolicy } from './address-policy.ts';
import { guardedLookup, resolveDestination } from './guarded-lookup.ts';
import type { HostResolver } from './host-resolver.ts';
import type { ResolvedAddress } from './resolved-address.ts';
import { NetError } from './net-error.ts';

const PUBLIC_4: ResolvedAddress = { address: '1.1.1.1', family: 4 };
const PUBLIC_6: ResolvedAddress = { address: '2606:4700::1111', family: 6 };
const PRIVATE_4: ResolvedAddress = { address: '10.0.0.1', family: 4 };

const answering =
  (...addresses: ResolvedAddress[]): HostResolver =>
  () =>
    Promise.resolve(addresses);

function look(resolve: HostResolver, options: LookupOptions): Promise<unknown> {
  return new Promise((settle, reject) => {
    guardedLookup(new AddressPolicy(), resolve)('host', options, (error, address, family) => {
      if (error) reject(error);
      else settle(family === undefined ? address : [address, family]);
    });
  });
}

describe('as the lookup of a socket', () => {
  it('gives every allowed address when Happy Eyeballs asks for all', async () => {
    const answer = await look(answering(PRIVATE_4, PUBLIC_6, PUBLIC_4), { all: true });
    expect(answer).toEqual([PUBLIC_6, PUBLIC_4]);
  });

  it('gives one address otherwise, of the family asked for', async () => {
    expect(await look(answering(PUBLIC_6, PUBLIC_4), {})).toEqual([PUBLIC_6.address, 6]);
    expect(await look(answering(PUBLIC_6, PUBLIC_4), { family: 4 })).toEqual(['1.1.1.1', 4]);
    expect(await look(answering(PUBLIC_4), { family: 'IPv4' })).toEqual(['1.1.1.1', 4]);
  });

  it('refuses a name without an allowed address, or without one of the family', async () => {
    await expect(look(answering(PRIVATE_4), { all: true })).rejects.toMatchObject({
      code: 'ADDRESS_FORBIDDEN',
    });
    await expect(look(answering(PUBLIC_4), { family: 6 })).rejects.toMatchObject({
      code: 'DNS_FAILED',
    });
  });

  it('passes on what the resolver says', async () => {
    const fault = new NetError('DNS_TIMEOUT', 'late');
    await expect(look(() => Promise.reject(fault), {})).rejects.toBe(fault);
  });

  it('judges each attempt anew, so a name that turns private is caught', async () => {
    const answers = [[PUBLIC_4], [PRIVATE_4]];
    const rebinding: HostResolver = () => Promise.resolve(answers.shift() ?? []);
    await expect(look(rebinding, {})).resolves.toEqual(['1.1.1.1', 4]);
    await expect(look(rebinding, {})).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
  });

  it('connects a real socket to the judged address, and gives it our error', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const resolve = answering({ address: '127.0.0.1', family: 4 });
    const open = new AddressPolicy(['127.0.0.0/8']);
    const allowed = connect({ host: 'name.test', port, lookup: guardedLookup(open, resolve) });
    await once(allowed, 'connect');
    expect(allowed.remoteAddress).toBe('127.0.0.1');
    allowed.destroy();
    const guarded = guardedLookup(new AddressPolicy(), resolve);
    const [error] = (await once(
      connect({ host: 'name.test', port, lookup: guarded }),
      'error',
    )) as [unknown];
    expect(error).toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
    server.close();
    await once(server, 'close');
  });
});

describe('as the check of a form', () => {
  it('judges IP literals without asking anybody', async () => {
    const policy = new AddressPolicy();
    const nobody: HostResolver = () => Promise.reject(new Error('asked'));
    await expect(resolveDestination('1.1.1.1', policy, nobody)).resolves.toEqual([PUBLIC_4]);
    await expect(resolveDestination('::1', policy, nobody)).rejects.toMatchObject({
      code: 'ADDRESS_FORBIDDEN',
    });
  });
});
