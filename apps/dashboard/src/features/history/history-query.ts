import type { HistoryAsked } from '../../lib/history-api.ts';

/** How far back one looks, as it stands in the address; none of it is the usual. */
export const periods = [
  ['7', 'Last 7 days'],
  ['', 'Last 30 days'],
  ['365', 'Last 365 days'],
  ['all', 'Any time'],
] as const satisfies readonly (readonly [string, string])[];

const usualDays = 30;

/** What an address asks for. One that was written by hand may hold anything. */
export function askedOf(query: URLSearchParams): HistoryAsked {
  const days = query.get('days') ?? '';
  const known = periods.some(([value]) => value === days);
  const streamId = query.get('stream') ?? '';
  return {
    streamId: streamId === '' ? undefined : streamId,
    days: days === 'all' ? undefined : known && days !== '' ? Number(days) : usualDays,
  };
}

/** The words that stand in the choice of a period. */
export function periodOf({ days }: HistoryAsked): string {
  if (days === undefined) return 'all';
  return days === usualDays ? '' : String(days);
}

/** The same address with one thing changed; what is usual is left out of it. */
export function withChoice(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(query);
  if (value === '') changed.delete(name);
  else changed.set(name, value);
  return changed;
}
