import { SetMetadata } from '@nestjs/common';
import type { Permission } from '#control';

export const PERMISSION = 'forkcast:permission';

/** What a route asks of whoever is signed in. */
export type Requirement = Permission | 'signed-in';

/** A route for those who may do this in their workspace. */
export const Requires = (permission: Permission) => SetMetadata(PERMISSION, permission);

/** A route for everybody who is signed in: what concerns nobody but themselves. */
export const SignedIn = () => SetMetadata(PERMISSION, 'signed-in' satisfies Requirement);
