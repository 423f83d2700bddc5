import type { Permission } from '#control';
import { ProblemError } from '../problem/problem-error.ts';
import type { Principal } from './principal.ts';

/** Nobody gives away more than they have. Throws NOT_ALLOWED, naming what they lack. */
export function mayGrant({ permissions }: Principal, wanted: Iterable<Permission>): void {
  const lacking = [...wanted].filter((permission) => !permissions.has(permission));
  if (lacking.length === 0) return;
  throw new ProblemError('NOT_ALLOWED', `You cannot give what you may not: ${lacking.join(', ')}.`);
}
