/**
 * What is happening now, kept in Redis: who is there, who owns which stream, statuses, waiting
 * retries, events. It refuses to wait: every call ends within its deadline, Redis away, frozen,
 * full or emptied; and it stores no secret. Parts: redis-link (deadlines), lua-script, presence,
 * ownership, status-board, reconnect-memory, fencing, event-log.
 */
export { openLive } from './live.ts';
export type { Live, LiveFault, LiveOptions } from './live.ts';
export type { LiveErrorCode } from './live-error.ts';
export { CALLS_IN_FLIGHT_MAX, CALL_DEADLINE_MS } from './redis-link.ts';
export { PRESENCE_TTL_MS } from './presence.ts';
export type { NodePresence, Presence } from './presence.ts';
export { OWNERSHIP_TTL_MS } from './ownership.ts';
export type { Claim, Ownership } from './ownership.ts';
export type { StatusBoard } from './status-board.ts';
export type { PushMemory, ReconnectMemory } from './reconnect-memory.ts';
export type { Fencing, PermitAnswer, PermitRequest } from './fencing.ts';
export { EVENTS_KEPT } from './event-log.ts';
export type { EventLog, LoggedEvent } from './event-log.ts';
