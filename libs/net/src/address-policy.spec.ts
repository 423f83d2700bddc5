import { describe, expect, it } from 'vitest';

import {
  AddressPolicy,
  checkAddress,
  checkLiteral,
  checkRemoteAddress,
  parseCidrList,
} from './address-policy.ts';
import { NetError } from './net-error.ts';

const policy = new AddressPolicy();

describe('addresses that are not public', () => {
  it.each([
    ['0.0.0.0', '0.255.255.255'],
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.0', '127.255.255.255'],
    ['169.254.0.0', '169.254.169.254'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.0.0', '192.0.0.255'],
    ['192.168.0.0', '192.168.255.255'],
    ['198.18.0.0', '198.19.255.255'],
    ['224.0.0.0', '239.255.255.255'],
    ['240.0.0.0', '255.255.255.255'],
    ['::', '::1'],
    ['::127.0.0.1', '::10.0.0.1'],
    ['::ffff:127.0.0.1', '::ffff:a00:1'],
    ['::ffff:0:127.0.0.1', '::ffff:0:a00:1'],
    ['64:ff9b::1', '64:ff9b::127.0.0.1'],
    ['2001::1', '2001:0:ffff::'],
    ['2002::1', '2002:7f00:1::'],
    ['fc00::', 'fdff::1'],
    ['fe80::1', 'fe80::1%eth0'],
    ['ff00::', 'ff02::1'],
  ])('refuses %s to %s', (first, last) => {
    expect(policy.allows(first)).toBe(false);
    expect(policy.allows(last)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '198.20.0.0',
    '223.255.255.255',
    '::ffff:8.8.8.8',
    '2001:4860:4860::8888',
    '2a00:1450::1',
  ])('allows its neighbour %s', (address) => {
    expect(policy.allows(address)).toBe(true);
  });

  it.each(['', 'localhost', '127.1', '1.1.1.1/8'])('refuses %j, which is no address', (text) => {
    expect(policy.allows(text)).toBe(false);
  });
});

describe('what the operator allows', () => {
  it('is the listed ranges and nothing beside them', () => {
    const open = new AddressPolicy(parseCidrList(' 127.0.0.0/8, 192.168.7.4 ,,fd00::/8,'));
    expect(open.allows('127.0.0.1')).toBe(true);
    expect(open.allows('::ffff:127.0.0.1')).toBe(true);
    expect(open.allows('192.168.7.4')).toBe(true);
    expect(open.allows('192.168.7.5')).toBe(false);
    expect(open.allows('fd12::1')).toBe(true);
    expect(open.allows('fc00::1')).toBe(false);
    expect(open.allows('::1')).toBe(false);
  });

  it.each(['10.0.0.0/33', '::/129', '10.0.0/8', 'localhost', '10.0.0.0/', '/8', 'fe80::%1/10'])(
    'refuses the range %j',
    (cidr) => {
      expect(() => new AddressPolicy([cidr])).toThrow(
        expect.objectContaining({ code: 'CIDR_INVALID' }),
      );
    },
  );

  it.each(['10.0.0.0/32', '::/128', '0.0.0.0/0'])('takes the range %j', (cidr) => {
    expect(() => new AddressPolicy([cidr])).not.toThrow();
  });
});

describe('the checks around a connection', () => {
  it('refuse a forbidden literal and pass a name', () => {
    expect(() => checkLiteral('127.0.0.1', policy)).toThrow(NetError);
    expect(() => checkLiteral('::1', policy)).toThrow(NetError);
    expect(() => checkLiteral('localhost', policy)).not.toThrow();
    expect(() => checkLiteral('1.1.1.1', policy)).not.toThrow();
  });

  it('refuse a peer that turned out to be private', () => {
    expect(() => checkRemoteAddress('::ffff:10.0.0.1', policy)).toThrow(NetError);
    expect(() => checkRemoteAddress(undefined, policy)).not.toThrow();
    expect(() => checkAddress('8.8.8.8', policy)).not.toThrow();
  });
});
