const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago, as exact as it matters: `just now`, `40 s ago`, `5 min ago`, `3 h ago`. */
export function agoWords(ms: number): string {
  if (ms < 5_000) return 'just now';
  if (ms < 100_000) return `${Math.floor(ms / 1_000)} s ago`;
  if (ms < 2 * hourMs) return `${Math.floor(ms / minuteMs)} min ago`;
  if (ms < 2 * dayMs) return `${Math.floor(ms / hourMs)} h ago`;
  return `${Math.floor(ms / dayMs)} days ago`;
}

/** The time of day as the viewer's clock has it. `timeZone`: the viewer's, if left out. */
export function clockWords(at: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', ...zone(timeZone) }).format(
    Date.parse(at),
  );
}

/** Day, time and zone: nothing of it is left to be guessed. */
export function momentWords(at: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...zone(timeZone),
  }).format(Date.parse(at));
}

/** The day alone, as the viewer's calendar has it. */
export function dayWords(at: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full', ...zone(timeZone) }).format(
    Date.parse(at),
  );
}

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
