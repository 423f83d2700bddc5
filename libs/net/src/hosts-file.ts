import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

import type { ResolvedAddress } from './resolved-address.ts';

/**
 * `hosts(5)`: an address, then its names; `#` begins a comment. A file that cannot be read names
 * nobody.
 */
export async function addressesInHostsFile(
  path: string,
  host: string,
): Promise<readonly ResolvedAddress[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return addressesInHosts(text, host);
}

export function addressesInHosts(text: string, host: string): readonly ResolvedAddress[] {
  const wanted = host.toLowerCase();
  const found: ResolvedAddress[] = [];
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0 || !names.some((name) => name.toLowerCase() === wanted)) continue;
    found.push({ address, family: family === 6 ? 6 : 4 });
  }
  return found;
}
