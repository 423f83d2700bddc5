import type { IconName } from '../../components/icon.tsx';
import type { TimelineEvent } from '../../lib/history-api.ts';
import type { Tone } from '../../lib/looks.ts';

/** One line: an entry, or several in a row that say the same. */
export interface TimelineLine {
  readonly event: TimelineEvent;
  readonly times: number;
  /** When it was said last. */
  readonly lastAt: string;
}

/** Which entries are looked at: all, those of a kind, or `push:` and a destination's id. */
export function shownOf(events: readonly TimelineEvent[], show: string): readonly TimelineEvent[] {
  if (show === '') return events;
  const destinationId = /^push:(.+)$/.exec(show)?.[1];
  return events.filter((event) =>
    destinationId === undefined ? event.kind === show : event.destinationId === destinationId,
  );
}

/** A destination that cannot be reached says the same every few seconds, for hours. */
export function linesOf(events: readonly TimelineEvent[]): TimelineLine[] {
  const lines: TimelineLine[] = [];
  for (const event of events) {
    const last = lines.at(-1);
    if (last !== undefined && keyOf(last.event) === keyOf(event)) {
      lines[lines.length - 1] = { ...last, times: last.times + 1, lastAt: event.at };
    } else {
      lines.push({ event, times: 1, lastAt: event.at });
    }
  }
  return lines;
}

function keyOf({ kind, code, message, destinationId, remoteWords, actor }: TimelineEvent): string {
  return JSON.stringify([kind, code, message, destinationId, remoteWords, actor]);
}

interface LineLook {
  readonly tone: Tone;
  readonly icon: IconName;
}

const good: LineLook = { tone: 'good', icon: 'check' };
const fair: LineLook = { tone: 'fair', icon: 'slow' };
const bad: LineLook = { tone: 'bad', icon: 'attention' };
const quiet: LineLook = { tone: 'quiet', icon: 'stopped' };
const byPeople: LineLook = { tone: 'quiet', icon: 'person' };

const looks: Readonly<Record<string, LineLook>> = {
  BROADCAST_STARTED: good,
  BROADCAST_ENDED: quiet,
  ENCODER_RETURNED: good,
  ENCODERS_FIGHT: bad,
  INPUT_STANDBY: good,
  PUSH_LIVE: good,
  PUSH_RECOVERED: good,
  PUSH_RESUMED: good,
  PUSH_MAIN_URL: good,
  PUSH_WARNING_OVER: good,
  PUSH_STOPPED: quiet,
  PUSH_DRAINING: quiet,
  PUSH_DELAYED: quiet,
};

/**
 * What mends itself is fair at worst.
 * @param rejected codes of this broadcast that asked for a person.
 */
export function lineLook({ kind, code }: TimelineEvent, rejected: ReadonlySet<string>): LineLook {
  if (kind === 'action') return byPeople;
  if (rejected.has(code)) return bad;
  return Object.hasOwn(looks, code) ? (looks[code] ?? fair) : fair;
}
