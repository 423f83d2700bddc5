import type { DesiredDestination } from '#contracts';
import { failureOf } from '#relay-core';
import type { AttemptEnd, DialledAttempt, PhaseChange } from './push-ports.ts';
import type { TimelinePen } from './timeline-pen.ts';

/** Tells what happens to pushes and their attempts. */
export class PushTimeline {
  readonly #pen: TimelinePen;

  constructor(pen: TimelinePen) {
    this.#pen = pen;
  }

  attemptStarted({ id, name }: DesiredDestination, attempt: DialledAttempt): void {
    this.#pen.record({
      kind: 'attempt-started',
      id: attempt.attemptId,
      broadcastId: attempt.broadcast.id,
      destinationId: id,
      destinationName: name,
      nodeId: this.#pen.nodeId,
      number: attempt.number,
      at: new Date(attempt.startedAtMs).toISOString(),
    });
  }

  attemptEnded({ id, name }: DesiredDestination, attempt: DialledAttempt, end: AttemptEnd): void {
    const { publishedAtMs } = attempt;
    const failure = end.failure === null ? undefined : failureOf(end.failure);
    this.#pen.record({
      kind: 'attempt-ended',
      id: attempt.attemptId,
      at: this.#pen.now(),
      publishedAt: publishedAtMs === undefined ? null : new Date(publishedAtMs).toISOString(),
      code: end.failure ?? 'ENDED',
      class: failure?.class ?? 'deliberate',
      message: failure?.sentence ?? 'Ended as wanted.',
      bytesWritten: end.bytesWritten,
    });
    if (end.failure === null || failure === undefined) return;
    this.#pen.tell(
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
      this.#pen.tell(broadcast, { code: 'PUSH_DEGRADED', message, destinationId });
    } else if (to === 'live' && from === 'degraded') {
      const message = `${name} keeps up with the stream again.`;
      this.#pen.tell(broadcast, { code: 'PUSH_RECOVERED', message, destinationId });
    } else if (to === 'stopped') {
      const message = `${name} was stopped.`;
      this.#pen.tell(broadcast, { code: 'PUSH_STOPPED', message, destinationId });
    } else if (to === 'live') {
      this.#pen.tell(broadcast, { code: 'PUSH_LIVE', message: `${name} is live.`, destinationId });
    }
  }
}
