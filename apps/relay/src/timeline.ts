import { randomUUID } from 'node:crypto';
import type { LiveEvent } from '#contracts';
import type { Clock } from '#kernel';
import type { IngestEndReason } from '#lanes';
import type { HistoryRecord } from '#persistence';
import { failureOf, type BroadcastEndReason, type PushState } from '#relay-core';
import type { Broadcast, CurrentIngest } from './live-stream.ts';
import type { AttemptEnd, CurrentAttempt, PushRunner } from './push-runner.ts';

export interface TimelineSinks {
  /** To Postgres, in its own time. */
  record(record: HistoryRecord): void;
  /** To everybody who is looking now. */
  announce(event: LiveEvent): void;
  log(message: string, fields: Readonly<Record<string, string | number>>): void;
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

const BROADCAST_ENDED: Readonly<Record<BroadcastEndReason, string>> = {
  'end-now': 'The broadcast was ended',
  'grace-expired': 'The broadcast ended: the encoder did not come back in time',
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

  broadcastEnded(broadcast: Broadcast, reason: BroadcastEndReason): void {
    this.#incident(broadcast, { code: 'BROADCAST_ENDED', message: `${BROADCAST_ENDED[reason]}.` });
    this.#sinks.record({
      kind: 'broadcast-ended',
      id: broadcast.id,
      at: this.#now(),
      reason,
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

  attemptStarted(broadcast: Broadcast, push: PushRunner, attempt: CurrentAttempt): void {
    this.#sinks.record({
      kind: 'attempt-started',
      id: attempt.attemptId,
      broadcastId: broadcast.id,
      destinationId: push.destination.id,
      destinationName: push.destination.name,
      nodeId: this.#nodeId,
      number: attempt.number,
      at: new Date(attempt.startedAtMs).toISOString(),
    });
  }

  attemptEnded(
    broadcast: Broadcast,
    push: PushRunner,
    attempt: CurrentAttempt,
    end: AttemptEnd,
  ): void {
    const failure = end.failure === null ? undefined : failureOf(end.failure);
    this.#sinks.record({
      kind: 'attempt-ended',
      id: attempt.attemptId,
      at: this.#now(),
      publishedAt:
        attempt.publishedAtMs === undefined ? null : new Date(attempt.publishedAtMs).toISOString(),
      code: end.failure ?? 'ENDED',
      class: failure?.class ?? 'deliberate',
      message: failure?.sentence ?? 'Ended as wanted.',
      bytesWritten: end.bytesWritten,
    });
    if (end.failure !== null && failure !== undefined) {
      this.#incident(broadcast, {
        code: end.failure,
        message: `${push.destination.name}: ${failure.sentence}`,
        destinationId: push.destination.id,
      });
    }
  }

  pushPhase(broadcast: Broadcast, push: PushRunner, state: PushState): void {
    const { name, id } = push.destination;
    if (state.phase === 'live') {
      this.#incident(broadcast, {
        code: 'PUSH_LIVE',
        message: `${name} is live.`,
        destinationId: id,
      });
    } else if (state.phase === 'degraded') {
      this.#incident(broadcast, {
        code: 'PUSH_DEGRADED',
        message: `${name} does not keep up with the stream.`,
        destinationId: id,
      });
    }
  }

  #incident(broadcast: Broadcast, incident: Incident): void {
    const at = this.#now();
    const { streamId, id: broadcastId } = broadcast;
    this.#sinks.record({ kind: 'event', id: randomUUID(), broadcastId, streamId, at, ...incident });
    this.#sinks.announce({ type: 'incident', streamId, broadcastId, at, ...incident });
    this.#sinks.log(incident.message, {
      code: incident.code,
      streamId,
      broadcastId,
      ...(incident.destinationId === undefined ? {} : { destinationId: incident.destinationId }),
    });
  }

  #now(): string {
    return new Date(this.#clock.wallMs()).toISOString();
  }
}
