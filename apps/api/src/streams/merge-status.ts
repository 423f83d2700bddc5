import type { DesiredDestination, DesiredStream, PushStatus, StreamStatus } from '#contracts';

/**
 * How old "no relay speaks of it" counts as: what one has said just now may be on its way, and is
 * the newer word. Shorter than a relay's word holds, or that of one that died would stand.
 */
export const ON_ITS_WAY_MS = 1_000;

/**
 * The live picture: what the relay says is so, beside what the owner wants. A destination that the
 * relay does not speak of is waiting for a stream, or stopped; one that is deleted is not shown.
 */
export function mergeStatus(
  desired: DesiredStream,
  actual: StreamStatus | undefined,
  now: Date,
): StreamStatus {
  const pushes = new Map(actual?.pushes.map((push) => [push.destinationId, push]));
  return {
    streamId: desired.streamId,
    workspaceId: desired.workspaceId,
    state: actual?.state ?? 'offline',
    broadcast: actual?.broadcast ?? null,
    ingest: actual?.ingest ?? null,
    activeInput: actual?.activeInput ?? null,
    inputs: actual?.inputs ?? { primary: null, backup: null },
    graceEndsAt: actual?.graceEndsAt ?? null,
    hold: actual?.hold ?? null,
    delaySecondsMax: actual?.delaySecondsMax ?? null,
    warnings: actual?.warnings ?? [],
    pushes: desired.destinations.map((destination) => {
      const push = pushes.get(destination.id);
      return push === undefined
        ? restingPush(destination)
        : { ...push, enabled: destination.enabled };
    }),
    updatedAt: actual?.updatedAt ?? new Date(now.getTime() - ON_ITS_WAY_MS).toISOString(),
  };
}

function restingPush({ id, enabled, delaySeconds, updatedAt }: DesiredDestination): PushStatus {
  return {
    destinationId: id,
    enabled,
    state: enabled ? 'awaiting_stream' : 'stopped',
    since: updatedAt,
    attempt: 0,
    nextRetryAt: null,
    lastError: null,
    evidence: {
      tcp: null,
      tls: null,
      publishAccepted: null,
      bytesWritten: 0,
      bytesAcked: 0,
      lastProgressAt: null,
    },
    kbps: 0,
    lagMs: 0,
    delayMs: 0,
    delayWantedMs: delaySeconds * 1_000,
    startsAt: null,
    target: 'main',
    drainingUntil: null,
    droppedFrames: 0,
    warnings: [],
  };
}
