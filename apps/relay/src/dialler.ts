import type { Secret } from '#kernel';
import { sentenceOf } from '#kernel';
import type { AttemptFailure, AttemptOrder } from '#lanes';
import { placeAttempt, type EndMode, type FailureCode, type PlacedAttempt } from '#relay-core';
import type { DesiredDestination, DesiredStream } from '#contracts';
import type { Broadcast } from './broadcast.ts';
import type { Lanes } from './lanes-port.ts';
import { PreviewDesk, streamShownId } from './preview-desk.ts';
import type { AttemptListener, DialOrder } from './push-ports.ts';

interface Placed extends PlacedAttempt {
  readonly listener: AttemptListener;
}

/** Nothing is dialled: these are for who would read the order. */
const PREVIEW_TARGET = { url: 'rtmp://preview.invalid/live', streamKey: 'preview' } as const;

/** The platform of destinations that are built in: nothing of theirs leaves this machine. */
export const TEST_PLATFORM = 'test';

/** How many of the destinations that are wanted are built in. */
export function wantedTests({ destinations }: DesiredStream): number {
  return destinations.filter((one) => one.enabled && one.platform === TEST_PLATFORM).length;
}

/** Opens a destination's sealed stream key. Throws when it cannot be read any more. */
export type KeyOpener = (destination: DesiredDestination) => Secret;

/** Which attempt runs in which lane: a new one goes where `placeAttempt` says. */
export class Dialler {
  readonly #lanes: Lanes;
  readonly #openKey: KeyOpener;
  readonly #onUnreadableKey: (destinationId: string, reason: string) => void;
  readonly #placed = new Map<string, Placed>();
  /** Of those, the ones that are no push: by attempt, the stream that is looked at. */
  readonly #lookedAt = new Map<string, string>();
  /** Who looks at what built-in destinations are sent. */
  readonly previews = new PreviewDesk();

  constructor(
    lanes: Lanes,
    openKey: KeyOpener,
    onUnreadableKey: (destinationId: string, reason: string) => void,
  ) {
    this.#lanes = lanes;
    this.#openKey = openKey;
    this.#onUnreadableKey = onUnreadableKey;
  }

  /**
   * `kbps`: what was measured of the stream, null before that. The answer is a failure when no lane
   * could be given the order.
   */
  dial(order: DialOrder, listener: AttemptListener, kbps: number | null): FailureCode | undefined {
    const { destination, attemptId, broadcast } = order;
    const load = { ringId: broadcast.id, kbps };
    const lane = placeAttempt(load, this.#placed.values(), this.#lanesUp());
    if (lane === undefined) return 'LANE_LOST';
    let streamKey: Secret;
    try {
      streamKey = this.#openKey(destination);
    } catch (error) {
      this.#onUnreadableKey(destination.id, sentenceOf(error));
      return 'KEY_UNREADABLE';
    }
    this.#placed.set(attemptId, { ...load, lane, listener });
    const isSink = destination.platform === TEST_PLATFORM;
    if (isSink) {
      this.previews.began(destination.id, attemptId, (watching) =>
        this.#lanes.send(lane, { kind: 'watch-sink', attemptId, watching }),
      );
    }
    const lanesOrder: AttemptOrder = {
      attemptId,
      destinationId: destination.id,
      ringId: broadcast.id,
      ring: broadcast.ring,
      url: urlOf(order),
      streamKey: streamKey.reveal(),
      delayMs: destination.delaySeconds * 1_000,
      start: order.start,
      sink: isSink,
      certificateSha256: destination.certificateSha256,
    };
    this.#lanes.send(lane, { kind: 'start-attempt', order: lanesOrder });
    return undefined;
  }

  /**
   * Sends a broadcast to a built-in destination of its own, for who looks at it. It is no push.
   * False when no lane could be given the order.
   */
  dialPreview(
    attemptId: string,
    { id: ringId, streamId, ring }: Broadcast,
    listener: AttemptListener,
    viewersMax: number,
  ): boolean {
    const load = { ringId, kbps: null };
    const lane = placeAttempt(load, this.#placed.values(), this.#lanesUp());
    if (lane === undefined) return false;
    this.#placed.set(attemptId, { ...load, lane, listener });
    this.#lookedAt.set(attemptId, streamId);
    const shownId = streamShownId(streamId);
    const watch = (watching: boolean): void =>
      this.#lanes.send(lane, { kind: 'watch-sink', attemptId, watching });
    this.previews.began(shownId, attemptId, watch, viewersMax);
    const order: AttemptOrder = {
      attemptId,
      destinationId: shownId,
      ringId,
      ring,
      ...PREVIEW_TARGET,
      delayMs: 0,
      start: { kind: 'live' },
      sink: true,
      certificateSha256: null,
    };
    this.#lanes.send(lane, { kind: 'start-attempt', order });
    return true;
  }

  /** How many built-in destinations that stream has open for who looks at it. */
  previewsOf(streamId: string): number {
    let count = 0;
    for (const lookedAt of this.#lookedAt.values()) if (lookedAt === streamId) count += 1;
    return count;
  }

  /** How many connections of pushes that lane has, or opens. */
  pushesIn(lane: number): number {
    let count = 0;
    for (const [attemptId, placed] of this.#placed) {
      if (placed.lane === lane && !this.#lookedAt.has(attemptId)) count += 1;
    }
    return count;
  }

  end(attemptId: string, mode: EndMode): void {
    const placed = this.#placed.get(attemptId);
    if (placed !== undefined) {
      this.#lanes.send(placed.lane, { kind: 'end-attempt', attemptId, mode });
    }
  }

  changeDelay(attemptId: string, delayMs: number): void {
    const placed = this.#placed.get(attemptId);
    if (placed === undefined) return;
    this.#lanes.send(placed.lane, { kind: 'change-attempt', attemptId, delayMs });
  }

  listenerOf(attemptId: string): AttemptListener | undefined {
    return this.#placed.get(attemptId)?.listener;
  }

  /** Null for a failure: it was ended on our order. */
  ended(attemptId: string, failure: AttemptFailure | null, reachedMs: number | null): void {
    const placed = this.#placed.get(attemptId);
    this.#placed.delete(attemptId);
    this.#lookedAt.delete(attemptId);
    this.previews.ended(attemptId);
    const { code = null, detail = '', remoteWords = null } = failure ?? {};
    placed?.listener.onEnded(code, detail, reachedMs, remoteWords);
  }

  /** Every connection of the lane is gone. */
  laneLost(lane: number): void {
    for (const [attemptId, placed] of [...this.#placed]) {
      if (placed.lane !== lane) continue;
      const detail = `lane ${lane} died`;
      this.ended(attemptId, { code: 'LANE_LOST', detail, remoteWords: null }, null);
    }
  }

  #lanesUp(): boolean[] {
    return Array.from({ length: this.#lanes.size }, (_, lane) => this.#lanes.isUp(lane));
  }
}

function urlOf({ destination, target }: DialOrder): string {
  const backupUrl = target === 'backup' ? destination.backupUrl : null;
  return backupUrl ?? destination.url;
}
