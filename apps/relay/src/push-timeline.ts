import type { DesiredDestination, IncidentCode } from '#contracts';
import { unreachable } from '#kernel';
import { failureOf } from '#relay-core';
import type { AttemptEnd, DialledAttempt, PhaseChange, PushNews } from './push-ports.ts';
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

  attemptPublished({ attemptId, publishedAtMs }: DialledAttempt): void {
    if (publishedAtMs === undefined) return;
    const at = new Date(publishedAtMs).toISOString();
    this.#pen.record({ kind: 'attempt-published', id: attemptId, at });
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
      message: end.sentence ?? 'Ended as wanted.',
      remoteWords: end.remoteWords,
      bytesWritten: end.bytesWritten,
    });
    if (end.failure === null || failure === undefined) return;
    this.#pen.tell(
      attempt.broadcast,
      {
        code: end.failure,
        message: `${name}: ${end.sentence ?? failure.sentence}`,
        destinationId: id,
        remoteWords: end.remoteWords,
        needsPerson: end.needsPerson,
      },
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
    } else if (to === 'draining') {
      const message = `${name} is sent what is left of the stream, then it is left.`;
      this.#pen.tell(broadcast, { code: 'PUSH_DRAINING', message, destinationId });
    } else if (to === 'stopped') {
      const message = `${name} was stopped.`;
      this.#pen.tell(broadcast, { code: 'PUSH_STOPPED', message, destinationId });
    } else if (to === 'live') {
      this.#pen.tell(broadcast, { code: 'PUSH_LIVE', message: `${name} is live.`, destinationId });
    }
  }
  pushNews({ id, name }: DesiredDestination, { broadcast }: DialledAttempt, news: PushNews): void {
    this.#pen.tell(broadcast, { ...incidentOf(name, news), destinationId: id });
  }
}

function incidentOf(name: string, news: PushNews): { code: IncidentCode; message: string } {
  switch (news.kind) {
    case 'target':
      return news.target === 'backup'
        ? { code: 'PUSH_BACKUP_URL', message: `${name} is tried at its backup URL.` }
        : { code: 'PUSH_MAIN_URL', message: `${name} is tried at its main URL again.` };
    case 'resumed':
      return {
        code: 'PUSH_RESUMED',
        message: `${name} goes on where it stopped, ${seconds(news.behindMs)} behind.`,
      };
    case 'delayed':
      return {
        code: 'PUSH_DELAYED',
        message: `${name} is delayed by ${seconds(news.delayMs)} from now on.`,
      };
    case 'delay-shortened':
      return {
        code: 'DELAY_SHORTENED',
        message:
          `${name} is delayed by ${seconds(news.delayMs)}, not by ${seconds(news.wantedMs)}: ` +
          'at this bitrate the relay cannot keep more.',
      };
    default:
      return unreachable(news);
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
