import type { Incident } from './incidents.ts';
import type { TimelineLine } from './timeline-line.ts';
import { withTroublesFolded } from './timeline-troubles.ts';
import { isFailure, kindOf } from './timeline-words.ts';

/** Lines of one minute. */
export interface TimelineMinute {
  readonly minuteMs: number;
  readonly lines: readonly TimelineLine[];
}

export type TimelineOrder = 'newest' | 'oldest';

const minuteMs = 60_000;

/** On the way from one try to the next: said of each, and no end to the trying. */
const between: ReadonlySet<string> = new Set(['PUSH_BACKUP_URL', 'PUSH_MAIN_URL']);

/**
 * Which entries are looked at: all, `push`, `action`, `ingest` (with the broadcast itself), or
 * `push:` and a destination's id.
 */
export function shownOf(entries: readonly Incident[], show: string): readonly Incident[] {
  if (show === '') return entries;
  const destinationId = /^push:(.+)$/.exec(show)?.[1];
  return entries.filter((entry) => {
    if (destinationId !== undefined) return entry.destinationId === destinationId;
    const kind = kindOf(entry);
    return show === (kind === 'broadcast' ? 'ingest' : kind);
  });
}

/**
 * Folds what says the same: a destination that cannot be reached adds an entry every few seconds,
 * for hours, or is lost and back again and again. What happens to others in between does not break
 * a fold; whatever else is told of the same one does.
 * @param entries oldest first.
 * @returns by when each began.
 */
export function linesOf(entries: readonly Incident[]): TimelineLine[] {
  const lines: GrowingLine[] = [];
  const newestOf = new Map<string, GrowingLine>();
  for (const entry of entries) {
    const whose = entry.destinationId ?? kindOf(entry);
    const newest = newestOf.get(whose);
    if (newest !== undefined && saysTheSame(newest, entry)) {
      newest.entries.push(entry);
      if (between.has(entry.code)) continue;
      newest.last = entry;
      newest.times += 1;
    } else {
      const told = isFailure(entry) ? 'tries' : 'words';
      const line: GrowingLine = { entries: [entry], first: entry, last: entry, times: 1, told };
      newestOf.set(whose, line);
      lines.push(line);
    }
  }
  return withTroublesFolded(lines);
}

interface GrowingLine {
  readonly entries: Incident[];
  readonly first: Incident;
  last: Incident;
  times: number;
  readonly told: 'words' | 'tries';
}

function saysTheSame({ first, told }: GrowingLine, entry: Incident): boolean {
  if (told === 'tries') return isFailure(entry) || between.has(entry.code);
  return !between.has(entry.code) && saysAlike(first, entry);
}

/**
 * Lines by the minute in which they stand: of a fold its last, or its first if read forwards.
 * @param most so many lines, from where one begins to read.
 */
export function minutesOf(
  lines: readonly TimelineLine[],
  order: TimelineOrder,
  most = Number.POSITIVE_INFINITY,
): TimelineMinute[] {
  const isNewest = order === 'newest';
  const placed = lines.map((line, index) => ({
    line,
    index,
    atMs: Date.parse((isNewest ? line.last : line.first).at),
  }));
  const sign = isNewest ? -1 : 1;
  placed.sort((a, b) => sign * (a.atMs - b.atMs || a.index - b.index));
  const minutes: { minuteMs: number; lines: TimelineLine[] }[] = [];
  for (const { line, atMs } of placed.slice(0, most)) {
    const ofLine = Math.floor(atMs / minuteMs) * minuteMs;
    const last = minutes.at(-1);
    if (last?.minuteMs === ofLine) last.lines.push(line);
    else minutes.push({ minuteMs: ofLine, lines: [line] });
  }
  return minutes;
}

/** What is said and by whom, each once, with how often: what a fold holds. */
export function sayingsOf({ entries }: TimelineLine): readonly (readonly [Incident, number])[] {
  const sayings = new Map<string, [Incident, number]>();
  for (const entry of entries) {
    const said = sayings.get(sayingOf(entry));
    if (said === undefined) sayings.set(sayingOf(entry), [entry, 1]);
    else said[1] += 1;
  }
  return [...sayings.values()];
}

/** Whether two entries say the same of the same, whenever that was. */
export function saysAlike(one: Incident, other: Incident): boolean {
  return sayingOf(one) === sayingOf(other);
}

function sayingOf(entry: Incident): string {
  const { code, message, destinationId, remoteWords, actor } = entry;
  return JSON.stringify([kindOf(entry), code, message, destinationId, remoteWords, actor]);
}
