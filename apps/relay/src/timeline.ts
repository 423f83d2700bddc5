import { randomUUID } from 'node:crypto';
import type { DesiredDestination, LiveEvent } from '#contracts';
import type { Clock } from '#kernel';
import type { IngestEndReason } from '#lanes';
import type { HistoryRecord } from '#persistence';
import { failureOf, isFailureCode } from '#relay-core';
import type { Broadcast, BroadcastEnd, CurrentIngest } from './broadcast.ts';
import type { AttemptEnd, DialledAttempt, PhaseChange } from './push-ports.ts';

export interface TimelineSinks {
  /** To Postgres, in its own time. */
  record(record: HistoryRecord): void;
  /** To everybody who is looking now. */
  announce(event: LiveEvent): void;
  log(level: 'info' | 'warn', message: string, fields: Readonly<Record<string, string>>): void;
}

interface Incident {
  readonly code: string;
  readonly message: string;
  readonly destinationId?: string;
}

const ENCODER_LOST: Readonly<Record<IngestEndReason, string>> = {
  unpublished: 'The encoder stopped the stream',
  closed: 'The encoder’s connection was lost',
  idle: 'The encoder sent nothing for ten seconds',
  'taken-over': 'The encoder gave way to another with the same key',
  'broadcast-ended': 'The broadcast was ended',
  'key-revoked': 'The stream key was revoked',
  'protocol-error': 'The encoder sent something that is not valid RTMP',
  failed: 'The encoder’s connection failed inside the relay',
  draining: 'The relay is shutting down',
};

const BROADCAST_ENDED: Readonly<Record<Exclude<BroadcastEnd['reason'], 'moved'>, string>> = {
  'end-now': 'The broadcast was ended.',
  'grace-expired': 'The broadcast ended: the encoder did not come back in time.',
  'stream-deleted': 'The broadcast ended: its stream was deleted.',
  draining: 'The broadcast ended: the relay is shutting down.',
};

/** Tells what happens to broadcasts and pushes: to history, to whoever looks, and to the log. */
export class Timeline {
  readonly #sinks: TimelineSinks;
  readonly #clock: Clock;
  readonly #nodeId: string;

  constructor(sinks: TimelineSinks, clock: Clock, nodeId: string) {
    this.#sinks = sinks;
    this.#clock = clock;
    this.#nodeId = nodeId;
  }

  broadcastStarted(broadcast: Broadcast, ingest: CurrentIngest): void {
    this.#sinks.record({
      kind: 'broadcast-started',
      id: broadcast.id,
      streamId: broadcast.streamId,
      streamName: broadcast.streamName,
      nodeId: this.#nodeId,
      at: new Date(broadcast.startedAtMs).toISOString(),
    });
    const how = ingest.request.secure ? 'RTMPS' : 'RTMP';
    this.#incident(broadcast, {
      code: 'BROADCAST_STARTED',
      message: `The broadcast began: an encoder publishes over ${how}.`,
    });
  }

  broadcastEnded(broadcast: Broadcast, end: BroadcastEnd): void {
    this.#incident(
      broadcast,
      end.reason === 'moved'
        ? { code: 'BROADCAST_MOVED', message: `Node ${end.toNode} has taken this stream over.` }
        : { code: 'BROADCAST_ENDED', message: BROADCAST_ENDED[end.reason] },
    );
    this.#sinks.record({
      kind: 'broadcast-ended',
      id: broadcast.id,
      at: this.#now(),
      reason: end.reason,
    });
  }

  encoderLost(broadcast: Broadcast, reason: IngestEndReason, graceMs: number): void {
    const graceSeconds = Math.round(graceMs / 1_000);
    this.#incident(broadcast, {
      code: 'ENCODER_LOST',
      message: `${ENCODER_LOST[reason]}; destinations stay connected for ${graceSeconds} s.`,
    });
  }

  encoderReturned(broadcast: Broadcast, tookOver: boolean): void {
    this.#incident(broadcast, {
      code: tookOver ? 'ENCODER_TAKEN_OVER' : 'ENCODER_RETURNED',
      message: tookOver ? 'A new encoder took over from a silent one.' : 'The encoder is back.',
    });
  }

  attemptStarted({ id, name }: DesiredDestination, attempt: DialledAttempt): void {
    this.#sinks.record({
      kind: 'attempt-started',
      id: attempt.attemptId,
      broadcastId: attempt.broadcast.id,
      destinationId: id,
      destinationName: name,
      nodeId: this.#nodeId,
      number: attempt.number,
      at: new Date(attempt.startedAtMs).toISOString(),
    });
  }

  attemptEnded({ id, name }: DesiredDestination, attempt: DialledAttempt, end: AttemptEnd): void {
    const { publishedAtMs } = attempt;
    const failure = end.failure === null ? undefined : failureOf(end.failure);
    this.#sinks.record({
      kind: 'attempt-ended',
      id: attempt.attemptId,
      at: this.#now(),
      publishedAt: publishedAtMs === undefined ? null : new Date(publishedAtMs).toISOString(),
      code: end.failure ?? 'ENDED',
      class: failure?.class ?? 'deliberate',
      message: failure?.sentence ?? 'Ended as wanted.',
      bytesWritten: end.bytesWritten,
    });
    if (end.failure === null || failure === undefined) return;
    this.#incident(
      attempt.broadcast,
      { code: end.failure, message: `${name}: ${failure.sentence}`, destinationId: id },
      { detail: end.detail },
    );
  }

  pushPhase(
    { id, name }: DesiredDestination,
    { broadcast }: DialledAttempt,
    { from, to }: PhaseChange,
  ): void {
    const destinationId = id;
    if (to === 'degraded') {
      const message = `${name} does not keep up with the stream.`;
      this.#incident(broadcast, { code: 'PUSH_DEGRADED', message, destinationId });
    } else if (to === 'live' && from === 'degraded') {
      const message = `${name} keeps up with the stream again.`;
      this.#incident(broadcast, { code: 'PUSH_RECOVERED', message, destinationId });
    } else if (to === 'stopped') {
      const message = `${name} was stopped.`;
      this.#incident(broadcast, { code: 'PUSH_STOPPED', message, destinationId });
    } else if (to === 'live') {
      this.#incident(broadcast, { code: 'PUSH_LIVE', message: `${name} is live.`, destinationId });
    }
  }

  /** `seen` is for the log alone: what a peer said is no sentence for an owner. */
  #incident(
    broadcast: Broadcast,
    incident: Incident,
    seen: Readonly<Record<string, string>> = {},
  ): void {
    const isFault = isFailureCode(incident.code) || incident.code === 'PUSH_DEGRADED';
    const at = this.#now();
    const { streamId, id: broadcastId } = broadcast;
    this.#sinks.record({ kind: 'event', id: randomUUID(), broadcastId, streamId, at, ...incident });
    this.#sinks.announce({ type: 'incident', streamId, broadcastId, at, ...incident });
    this.#sinks.log(isFault ? 'warn' : 'info', incident.message, {
      code: incident.code,
      streamId,
      broadcastId,
      ...(incident.destinationId === undefined ? {} : { destinationId: incident.destinationId }),
      ...seen,
    });
  }

  #now(): string {
    return new Date(this.#clock.wallMs()).toISOString();
  }
}
