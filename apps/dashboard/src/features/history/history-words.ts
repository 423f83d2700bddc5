const minuteMs = 60_000;

/** As the report says it. */
const endReasons: Readonly<Record<string, string>> = {
  'end-now': 'it was ended',
  'grace-expired': 'the encoder did not come back in time',
  'stream-deleted': 'its stream was deleted',
  draining: 'the relay was shut down',
  unpublished: 'the encoder stopped the stream',
  moved: 'another relay took it over',
  'relay-stopped': 'the relay stopped without a word',
};

/** Why a broadcast ended; what a later version may say stands as it is. */
export function endWords(reason: string): string {
  return Object.hasOwn(endReasons, reason) ? (endReasons[reason] ?? reason) : reason;
}

/** `40 s`, `12 min`, `2 h 13 min`, `3 d 4 h` — how long it lasted, as exact as it matters. */
export function lengthWords(ms: number): string {
  if (ms < 100_000) return `${Math.max(0, Math.round(ms / 1_000))} s`;
  const minutes = Math.round(ms / minuteMs);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

/**
 * From when to when, in the viewer's zone, which is named; a day that both have in common is said
 * once. `timeZone`: the viewer's, if left out.
 */
export function rangeWords(from: string, to: string | null, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  return to === null
    ? format.format(Date.parse(from))
    : format.formatRange(Date.parse(from), Date.parse(to));
}
