import type { Request } from 'express';

const HEADER = 'forkcast-workspace';
/** An id has 36; what is longer is not looked up. */
const ID_CHARACTERS_MAX = 64;

/**
 * Which workspace a request is about, if it says so. Browsers cannot set a header on an event
 * stream or a picture: there, and only where there is no header, the query counts.
 */
export function workspaceAskedFor(request: Request): string | undefined {
  const asked: unknown = request.get(HEADER) ?? request.query['workspace'];
  if (typeof asked !== 'string' || asked === '') return undefined;
  return asked.slice(0, ID_CHARACTERS_MAX).toLowerCase();
}
