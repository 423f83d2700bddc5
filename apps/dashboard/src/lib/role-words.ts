import type { Role } from '#control';

/** What each role may do, for a list to choose from. */
export const roleWords: readonly (readonly [Role, string])[] = [
  ['viewer', 'Viewer: sees everything, changes nothing'],
  ['operator', 'Operator: goes live, sets destinations'],
  ['owner', 'Owner: everything, also keys and people'],
];

/** What stands in a form, where the list above was shown. */
export function roleFrom(text: string): Role {
  return roleWords.find(([role]) => role === text)?.[0] ?? 'viewer';
}
