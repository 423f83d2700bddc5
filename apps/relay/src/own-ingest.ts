import { hostname, networkInterfaces } from 'node:os';
import { NetError, parseDestinationUrl } from '#net';

const LOOPBACK = /^(?:127\.|::1$|localhost\.?$)/i;

/** The addresses and names of this machine, as it is now. */
export function ownHosts(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return new Set([hostname().toLowerCase(), ...addresses.map(({ address }) => address)]);
}

/**
 * Whether a push to that URL would arrive at one of these ports of this machine, as far as the URL
 * itself says: a name of somebody else's is not resolved for it.
 */
export function isOwnIngest(
  url: string,
  ports: readonly number[],
  hosts: ReadonlySet<string>,
): boolean {
  try {
    const { host, port } = parseDestinationUrl(url);
    return ports.includes(port) && (LOOPBACK.test(host) || hosts.has(host.toLowerCase()));
  } catch (error) {
    if (error instanceof NetError) return false;
    throw error;
  }
}
