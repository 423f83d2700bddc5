import type { IncidentEvent } from '#contracts';

/** One line of what happened. Heard as an event or read from history, it is the same. */
export type Incident = Pick<IncidentEvent, 'at' | 'code' | 'message'> & {
  readonly destinationId?: string | null | undefined;
  readonly kind?: IncidentEvent['kind'];
  readonly remoteWords?: string | null | undefined;
  readonly actor?: string | null | undefined;
};

/** What happened in one broadcast, newest first. */
export interface Incidents {
  readonly broadcastId: string;
  readonly items: readonly Incident[];
}

/** A destination that cannot be reached adds a line every few seconds, for hours. */
export const incidentsMax = 200;

/**
 * Takes news of a broadcast: a later broadcast's replace those of the one before, and a late word
 * of an earlier one is dropped. What history and an event both tell stands once.
 */
export function withIncidents(
  held: Incidents | undefined,
  broadcastId: string,
  news: readonly Incident[],
): Incidents {
  const same = held?.broadcastId === broadcastId;
  if (held !== undefined && !same && !isLater(news, held.items)) return held;
  const items = new Map((same ? held.items : []).map((incident) => [keyOf(incident), incident]));
  for (const incident of news) items.set(keyOf(incident), incident);
  const newestFirst = [...items.values()];
  newestFirst.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return { broadcastId, items: newestFirst.slice(0, incidentsMax) };
}

function isLater(news: readonly Incident[], held: readonly Incident[]): boolean {
  const newest = held[0];
  return newest === undefined || news.some(({ at }) => Date.parse(at) >= Date.parse(newest.at));
}

function keyOf({ at, code, message, destinationId }: Incident): string {
  return [at, code, destinationId ?? '', message].join('\n');
}
