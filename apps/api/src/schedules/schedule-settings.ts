import type { FieldFault } from '#contracts';
import { isTimeZone, nextOccurrence, type CreateScheduleBody } from '#control';
import type { EdgeRecord, ScheduleRecord, ScheduleSettings } from '#persistence';
import { fieldsAtFault } from '../problem/problem-error.ts';

const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** What a schedule is, as it is asked for and shown. */
export type Wish = CreateScheduleBody;

/**
 * What is kept of a wish: its edges, and when each comes up next.
 *
 * @throws ProblemError 422 that names every field at fault.
 */
export function settingsOf(wish: Wish, nowMs: number): ScheduleSettings {
  const [hours = 0, minutes = 0] = wish.startsAt.split(':').map(Number);
  const startsAtMinute = hours * 60 + minutes;
  const { timeZone, recurrence, name, durationMinutes, endBroadcast, enabled } = wish;
  const beginnings = { timeZone, recurrence, startsAtMinute };
  const faults = isTimeZone(timeZone) ? timeFaults(wish, beginnings, nowMs) : [zoneUnknown()];
  const [first, ...rest] = faults;
  if (first !== undefined) throw fieldsAtFault([first, ...rest]);
  const edges = edgesOf(wish).map((edge) => {
    const dueMs = nextOccurrence(beginnings, edge.offsetMinutes, nowMs);
    return { ...edge, nextDueAt: dueMs === null ? null : new Date(dueMs) };
  });
  return { ...beginnings, name, durationMinutes, endBroadcast, enabled, edges };
}

/** A schedule as the wish that would make it. */
export function wishOf(record: ScheduleRecord): Required<Wish> & { destinations: Shown[] } {
  const { name, timeZone, recurrence, startsAtMinute, durationMinutes } = record;
  const { endBroadcast, enabled, edges } = record;
  const two = (part: number): string => String(part).padStart(2, '0');
  return {
    name,
    timeZone,
    recurrence:
      recurrence.kind === 'once'
        ? { ...recurrence }
        : { kind: 'weekly', weekdays: [...recurrence.weekdays] },
    startsAt: `${two(Math.floor(startsAtMinute / 60))}:${two(startsAtMinute % 60)}`,
    durationMinutes,
    endBroadcast,
    enabled,
    destinations: destinationsOf(edges),
  };
}

/** What is not named stays. A destination that runs to the window's end goes on doing so. */
export function changedWish(record: ScheduleRecord, change: Partial<Wish>): Wish {
  const before = wishOf(record);
  const destinations = before.destinations.map(({ stopOffsetMinutes, ...rest }) =>
    stopOffsetMinutes === before.durationMinutes ? rest : { ...rest, stopOffsetMinutes },
  );
  return { ...before, destinations, ...change };
}

interface Shown {
  readonly destinationId: string;
  readonly startOffsetMinutes: number;
  readonly stopOffsetMinutes: number;
}

function destinationsOf(edges: readonly EdgeRecord[]): Shown[] {
  const offset = (id: string, kind: 'start' | 'stop'): number =>
    edges.find((edge) => edge.destinationId === id && edge.kind === kind)?.offsetMinutes ?? 0;
  const ids = new Set(edges.flatMap(({ destinationId }) => destinationId ?? []));
  return [...ids].map((destinationId) => ({
    destinationId,
    startOffsetMinutes: offset(destinationId, 'start'),
    stopOffsetMinutes: offset(destinationId, 'stop'),
  }));
}

function edgesOf(wish: Wish): Omit<EdgeRecord, 'nextDueAt'>[] {
  const { destinations, durationMinutes, endBroadcast } = wish;
  const edges = destinations.flatMap(
    ({ destinationId, startOffsetMinutes, stopOffsetMinutes = durationMinutes }) => [
      { destinationId, kind: 'start' as const, offsetMinutes: startOffsetMinutes },
      { destinationId, kind: 'stop' as const, offsetMinutes: stopOffsetMinutes },
    ],
  );
  if (!endBroadcast) return edges;
  return [...edges, { destinationId: null, kind: 'stop', offsetMinutes: durationMinutes }];
}

function zoneUnknown(): FieldFault {
  return {
    field: 'timeZone',
    code: 'TIME_ZONE_UNKNOWN',
    message: 'This time zone is not known; use a name such as Europe/Berlin.',
  };
}

function timeFaults(
  wish: Wish,
  beginnings: Parameters<typeof nextOccurrence>[0],
  nowMs: number,
): FieldFault[] {
  const { durationMinutes, destinations, recurrence } = wish;
  const faults: FieldFault[] = [];
  const fault = (field: string, message: string): void => {
    faults.push({ field, code: 'SCHEDULE_TIME_INVALID', message });
  };
  if (nextOccurrence(beginnings, durationMinutes, nowMs) === null) {
    fault('recurrence.date', 'The window is over already; choose a later date.');
  }
  if (recurrence.kind === 'weekly' && durationMinutes > shortestGap(recurrence.weekdays)) {
    fault('durationMinutes', 'A window must be over before the next one begins.');
  }
  const seen = new Set<string>();
  for (const [index, one] of destinations.entries()) {
    const { destinationId, startOffsetMinutes, stopOffsetMinutes = durationMinutes } = one;
    const field = `destinations.${index}`;
    if (stopOffsetMinutes <= startOffsetMinutes || stopOffsetMinutes > durationMinutes) {
      fault(field, 'A destination must stop after it starts, and within the window.');
    }
    if (seen.has(destinationId)) fault(field, 'A destination stands here once.');
    seen.add(destinationId);
  }
  return faults;
}

/** Minutes from one window's start to the next one's, at least. */
function shortestGap(weekdays: readonly number[]): number {
  const days = [...new Set(weekdays)].toSorted((one, other) => one - other);
  const gaps = days.map((day, index) => {
    const next = days[index + 1] ?? (days[0] ?? 0) + 7;
    return (next - day) * DAY_MINUTES;
  });
  return Math.min(WEEK_MINUTES, ...gaps);
}
