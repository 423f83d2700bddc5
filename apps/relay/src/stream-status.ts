import type { IngestStatus, LiveWarning, StreamStatus } from '#contracts';
import type { Clock } from '#kernel';
import { graceEndsAtMs, type BroadcastState } from '#relay-core';
import type { BroadcastRun } from './broadcast-run.ts';
import { delaySecondsMax } from './delay-limit.ts';
import type { StreamInputs } from './stream-inputs.ts';

/** What people see of a stream, but for its pushes; `run` is its broadcast, while there is one. */
export function streamStatus(
  run: BroadcastRun | undefined,
  state: BroadcastState,
  inputs: StreamInputs,
  clock: Clock,
): Omit<StreamStatus, 'pushes' | 'state' | 'streamId' | 'workspaceId'> {
  const wallMs = clock.wallMs();
  const time = (atMs: number): string => new Date(Math.round(atMs)).toISOString();
  const seen = inputs.status(state);
  const endsAtMs = run === undefined ? null : graceEndsAtMs(state);
  return {
    ...seen,
    broadcast:
      run === undefined
        ? null
        : { id: run.broadcast.id, startedAt: time(run.broadcast.startedAtMs) },
    graceEndsAt: endsAtMs === null ? null : time(endsAtMs + wallMs - clock.monotonicMs()),
    hold: run?.source.hold ?? null,
    delaySecondsMax: longestDelaySeconds(run, seen.ingest),
    warnings: [],
    updatedAt: time(wallMs),
  };
}

/** What bites all that leaves: it stands over the pushes, and not in each of them. */
const OF_THE_STREAM: ReadonlySet<LiveWarning['code']> = new Set(['UPLINK_SHORT', 'OUT_QUOTA_NEAR']);

/** Each push is told what will bite it. */
export function withWarnings(status: StreamStatus, warnings: readonly LiveWarning[]): StreamStatus {
  if (warnings.length === 0) return status;
  const ofPushes = warnings.filter(({ code }) => !OF_THE_STREAM.has(code));
  return {
    ...status,
    warnings: warnings.filter(({ code }) => OF_THE_STREAM.has(code)),
    pushes: status.pushes.map((push) => ({
      ...push,
      warnings: ofPushes.filter(({ destinationIds }) =>
        destinationIds.includes(push.destinationId),
      ),
    })),
  };
}

/** That its ring holds of what the encoder sends now; null without one. */
export function longestDelaySeconds(
  run: BroadcastRun | undefined,
  ingest: IngestStatus | null,
): number | null {
  if (run === undefined || ingest === null || ingest.kbps === 0) return null;
  return delaySecondsMax(run.gauge, ingest);
}
