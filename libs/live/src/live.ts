import { systemClock, systemTimers } from '#kernel';
import type { Clock, Timers } from '#kernel';
import { openEventLog } from './event-log.ts';
import type { EventLog } from './event-log.ts';
import { openFencing } from './fencing.ts';
import type { Fencing } from './fencing.ts';
import { openOwnership } from './ownership.ts';
import type { Ownership } from './ownership.ts';
import { openPresence } from './presence.ts';
import type { Presence } from './presence.ts';
import { openReconnectMemory } from './reconnect-memory.ts';
import type { ReconnectMemory } from './reconnect-memory.ts';
import { RedisLink } from './redis-link.ts';
import { readMemory } from './redis-memory.ts';
import type { RedisMemory } from './redis-memory.ts';
import { openStatusBoard } from './status-board.ts';
import type { StatusBoard } from './status-board.ts';
import { assertWritable } from './writable.ts';

/** Every fault of a connection, as it happens: fold repeats before logging them. */
export type LiveFault = (fault: Error) => void;

export interface LiveOptions {
  /** `redis://…` or `rediss://…`; may carry a password, so it is never repeated in errors. */
  readonly url: string;
  readonly onFault: LiveFault;
  readonly clock?: Clock;
  readonly timers?: Timers;
}

/** Every method rejects with a `LiveError` within 500 ms when Redis cannot serve it. */
export interface Live {
  readonly presence: Presence;
  readonly ownership: Ownership;
  readonly status: StatusBoard;
  readonly reconnect: ReconnectMemory;
  readonly fencing: Fencing;
  readonly events: EventLog;
  /** Redis answers, and takes writes. */
  ping(): Promise<void>;
  memory(): Promise<RedisMemory>;
  /** Ends every connection at once; readers of events end too. */
  close(): void;
}

/** Connects in the background and stays at it; never throws because Redis is away. */
export function openLive(options: LiveOptions): Live {
  const { url, onFault, clock = systemClock, timers = systemTimers } = options;
  const link = new RedisLink({ url, name: 'forkcast-live', timers, onFault });
  const closed = new AbortController();
  const openReader = (blockMs: number): RedisLink =>
    new RedisLink({ url, name: 'forkcast-live-reader', timers, onFault, blockMs });
  return {
    presence: openPresence(link, clock),
    ownership: openOwnership(link),
    status: openStatusBoard(link, clock),
    reconnect: openReconnectMemory(link),
    fencing: openFencing(link),
    events: openEventLog(link, openReader, closed.signal),
    ping: () => assertWritable(link),
    memory: () => readMemory(link),
    close() {
      link.close();
      closed.abort();
    },
  };
}
