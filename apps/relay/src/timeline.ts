import { randomUUID } from 'node:crypto';
import type { IncidentCode, LiveEvent } from '#contracts';
import type { Clock } from '#kernel';
import type { HistoryRecord } from '#persistence';
import { isFailureCode } from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import { PushTimeline } from './push-timeline.ts';
import { StreamTimeline } from './stream-timeline.ts';
import type { Incident, TimelinePen } from './timeline-pen.ts';

export interface TimelineSinks {
  /** To Postgres, in its own time. */
  record(record: HistoryRecord): void;
  /** To everybody who is looking now. */
  announce(event: LiveEvent): void;
  log(level: 'info' | 'warn', message: string, fields: Readonly<Record<string, string>>): void;
}

const WARNINGS: ReadonlySet<string> = new Set<IncidentCode>([
  'PUSH_DEGRADED',
  'ENCODERS_FIGHT',
  'ENCODER_QUARANTINED',
  'HOLD_REDUCED',
  'SLATE_UNUSABLE',
  'DELAY_SHORTENED',
  'PUSH_WARNING',
]);

/** Tells what happens to broadcasts and pushes: to history, to whoever looks, and to the log. */
export class Timeline implements TimelinePen {
  readonly nodeId: string;
  readonly streams: StreamTimeline;
  readonly pushes: PushTimeline;
  readonly #sinks: TimelineSinks;
  readonly #clock: Clock;
  #position = 0;

  constructor(sinks: TimelineSinks, clock: Clock, nodeId: string) {
    this.nodeId = nodeId;
    this.#sinks = sinks;
    this.#clock = clock;
    this.streams = new StreamTimeline(this);
    this.pushes = new PushTimeline(this);
  }

  record(record: HistoryRecord): void {
    this.#sinks.record(record);
  }

  tell(
    broadcast: Broadcast,
    incident: Incident,
    seen: Readonly<Record<string, string>> = {},
  ): void {
    const isFault = isFailureCode(incident.code) || WARNINGS.has(incident.code);
    const at = this.now();
    const { streamId, workspaceId, id: broadcastId } = broadcast;
    const ids = { streamId, broadcastId };
    const about = aboutOf(incident);
    const place = { position: this.#nextPosition(), about };
    this.#sinks.record({ kind: 'event', id: randomUUID(), ...ids, at, ...place, ...incident });
    const { needsPerson: _forHistory, ...told } = incident;
    this.#sinks.announce({ type: 'incident', workspaceId, ...ids, at, kind: about, ...told });
    this.#sinks.log(isFault ? 'warn' : 'info', incident.message, {
      code: incident.code,
      ...ids,
      ...(incident.destinationId === undefined ? {} : { destinationId: incident.destinationId }),
      ...seen,
    });
  }

  now(): string {
    return new Date(this.#clock.wallMs()).toISOString();
  }

  /**
   * Orders what happens within one millisecond, or while the wall clock is set back. By the wall
   * clock, so that a relay that was started again goes on behind the one before without asking.
   */
  #nextPosition(): number {
    this.#position = Math.max(this.#position + 1, this.#clock.wallMs());
    return this.#position;
  }
}

function aboutOf({ code, destinationId }: Incident): 'broadcast' | 'ingest' | 'push' {
  if (destinationId !== undefined) return 'push';
  return /^(?:BROADCAST|RELAY)_/.test(code) ? 'broadcast' : 'ingest';
}
