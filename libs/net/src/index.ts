/**
 * Where a destination may be: its URL cut into parts, its name resolved, its addresses judged.
 * It refuses to open sockets, to know stream keys, and to rewrite a URL that a person typed.
 * Parts: destination-url (destination-port), address-policy, address-list, host-resolver,
 * guarded-lookup.
 */
export { addressGroup, AddressList } from './address-list.ts';
export {
  AddressPolicy,
  checkLiteral,
  checkRemoteAddress,
  parseCidrList,
} from './address-policy.ts';
export { isForbiddenPort } from './destination-port.ts';
export { parseDestinationUrl } from './destination-url.ts';
export type { DestinationScheme, DestinationUrl } from './destination-url.ts';
export { guardedLookup, resolveDestination } from './guarded-lookup.ts';
export { createHostResolver } from './host-resolver.ts';
export type { HostResolver, HostResolverOptions } from './host-resolver.ts';
export { NetError } from './net-error.ts';
export type { NetErrorCode } from './net-error.ts';
export type { ResolvedAddress } from './resolved-address.ts';
