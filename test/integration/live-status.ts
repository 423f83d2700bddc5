import { randomUUID } from 'node:crypto';
import { DEFAULT_WORKSPACE_ID, type StreamStatus } from '#contracts';

/** A live stream without destinations. */
export function liveStatus(streamId: string = randomUUID()): StreamStatus {
  return {
    streamId,
    workspaceId: DEFAULT_WORKSPACE_ID,
    state: 'live',
    broadcast: { id: randomUUID(), startedAt: '2026-11-20T10:00:00.000Z' },
    ingest: null,
    activeInput: null,
    inputs: { primary: null, backup: null },
    graceEndsAt: null,
    hold: null,
    delaySecondsMax: null,
    warnings: [],
    pushes: [],
    updatedAt: '2026-11-20T10:00:01.000Z',
  };
}
