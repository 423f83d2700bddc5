import type { IngestStatus, StatisticsEvent, StreamStatus } from '#contracts';

/** What of a status changes each second. */
export function statisticsOf(status: StreamStatus): StatisticsEvent {
  const { workspaceId, streamId, updatedAt, ingest } = status;
  return {
    type: 'stream.statistics',
    workspaceId,
    streamId,
    at: updatedAt,
    ingestKbps: ingest?.kbps ?? 0,
    ingest: ingest && ingestFigures(ingest),
    pushes: status.pushes.map(
      ({ destinationId, kbps, lagMs, delayMs, droppedFrames, evidence }) => ({
        destinationId,
        kbps,
        lagMs,
        delayMs,
        droppedFrames,
        bytesWritten: evidence.bytesWritten,
        bytesAcked: evidence.bytesAcked,
        lastProgressAt: evidence.lastProgressAt,
      }),
    ),
  };
}

function ingestFigures({ kbps, video, audio, lateMessages, jumps }: IngestStatus) {
  return {
    kbps,
    videoKbps: video?.kbps ?? null,
    audioKbps: audio?.kbps ?? null,
    framesPerSecond: video?.framesPerSecond ?? null,
    keyframeIntervalMs: video?.keyframeIntervalMs ?? null,
    lateMessages: lateMessages ?? null,
    jumps: jumps ?? null,
  };
}
