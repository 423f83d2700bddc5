import type { TimelineLine } from './timeline-line.ts';
import { isFailure } from './timeline-words.ts';

/** So many of one destination, one after the other, are one trouble that comes and goes. */
const troublesMin = 3;
/** What comes after a longer quiet is another story. */
const quietMs = 600_000;

/** What is told of a destination that is well again, or is trying. */
const ups: ReadonlySet<string> = new Set([
  'PUSH_LIVE',
  'PUSH_RESUMED',
  'PUSH_RECOVERED',
  'PUSH_BACKUP_URL',
  'PUSH_MAIN_URL',
]);

const isDown = ({ first }: TimelineLine): boolean =>
  isFailure(first) || first.code === 'PUSH_DEGRADED';
const isRestless = (line: TimelineLine): boolean => isDown(line) || ups.has(line.first.code);

/**
 * Folds what comes and goes: on a bad line a destination is lost and live again the whole night,
 * which is two lines each time.
 * @param lines by when each began.
 */
export function withTroublesFolded(lines: readonly TimelineLine[]): TimelineLine[] {
  const runs = new Map<TimelineLine, TimelineLine[]>();
  const openOf = new Map<string, TimelineLine[]>();
  for (const line of lines) {
    const { destinationId } = line.first;
    if (!destinationId) continue;
    const run = openOf.get(destinationId);
    if (run !== undefined && isRestless(line) && isSoonAfter(run.at(-1), line)) {
      run.push(line);
      runs.set(line, run);
    } else if (isDown(line)) {
      const begun = [line];
      openOf.set(destinationId, begun);
      runs.set(line, begun);
    } else {
      openOf.delete(destinationId);
    }
  }
  return lines.flatMap((line) => {
    const run = runs.get(line);
    if (run === undefined || run.filter(isDown).length < troublesMin) return [line];
    return run[0] === line ? [foldOf(line, run)] : [];
  });
}

function isSoonAfter(before: TimelineLine | undefined, { first }: TimelineLine): boolean {
  return before !== undefined && Date.parse(first.at) - Date.parse(before.last.at) <= quietMs;
}

function foldOf({ first }: TimelineLine, run: readonly TimelineLine[]): TimelineLine {
  const entries = run.flatMap((line) => line.entries);
  const last = run.at(-1)?.last ?? first;
  return { entries, first, last, times: run.filter(isDown).length, told: 'troubles' };
}
