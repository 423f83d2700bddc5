import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { PushState, PushStatus, StreamStatus } from '#contracts';
import { systemClock } from '#kernel';
import type { Live } from '#live';

/**
 * What is said counts, though a page that asks in the same moment is answered that nothing was: a
 * relay says it again a second later, and this one says it once.
 */
const AHEAD_MS = 1_000;

/** Plays the relay: says of a stream what a relay would say. */
export class PlayedRelay {
  readonly #live: Live;
  readonly #streamId: string;

  constructor(live: Live, streamId: string) {
    this.#live = live;
    this.#streamId = streamId;
  }

  /** As it stands in the status that `say` tells. */
  readonly broadcastId = '01920000-0000-7000-8000-00000000000b';

  async tell(
    code: string,
    message: string,
    remoteWords?: string,
    destinationId?: string,
  ): Promise<void> {
    await this.#live.events.appendEvent({
      type: 'incident',
      workspaceId: DEFAULT_WORKSPACE_ID,
      streamId: this.#streamId,
      broadcastId: this.broadcastId,
      at: new Date(systemClock.wallMs()).toISOString(),
      code,
      message,
      ...(remoteWords !== undefined && { remoteWords }),
      ...(destinationId !== undefined && { destinationId }),
    });
  }

  async say(
    destinationId: string,
    state: PushState,
    kbps = 0,
    { push = {}, ...rest }: Partial<StreamStatus> & { push?: Partial<PushStatus> } = {},
  ): Promise<void> {
    const told = this.#status(destinationId, state, kbps);
    const pushes = told.pushes.map((each) => ({ ...each, ...push }));
    const status = { ...told, pushes, ...rest };
    await this.#live.status.putStatus(status);
    await this.#live.events.appendEvent({
      type: 'stream.status',
      workspaceId: DEFAULT_WORKSPACE_ID,
      streamId: this.#streamId,
      status,
    });
  }

  #status(destinationId: string, state: PushState, kbps: number): StreamStatus {
    const now = new Date(systemClock.wallMs()).toISOString();
    return {
      streamId: this.#streamId,
      workspaceId: DEFAULT_WORKSPACE_ID,
      state: 'live',
      broadcast: { id: this.broadcastId, startedAt: now },
      ingest: null,
      activeInput: null,
      inputs: { primary: null, backup: null },
      graceEndsAt: null,
      hold: null,
      delaySecondsMax: null,
      warnings: [],
      pushes: [playedPush(destinationId, state, { kbps })],
      updatedAt: new Date(systemClock.wallMs() + AHEAD_MS).toISOString(),
    };
  }
}

/** What a relay would say of one push. */
export function playedPush(
  destinationId: string,
  state: PushState,
  change: Partial<PushStatus> = {},
): PushStatus {
  const now = new Date(systemClock.wallMs()).toISOString();
  const refused = { code: 'KEY_REJECTED', class: 'rejected', message: 'The key was refused.' };
  const lastError = { ...refused, remoteWords: null, at: now };
  return {
    destinationId,
    enabled: true,
    state,
    since: now,
    attempt: 1,
    nextRetryAt: null,
    lastError: state === 'needs_attention' ? lastError : null,
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
    delayWantedMs: 0,
    startsAt: null,
    target: 'main',
    drainingUntil: null,
    droppedFrames: 0,
    warnings: [],
    ...change,
  };
}
