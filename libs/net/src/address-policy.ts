import { BlockList, isIP } from 'node:net';

import { NetError } from './net-error.ts';

/**
 * IPv4-mapped IPv6 (`::ffff:10.0.0.1`) needs no row: BlockList matches it against the IPv4 rows.
 */
const NOT_PUBLIC: ReadonlyArray<readonly [network: string, prefixBits: number]> = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, and the metadata service of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
  ['::', 96], // unspecified, loopback, and IPv4-compatible (`::127.0.0.1`)
  ['::ffff:0:0:0', 96], // IPv4-translated
  ['64:ff9b::', 96], // NAT64: reaches any IPv4 address
  ['64:ff9b:1::', 48], // NAT64 of a local network
  ['100::', 64], // discard
  ['2001::', 32], // Teredo: carries an IPv4 address
  ['2002::', 16], // 6to4: carries an IPv4 address
  ['fc00::', 7], // unique local
  ['fe80::', 10], // link-local
  ['fec0::', 10], // site-local
  ['ff00::', 8], // multicast
];

const PREFIX_BITS_MAX = { ipv4: 32, ipv6: 128 } as const;
const CIDR = /^([^/]+)(?:\/(\d{1,3}))?$/;

/** Which addresses a destination may have: public ones, and those the operator has listed. */
export class AddressPolicy {
  readonly #notPublic = new BlockList();
  readonly #allowed = new BlockList();

  /**
   * @param allowedCidrs ranges allowed although not public (`192.168.1.0/24`, `::1`).
   * @throws NetError `CIDR_INVALID`.
   */
  constructor(allowedCidrs: readonly string[] = []) {
    for (const [network, prefixBits] of NOT_PUBLIC) {
      this.#notPublic.addSubnet(network, prefixBits, familyOf(network));
    }
    for (const cidr of allowedCidrs) addCidr(this.#allowed, cidr);
  }

  allows(address: string): boolean {
    // A zone (`fe80::1%eth0`) is local to this machine and does not change what the address is.
    const bare = address.split('%', 1)[0] ?? '';
    if (isIP(bare) === 0) return false;
    const family = familyOf(bare);
    return this.#allowed.check(bare, family) || !this.#notPublic.check(bare, family);
  }
}

/** Reads ALLOW_PRIVATE_DESTINATIONS: CIDRs separated by commas; empty entries are passed over. */
export function parseCidrList(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** @throws NetError `ADDRESS_FORBIDDEN` when `address` is not one a destination may have. */
export function checkAddress(address: string, policy: AddressPolicy): void {
  if (!policy.allows(address)) throw forbidden();
}

/**
 * Node does not call `lookup` for IP literals, so they are checked before the socket is made.
 * A domain name passes: `guardedLookup` judges what it resolves to.
 *
 * @throws NetError `ADDRESS_FORBIDDEN`.
 */
export function checkLiteral(host: string, policy: AddressPolicy): void {
  if (isIP(host) !== 0) checkAddress(host, policy);
}

/**
 * The last look, once connected. Pass `socket.remoteAddress`; a socket that has lost its peer has
 * none.
 *
 * @throws NetError `ADDRESS_FORBIDDEN`.
 */
export function checkRemoteAddress(remoteAddress: string | undefined, policy: AddressPolicy): void {
  if (remoteAddress !== undefined) checkAddress(remoteAddress, policy);
}

export function forbidden(): NetError {
  return new NetError(
    'ADDRESS_FORBIDDEN',
    'The server has a private or local address, which this Forkcast does not send to; ' +
      'the operator can allow it with ALLOW_PRIVATE_DESTINATIONS.',
  );
}

/** @throws NetError `CIDR_INVALID`. */
export function addCidr(list: BlockList, cidr: string): void {
  const [, network = '', bitsText] = CIDR.exec(cidr) ?? [];
  const family = isIP(network) === 0 ? undefined : familyOf(network);
  const prefixBitsMax = family === undefined ? 0 : PREFIX_BITS_MAX[family];
  const prefixBits = bitsText === undefined ? prefixBitsMax : Number(bitsText);
  if (family === undefined || network.includes('%') || prefixBits > prefixBitsMax) {
    throw new NetError(
      'CIDR_INVALID',
      `"${cidr.slice(0, 64)}" is not an address range; write it like 192.168.1.0/24 or fd00::/8.`,
    );
  }
  list.addSubnet(network, prefixBits, family);
}

export function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
