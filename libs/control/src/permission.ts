import { z } from 'zod';

/** What a principal may do; a token's scopes are the same words. */
export const PERMISSIONS = [
  'streams:read',
  'streams:write',
  'live:control',
  'destinations:write',
  'destinations:test',
  'keys:manage',
  'history:read',
  'schedules:write',
  'webhooks:manage',
  'members:manage',
  'tokens:manage',
  'workspace:manage',
  'audit:read',
  'instance:manage',
] as const;
export const permissionSchema = z.enum(PERMISSIONS);
export type Permission = (typeof PERMISSIONS)[number];

/** What a member is in one workspace. */
export const ROLES = ['owner', 'operator', 'viewer'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = (typeof ROLES)[number];

const VIEWER = ['streams:read', 'history:read'] as const satisfies readonly Permission[];
const OPERATOR = [
  ...VIEWER,
  'live:control',
  'destinations:write',
  'destinations:test',
  'schedules:write',
] as const satisfies readonly Permission[];
/** All but the instance, which is above every workspace. */
const OWNER = PERMISSIONS.filter((permission) => permission !== 'instance:manage');

export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(OWNER),
  operator: new Set(OPERATOR),
  viewer: new Set(VIEWER),
};

/** What is left of a role where a token's scopes say less; scopes never add to a role. */
export function permissionsOf(role: Role, scopes?: readonly Permission[]): ReadonlySet<Permission> {
  const granted = ROLE_PERMISSIONS[role];
  return scopes === undefined ? granted : new Set(scopes.filter((scope) => granted.has(scope)));
}
