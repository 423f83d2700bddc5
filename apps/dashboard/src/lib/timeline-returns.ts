import type { Incident } from './incidents.ts';
import { isFailure } from './timeline-words.ts';

/** What ends a push by intent: what comes after it is a beginning. */
const ends: ReadonlySet<string> = new Set(['PUSH_STOPPED', 'PUSH_DRAINING']);

/**
 * For how long each destination was away that is live again, in ms, by the entry that says so. What
 * was not live before in these entries has no return.
 * @param entries oldest first.
 */
export function returnsOf(entries: readonly Incident[]): ReadonlyMap<Incident, number> {
  const returns = new Map<Incident, number>();
  // Of each that was live: undefined while it is, and then since when it is not.
  const awaySince = new Map<string, string | undefined>();
  for (const entry of entries) {
    const { destinationId, code, at } = entry;
    if (!destinationId) continue;
    if (code === 'PUSH_LIVE') {
      const since = awaySince.get(destinationId);
      if (since !== undefined) returns.set(entry, Date.parse(at) - Date.parse(since));
      awaySince.set(destinationId, undefined);
    } else if (ends.has(code)) {
      awaySince.delete(destinationId);
    } else if (isFailure(entry) && awaySince.has(destinationId)) {
      awaySince.set(destinationId, awaySince.get(destinationId) ?? at);
    }
  }
  return returns;
}
