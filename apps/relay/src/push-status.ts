import type { DesiredDestination, PushStatus } from '#contracts';
import type { Clock } from '#kernel';
import type { AttemptFigures } from '#lanes';
import { attemptNumber, type FailureCode, type PushState } from '#relay-core';

export interface PushFacts {
  readonly destination: DesiredDestination;
  readonly state: PushState;
  /** Of the present attempt, once its lane has told. */
  readonly figures: AttemptFigures | undefined;
  readonly kbps: number;
  /** When there is media that is old enough for its delay; undefined when it waits for none. */
  readonly startsAtMs: number | undefined;
  /** What the destination said when its last attempt failed. */
  readonly remoteWords: string | null;
  sentence(code: FailureCode): string;
}

/** What the owner is shown of one push. */
export function pushStatus(facts: PushFacts, clock: Clock): PushStatus {
  const { destination, state, figures } = facts;
  const { lastFailure, attempt } = state;
  const nowMs = clock.monotonicMs();
  const time = timesOf(clock.wallMs() - nowMs);
  const evidence = attempt?.evidence;
  return {
    destinationId: destination.id,
    enabled: destination.enabled,
    state: state.phase,
    since: time(state.sinceMs),
    attempt: attemptNumber(state, nowMs),
    nextRetryAt: time(state.retry?.atMs),
    lastError:
      lastFailure === null
        ? null
        : {
            code: lastFailure.code,
            class: lastFailure.class,
            message: facts.sentence(lastFailure.code),
            remoteWords: facts.remoteWords,
            at: time(lastFailure.atMs),
          },
    evidence: {
      tcp: time(evidence?.tcpAtMs),
      tls: time(evidence?.tlsAtMs),
      publishAccepted: time(evidence?.publishAcceptedAtMs),
      bytesWritten: figures?.bytesWritten ?? 0,
      bytesAcked: figures?.bytesAcknowledged ?? 0,
      lastProgressAt:
        figures === undefined ? null : new Date(figures.lastProgressAtMs).toISOString(),
    },
    kbps: facts.kbps,
    lagMs: Math.round(figures?.lagMs ?? 0),
    delayMs: Math.round(figures?.delayMs ?? 0),
    delayWantedMs: destination.delaySeconds * 1_000,
    startsAt: time(facts.startsAtMs),
    target: attempt?.target ?? state.target,
    drainingUntil: time(drainingUntilMs(state)),
    droppedFrames: figures?.droppedFrames ?? 0,
    waitingForKeyframe: figures?.isWaitingForKeyframe ?? false,
    warnings: [],
  };
}

function drainingUntilMs({ phase, attempt }: PushState): number | null {
  const progress = attempt?.progress;
  return phase === 'draining' && progress?.step === 'ending' ? progress.overdueAtMs : null;
}

interface Times {
  (atMs: number): string;
  (atMs: number | null | undefined): string | null;
}

/** What people read of a monotonic time; null of none. */
function timesOf(wallOffsetMs: number): Times {
  function time(atMs: number): string;
  function time(atMs: number | null | undefined): string | null;
  function time(atMs: number | null | undefined): string | null {
    if (atMs === null || atMs === undefined) return null;
    return new Date(Math.round(atMs + wallOffsetMs)).toISOString();
  }
  return time;
}
