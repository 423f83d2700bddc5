import type { IngestStatus, StreamStatus } from '#contracts';
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

/** That its ring holds of what the encoder sends now; null without one. */
export function longestDelaySeconds(
  run: BroadcastRun | undefined,
  ingest: IngestStatus | null,
): number | null {
  if (run === undefined || ingest === null || ingest.kbps === 0) return null;
  return delaySecondsMax(run.gauge, ingest);
}
