import { PersistenceError } from './persistence-error.ts';

/** Part of a `where`: the row as the caller saw it; without a version, as it is now. */
export function asSeen(version: number | undefined): { version?: number } {
  return version === undefined ? {} : { version };
}

/**
 * @throws PersistenceError VERSION_OTHER when nothing was changed of a row that is there: it is no
 *   longer the one that the caller saw.
 */
export function assertSeen(changed: number, found: unknown): void {
  if (changed > 0 || found === undefined) return;
  throw new PersistenceError('VERSION_OTHER', 'It has been changed by somebody else meanwhile.');
}
