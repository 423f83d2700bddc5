import { BlockList, isIP } from 'node:net';

import { addCidr, familyOf } from './address-policy.ts';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** Of an IPv6 address: the network that one household or server has. */
const GROUPS_OF_NETWORK = 4;
const GROUPS = 8;

/** A list of address ranges that somebody may come from. */
export class AddressList {
  readonly #list = new BlockList();

  /** @throws NetError `CIDR_INVALID`. */
  constructor(cidrs: readonly string[]) {
    for (const cidr of cidrs) addCidr(this.#list, cidr);
  }

  /** An IPv4 address that came over an IPv6 socket is the same as itself. */
  has(address: string): boolean {
    const bare = bareOf(address);
    return isIP(bare) !== 0 && this.#list.check(bare, familyOf(bare));
  }
}

/**
 * Whom an address belongs to, as well as it can be known: itself for IPv4, the first 64 bits for
 * IPv6, since whoever has one of those has them all.
 */
export function addressGroup(address: string): string {
  const bare = bareOf(address);
  if (isIP(bare) !== 6) return bare;
  const [head = '', tail = ''] = bare.split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = bare.includes('::') ? GROUPS - before.length - after.length : 0;
  const groups = [...before, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after];
  const network = groups.slice(0, GROUPS_OF_NETWORK).map((group) => Number.parseInt(group, 16));
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
}

/** Without its zone, and as IPv4 where it is one. */
function bareOf(address: string): string {
  const bare = address.split('%', 1)[0] ?? '';
  return MAPPED.exec(bare)?.[1] ?? bare;
}
