import type { DesiredDestination } from '#contracts';
import { failureOf, type FailureCode, type PushMemory } from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import { TEST_PLATFORM } from './dialler.ts';
import type { LiveStream } from './live-stream.ts';
import type { PhaseChange } from './push-ports.ts';

/**
 * `unmeasured`: what the encoder sends is not known yet, so that it has to be waited for; `full`:
 * with this push the workspace would send more than it may.
 */
export type QuotaStanding = 'room' | 'unmeasured' | 'full';

/** A push that sends, is about to, or keeps its room because it was live in this broadcast. */
interface Claim {
  readonly stream: LiveStream;
  readonly hasAttempt: boolean;
  readonly wasLive: boolean;
}

/**
 * Whether a workspace may send one stream more, by its quota of kbit/s and by what its pushes send
 * from this node: what other nodes send is not known here. It keeps new pushes from beginning, and
 * nothing else: who has been live in a broadcast may come back to it.
 */
export class OutQuota {
  readonly #claims = new Map<string, Claim>();
  /** Destinations that a process before this one was sending to, and their streams. */
  readonly #recalled = new Map<string, string>();

  standing(stream: LiveStream, { id, platform }: DesiredDestination): QuotaStanding {
    const { outKbpsMax } = stream.desired.quota;
    if (outKbpsMax === null || platform === TEST_PLATFORM || this.#wasLive(id)) return 'room';
    const { ingest } = stream.status();
    if (ingest?.kbps === 0) return 'unmeasured';
    const kbps = this.#outKbps(stream.desired.workspaceId, id) + (ingest?.kbps ?? 0);
    return kbps > outKbpsMax ? 'full' : 'room';
  }

  /** What a process before this one left for a push: whether it may have been live. */
  recalled(streamId: string, destinationId: string, memory: PushMemory | null): void {
    const hadSession = memory?.failureClass === null || (memory?.ghostUntilWallMs ?? null) !== null;
    if (hadSession) this.#recalled.set(destinationId, streamId);
  }

  attemptStarted(stream: LiveStream, { id, platform }: DesiredDestination): void {
    if (platform === TEST_PLATFORM) return;
    const wasLive = this.#wasLive(id);
    this.#recalled.delete(id);
    this.#claims.set(id, { stream, hasAttempt: true, wasLive });
  }

  phase({ id }: DesiredDestination, { to }: PhaseChange): void {
    const claim = this.#claims.get(id);
    if (claim !== undefined && to === 'live') this.#claims.set(id, { ...claim, wasLive: true });
  }

  /** One that was live and is to come back keeps its room meanwhile. */
  attemptEnded({ id, enabled }: DesiredDestination): void {
    const claim = this.#claims.get(id);
    if (claim === undefined) return;
    if (claim.wasLive && enabled) this.#claims.set(id, { ...claim, hasAttempt: false });
    else this.#claims.delete(id);
  }

  /** What was live in it has to find room in the next one; what is played out still sends. */
  broadcastEnded({ streamId }: Broadcast): void {
    for (const [id, claim] of this.#claims) {
      if (claim.stream.streamId !== streamId) continue;
      if (claim.hasAttempt) this.#claims.set(id, { ...claim, wasLive: false });
      else this.#claims.delete(id);
    }
    for (const [id, ofStream] of this.#recalled) {
      if (ofStream === streamId) this.#recalled.delete(id);
    }
  }

  #wasLive(destinationId: string): boolean {
    return this.#claims.get(destinationId)?.wasLive ?? this.#recalled.has(destinationId);
  }

  /** What all others of the workspace send; who has sent nothing yet counts as its encoder. */
  #outKbps(workspaceId: string, exceptId: string): number {
    const ingestKbps = new Map<LiveStream, number>();
    let sum = 0;
    for (const [id, { stream, hasAttempt }] of this.#claims) {
      if (id === exceptId || stream.desired.workspaceId !== workspaceId) continue;
      const push = stream.pushes.of(id);
      if (!hasAttempt && push?.destination.enabled !== true) continue;
      const kbps = push?.kbps ?? 0;
      if (kbps === 0 && !ingestKbps.has(stream)) {
        ingestKbps.set(stream, stream.status().ingest?.kbps ?? 0);
      }
      sum += kbps === 0 ? (ingestKbps.get(stream) ?? 0) : kbps;
    }
    return sum;
  }
}

/** What the owner is told of a failure. */
export function failureSentence(code: FailureCode, outKbpsMax: number | null): string {
  const { sentence } = failureOf(code);
  if (code !== 'OUT_QUOTA' || outKbpsMax === null) return sentence;
  return `${sentence} Its quota is ${outKbpsMax / 1_000} Mbit/s.`;
}
