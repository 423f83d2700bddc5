import { describe, expect, it } from 'vitest';

import { addressGroup, AddressList } from './address-list.ts';

describe('a list of addresses', () => {
  const list = new AddressList(['192.0.2.0/24', '198.51.100.7', '2001:db8::/32']);

  it.each(['192.0.2.0', '192.0.2.255', '198.51.100.7', '2001:db8:ffff::1', '::ffff:192.0.2.9'])(
    'has %s',
    (address) => expect(list.has(address)).toBe(true),
  );

  it.each(['192.0.1.255', '192.0.3.0', '198.51.100.8', '2001:db9::', '::1', 'unknown', ''])(
    'does not have %s',
    (address) => expect(list.has(address)).toBe(false),
  );

  it('takes no range that is none', () => {
    expect(() => new AddressList(['192.0.2.0/33'])).toThrow(
      expect.objectContaining({ code: 'CIDR_INVALID' }),
    );
  });
});

describe('whom an address belongs to', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:0:1::7', '2001:db8:0:1::/64'],
    ['2001:0db8:0000:0001:1:2:3:4', '2001:db8:0:1::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s belongs to %s', (address, group) => expect(addressGroup(address)).toBe(group));
});
