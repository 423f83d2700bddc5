import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTimeZone, nextOccurrence, type Beginnings } from './occurrence.ts';

const DAY_MS = 86_400_000;
const everyDay = { kind: 'weekly', weekdays: [0, 1, 2, 3, 4, 5, 6] } as const;
const once = (date: string) => ({ kind: 'once', date }) as const;

function next(
  [timeZone, time, recurrence]: [string, string, Beginnings['recurrence']],
  after: string,
  offsetMinutes = 0,
): string | null {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const beginnings = { recurrence, startsAtMinute: hours * 60 + minutes, timeZone };
  const atMs = nextOccurrence(beginnings, offsetMinutes, Date.parse(after));
  return atMs === null ? null : new Date(atMs).toISOString().replace('.000', '');
}

describe('the next occurrence', () => {
  it('of a window that is once, is once', () => {
    const show = ['Europe/Berlin', '20:15', once('2026-11-21')] as const;
    expect(next([...show], '2026-11-21T19:14:59Z')).toBe('2026-11-21T19:15:00Z');
    expect(next([...show], '2026-11-21T19:15:00Z')).toBeNull();
    expect(next([...show], '2026-11-21T19:15:00Z', 90)).toBe('2026-11-21T20:45:00Z');
  });

  it('of a weekly window falls on its days of the week, as they are there', () => {
    // 2026-11-20 is a Friday. Shortly after midnight in Auckland it is still Thursday in UTC.
    const show = ['Pacific/Auckland', '00:30', { kind: 'weekly', weekdays: [4] }] as const;
    expect(next([...show], '2026-11-16T00:00:00Z')).toBe('2026-11-19T11:30:00Z');
    expect(next([...show], '2026-11-19T11:30:00Z')).toBe('2026-11-26T11:30:00Z');
    const west = ['Pacific/Honolulu', '23:00', { kind: 'weekly', weekdays: [4] }] as const;
    expect(next([...west], '2026-11-16T00:00:00Z')).toBe('2026-11-21T09:00:00Z');
  });

  it.each([
    // [zone, day before, the day itself, the day after], at 20:00 local time.
    ['Europe/Berlin', '2026-03-28T19', '2026-03-29T18', '2026-03-30T18'],
    ['Europe/Berlin', '2026-10-24T18', '2026-10-25T19', '2026-10-26T19'],
    ['America/New_York', '2026-03-08T01', '2026-03-09T00', '2026-03-10T00'],
    ['America/New_York', '2026-11-01T00', '2026-11-02T01', '2026-11-03T01'],
  ])('keeps its local time in %s when the clocks change (%s)', (zone, ...hours) => {
    const [before, itself, after] = hours.map((hour) => `${hour}:00:00Z`);
    expect(next([zone, '20:00', everyDay], before ?? '')).toBe(itself);
    expect(next([zone, '20:00', everyDay], itself ?? '')).toBe(after);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-29T01:00:00Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T07:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T15:30:00Z'],
  ])('behind the gap where the clocks of %s skip it', (zone, date, expected) => {
    const time = zone === 'Australia/Lord_Howe' ? '02:10' : '02:30';
    expect(next([zone, time, once(date)], '2026-01-01T00:00:00Z')).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', '02:30', '2026-10-25', '2026-10-25T00:30:00Z'],
    ['America/New_York', '01:30', '2026-11-01', '2026-11-01T05:30:00Z'],
  ])('the first of two where the clocks of %s show it twice', (zone, time, date, expected) => {
    expect(next([zone, time, once(date)], '2026-01-01T00:00:00Z')).toBe(expected);
    const daily = next([zone, time, everyDay], expected);
    expect(Date.parse(daily ?? '') - Date.parse(expected)).toBe(DAY_MS + 3_600_000);
  });

  it('is found where a whole day was skipped', () => {
    const missing = next(['Pacific/Apia', '12:00', once('2011-12-30')], '2011-01-01T00:00:00Z');
    expect(missing).toBe('2011-12-30T10:00:00Z');
  });

  it('always comes, always later, and within eight days', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
    const asked = fc.record({
      timeZone: fc.constantFrom(...zones),
      startsAtMinute: fc.integer({ min: 0, max: 1_439 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      offset: fc.integer({ min: 0, max: 10_080 }),
      afterMs: fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2035, 0) }),
    });
    fc.assert(
      fc.property(asked, ({ weekdays, offset, afterMs, ...rest }) => {
        const beginnings = { ...rest, recurrence: { kind: 'weekly', weekdays } } as const;
        const atMs = nextOccurrence(beginnings, offset, afterMs) ?? 0;
        expect(atMs).toBeGreaterThan(afterMs);
        expect(atMs - afterMs).toBeLessThanOrEqual(8 * DAY_MS);
        const last = nextOccurrence(beginnings, offset, atMs - 1);
        expect(last).toBe(atMs);
      }),
    );
  });
});

it.each(['Europe/Berlin', 'UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires'])(
  '%s is a time zone',
  (name) => expect(isTimeZone(name)).toBe(true),
);
it.each(['Europe/Nowhere', '', '+01:00', 'Europe/Berlin\n', 'x'.repeat(65)])('%j is none', (name) =>
  expect(isTimeZone(name)).toBe(false),
);
