import type { StandingEdge } from '#persistence';
import type { EdgeTiming } from '#queue';

const DAY_MINUTES = 1_440;

/**
 * How BullMQ is told of an edge. It may be an hour off in weeks in which clocks change, and its
 * zones are another library's: Postgres decides whether the edge is due.
 */
export function edgeTiming(edge: StandingEdge): EdgeTiming {
  const { id, recurrence, startsAtMinute, offsetMinutes, timeZone, nextDueAt } = edge;
  if (recurrence.kind === 'once') return { kind: 'once', edgeId: id, dueMs: nextDueAt.getTime() };
  const localMinute = startsAtMinute + offsetMinutes;
  const [minute, hour] = [localMinute % 60, Math.floor((localMinute % DAY_MINUTES) / 60)];
  const daysLater = Math.floor(localMinute / DAY_MINUTES);
  // Ours begin with Monday as 0, those of cron with Monday as 1.
  const weekdays = recurrence.weekdays.map((day) => ((day + daysLater) % 7) + 1);
  const pattern = `${minute} ${hour} * * ${weekdays.toSorted((a, b) => a - b).join(',')}`;
  return { kind: 'weekly', edgeId: id, pattern, timeZone };
}
