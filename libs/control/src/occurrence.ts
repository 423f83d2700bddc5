const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A week, and a day on either side for zones that are ahead of or behind UTC. */
const DAYS_LOOKED_AT = 9;
/** Zones whose calendars are kept at hand. */
const CALENDARS_MAX = 1_000;
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/** When windows of a schedule begin: at a local time of a zone, once or on days of the week. */
export interface Beginnings {
  readonly recurrence:
    | { readonly kind: 'once'; readonly date: string }
    /** 0 is Monday. */
    | { readonly kind: 'weekly'; readonly weekdays: readonly number[] };
  /** Since local midnight. */
  readonly startsAtMinute: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** Whether this is the name of a time zone that is known here. */
export function isTimeZone(name: string): boolean {
  if (!ZONE_NAME.test(name)) return false;
  try {
    calendarOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first moment after `afterMs` that lies `offsetMinutes` of real time behind the start of a
 * window; null where there is none any more. Both in ms since 1970. A start that the clocks skip is
 * the first minute behind the gap; of one that they show twice, it is the first.
 */
export function nextOccurrence(
  beginnings: Beginnings,
  offsetMinutes: number,
  afterMs: number,
): number | null {
  const { recurrence, startsAtMinute, timeZone } = beginnings;
  const offsetMs = offsetMinutes * MINUTE_MS;
  const edgeOn = (dayMs: number): number =>
    instantOf(dayMs + startsAtMinute * MINUTE_MS, timeZone) + offsetMs;
  if (recurrence.kind === 'once') {
    const edge = edgeOn(Date.parse(`${recurrence.date}T00:00:00Z`));
    return edge > afterMs ? edge : null;
  }
  const firstDayMs = Math.floor((afterMs - offsetMs) / DAY_MS) * DAY_MS - DAY_MS;
  for (let day = 0; day <= DAYS_LOOKED_AT; day += 1) {
    const dayMs = firstDayMs + day * DAY_MS;
    if (!recurrence.weekdays.includes(weekdayOf(dayMs))) continue;
    const edge = edgeOn(dayMs);
    if (edge > afterMs) return edge;
  }
  return null;
}

/** 0 is Monday. */
function weekdayOf(dayMs: number): number {
  return (new Date(dayMs).getUTCDay() + 6) % 7;
}

/** When the clocks of a zone show what UTC's clocks show at `localMs`. */
function instantOf(localMs: number, timeZone: string): number {
  const aheadBefore = aheadMs(localMs - DAY_MS, timeZone);
  const aheadAfter = aheadMs(localMs + DAY_MS, timeZone);
  const candidates = [localMs - aheadBefore, localMs - aheadAfter].sort((a, b) => a - b);
  const shown = candidates.find((at) => at + aheadMs(at, timeZone) === localMs);
  if (shown !== undefined) return shown;
  let [before = 0, behind = 0] = candidates;
  while (behind - before > MINUTE_MS) {
    const middle = before + Math.floor((behind - before) / 2 / MINUTE_MS) * MINUTE_MS;
    if (aheadMs(middle, timeZone) === aheadBefore) before = middle;
    else behind = middle;
  }
  return behind;
}

/** How far the clocks of a zone are ahead of UTC at that moment, in ms. */
function aheadMs(atMs: number, timeZone: string): number {
  const wholeMs = Math.floor(atMs / 1_000) * 1_000;
  const parts = calendarOf(timeZone).formatToParts(wholeMs);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  return Date.UTC(year, month - 1, day, part('hour'), part('minute'), part('second')) - wholeMs;
}

const calendars = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that is not known. */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const kept = calendars.get(timeZone);
  if (kept !== undefined) return kept;
  const calendar = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (calendars.size >= CALENDARS_MAX) calendars.clear();
  calendars.set(timeZone, calendar);
  return calendar;
}
