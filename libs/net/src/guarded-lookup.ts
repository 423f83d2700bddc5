import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

import type { AddressPolicy } from './address-policy.ts';
import { forbidden } from './address-policy.ts';
import { createHostResolver } from './host-resolver.ts';
import type { HostResolver } from './host-resolver.ts';
import type { ResolvedAddress } from './resolved-address.ts';
import { NetError } from './net-error.ts';

/**
 * For the `lookup` option of `net.connect` and `tls.connect`: the connection goes to exactly the
 * addresses that were judged, so a name that changes its answer between check and use (DNS
 * rebinding) gains nothing. The socket's `error` event carries the NetError: `DNS_FAILED`,
 * `DNS_TIMEOUT` or `ADDRESS_FORBIDDEN`.
 */
export function guardedLookup(policy: AddressPolicy, resolve: HostResolver): LookupFunction {
  return (hostname, options, callback) => {
    const family = familyAsked(options.family);
    resolveDestination(hostname, policy, resolve).then(
      (addresses) => {
        const fitting = addresses.filter((one) => family === 0 || one.family === family);
        const [first] = fitting;
        if (first === undefined) {
          callback(new NetError('DNS_FAILED', `${hostname} has no IPv${family} address.`), '', 0);
        } else if (options.all === true) {
          callback(null, [...fitting]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (thrown: unknown) => {
        callback(thrown instanceof Error ? thrown : new Error(String(thrown)), '', 0);
      },
    );
  };
}

/**
 * The same judgement without a connection, for a form that is being saved and for preflight.
 * One forbidden address among allowed ones is left out; when none is left, the name is refused.
 * Rejects with NetError `DNS_FAILED`, `DNS_TIMEOUT` or `ADDRESS_FORBIDDEN`.
 */
export async function resolveDestination(
  host: string,
  policy: AddressPolicy,
  resolve: HostResolver = createHostResolver(),
): Promise<readonly ResolvedAddress[]> {
  const literalFamily = isIP(host);
  const addresses: readonly ResolvedAddress[] =
    literalFamily === 0
      ? await resolve(host)
      : [{ address: host, family: literalFamily === 6 ? 6 : 4 }];
  const allowed = addresses.filter(({ address }) => policy.allows(address));
  if (allowed.length === 0) throw forbidden();
  return allowed;
}

function familyAsked(family: number | 'IPv4' | 'IPv6' | undefined): number {
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  return family ?? 0;
}
