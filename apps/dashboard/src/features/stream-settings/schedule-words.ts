import type { Named } from '../../lib/client.ts';
import { momentWords } from '../../lib/time-words.ts';

type Schedule = Named<'Schedule'>;

/** As the API counts them: 0 is Monday. */
export const weekdayWords = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** `Friday at 20:15 (Europe/Berlin), 60 min` */
export function whenOf(schedule: Schedule): string {
  const { recurrence, startsAt, durationMinutes, timeZone } = schedule;
  const days =
    recurrence.kind === 'once'
      ? recurrence.date
      : recurrence.weekdays.map((day) => weekdayWords[day]).join(', ');
  return `${days} at ${startsAt} (${timeZone}), ${durationMinutes} min`;
}

/** When it comes, by the viewer's clock. */
export function nextOf({ enabled, nextStartAt }: Schedule): string {
  if (!enabled) return 'Off.';
  if (nextStartAt === null) return 'It does not come again.';
  return `Next: ${momentWords(nextStartAt)}.`;
}
