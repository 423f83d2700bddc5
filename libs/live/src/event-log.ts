import { liveEventSchema } from '#contracts';
import type { LiveEvent } from '#contracts';
import { liveKeys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { storedJson } from './stored-json.ts';

/** About how many events are kept: what a reader that was away can catch up on. */
export const EVENTS_KEPT = 2000;
/** Of statistics, which are worth nothing once there are newer ones, only so many. */
const STATISTICS_KEPT = 600;
/** Events of one read. */
export const EVENT_BATCH_MAX = 200;

const FIELD = 'event';

export interface LoggedEvent {
  /**
   * Place in the log, ordered as text is not: compare by using it as `afterId` only. Statistics
   * have no place of their own, but that of what came before them.
   */
  readonly id: string;
  readonly event: LiveEvent;
}

export interface EventLog {
  appendEvent(event: LiveEvent): Promise<string>;
  /** The newest place; `0-0` in an empty log. */
  newestEventId(): Promise<string>;
  /**
   * Events after a place, oldest first, at most `EVENT_BATCH_MAX` of them, without statistics.
   * Never waits for new ones.
   */
  eventsAfter(afterId: string): Promise<LoggedEvent[]>;
  /**
   * Events after a place as they come, over a connection of its own, until the signal aborts, and
   * statistics from now on.
   * Throws `LiveError` when Redis stays silent beyond `blockMs` and the deadline; call again with
   * the last id to go on.
   */
  readEvents(afterId: string, blockMs: number, signal: AbortSignal): AsyncGenerator<LoggedEvent>;
}

/**
 * `openReader` opens the connection that a blocking reader holds for itself; `closed` ends every
 * reader.
 */
export function openEventLog(
  link: RedisLink,
  openReader: (blockMs: number) => RedisLink,
  closed: AbortSignal,
): EventLog {
  return {
    async appendEvent(event) {
      // Of many streams they come so often that they would push out what happened.
      const [key, kept] =
        event.type === 'stream.statistics'
          ? [liveKeys.statistics, STATISTICS_KEPT]
          : [liveKeys.events, EVENTS_KEPT];
      const id = await link.call((redis) =>
        redis.xadd(key, 'MAXLEN', '~', kept, '*', FIELD, JSON.stringify(event)),
      );
      return id ?? '0-0';
    },
    async newestEventId() {
      const [newest] = await link.call((redis) =>
        redis.xrevrange(liveKeys.events, '+', '-', 'COUNT', 1),
      );
      return newest?.[0] ?? '0-0';
    },
    async eventsAfter(afterId) {
      const entries = await link.call((redis) =>
        redis.xrange(liveKeys.events, `(${afterId}`, '+', 'COUNT', EVENT_BATCH_MAX),
      );
      return entries.flatMap(loggedEvent);
    },
    async *readEvents(afterId, blockMs, signal) {
      const ended = AbortSignal.any([signal, closed]);
      if (ended.aborted) return;
      const reader = openReader(blockMs);
      const close = (): void => reader.close();
      ended.addEventListener('abort', close, { once: true });
      try {
        yield* follow(reader, afterId, blockMs, ended);
      } finally {
        close();
      }
    },
  };
}

async function* follow(
  reader: RedisLink,
  afterId: string,
  blockMs: number,
  signal: AbortSignal,
): AsyncGenerator<LoggedEvent> {
  const places: Places = { events: afterId, statistics: '$' };
  while (!signal.aborted) {
    const { events, statistics } = await nextEntries(reader, places, blockMs, signal);
    for (const entry of events) {
      places.events = entry[0];
      yield* loggedEvent(entry);
    }
    for (const entry of statistics) {
      places.statistics = entry[0];
      yield* loggedEvent([places.events, entry[1]]);
    }
  }
}

/** Up to where each of the two was read. `$`: what is there already is not read at all. */
interface Places {
  events: string;
  statistics: string;
}

interface NewEntries {
  readonly events: readonly Entry[];
  readonly statistics: readonly Entry[];
}

/** One blocking read. An abort closes the connection under it; that is an end, not a fault. */
async function nextEntries(
  reader: RedisLink,
  places: Places,
  blockMs: number,
  signal: AbortSignal,
): Promise<NewEntries> {
  const keys = [liveKeys.events, liveKeys.statistics] as const;
  try {
    const read = await reader.call((redis) =>
      redis.xread(
        'COUNT',
        EVENT_BATCH_MAX,
        'BLOCK',
        blockMs,
        'STREAMS',
        ...keys,
        places.events,
        places.statistics,
      ),
    );
    const [events = [], statistics = []] = keys.map(
      (key) => read?.find(([name]) => name === key)?.[1] ?? [],
    );
    return { events, statistics };
  } catch (thrown) {
    if (signal.aborted) return { events: [], statistics: [] };
    throw thrown;
  }
}

type Entry = readonly [id: string, fields: readonly string[]];

/** None for an entry of a shape this version does not know. */
function loggedEvent([id, fields]: Entry): LoggedEvent[] {
  const event = storedJson(liveEventSchema, fields[1] ?? null);
  return event === undefined ? [] : [{ id, event }];
}
