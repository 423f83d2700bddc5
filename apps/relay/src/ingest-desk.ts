import type { Timers } from '#kernel';
import {
  INGEST_LIMITS,
  type Continuity,
  type IngestEndReason,
  type PublishGrant,
  type PublishRequest,
} from '#lanes';
import type { IngestMeasure } from '#media';
import type { Broadcast, CurrentIngest } from './broadcast.ts';
import { HoldDesk } from './hold-desk.ts';
import type { Lanes } from './lanes-port.ts';
import { LANE_ANSWER_MS } from './ring-pen.ts';

/** Who is told of an encoder that was let in. */
export interface IngestListener {
  onJoinable(ingestId: string): void;
  /** It was armed, and has a keyframe to go on with. */
  onIngestReady(ingestId: string): void;
  onIngestFrozen(ingestId: string): void;
  onIngestYielded(ingestId: string): void;
  /** Its first frame since it has the pen is in the ring; `detail` for a person. */
  onIngestWriting(ingestId: string, continuity: Continuity, detail: string): void;
  onIngestMeasure(ingestId: string, measure: IngestMeasure): void;
  /** Once: nothing more is written to the ring. */
  onIngestEnded(ingestId: string, reason: IngestEndReason): void;
}

interface Entry {
  readonly lane: number;
  listener: IngestListener | undefined;
}

/** The encoders' connections that asked to publish, over all lanes. */
export class IngestDesk {
  readonly holds: HoldDesk;
  readonly #lanes: Lanes;
  readonly #timers: Timers;
  readonly #entries = new Map<string, Entry>();
  readonly #probes = new Map<number, (silentMs: number) => void>();
  #probeCount = 0;

  constructor(lanes: Lanes, timers: Timers) {
    this.holds = new HoldDesk(lanes);
    this.#lanes = lanes;
    this.#timers = timers;
  }

  arrived(lane: number, request: PublishRequest): void {
    this.#entries.set(request.ingestId, { lane, listener: undefined });
  }

  isHere(ingestId: string): boolean {
    return this.#entries.has(ingestId);
  }

  listenerOf(ingestId: string): IngestListener | undefined {
    return this.#entries.get(ingestId)?.listener;
  }

  accept(
    ingest: CurrentIngest,
    listener: IngestListener,
    broadcast: Broadcast,
    pen: PublishGrant['pen'],
  ): void {
    const { ingestId } = ingest.request;
    const entry = this.#entries.get(ingestId);
    if (entry === undefined) {
      // It hung up while it was being let in.
      listener.onIngestEnded(ingestId, 'closed');
      return;
    }
    entry.listener = listener;
    const limits = { ...INGEST_LIMITS, kbpsMax: ingest.kbpsMax ?? INGEST_LIMITS.kbpsMax };
    const grant = { ring: broadcast.ring, ringId: broadcast.id, pen, limits };
    this.#lanes.send(entry.lane, { kind: 'accept-publish', ingestId, grant });
  }

  /** Tells the lane to arm it, or what to do with the ring's pen. */
  order(ingestId: string, kind: 'arm-ingest' | 'take-ring' | 'yield-ring'): void {
    const entry = this.#entries.get(ingestId);
    if (entry !== undefined) this.#lanes.send(entry.lane, { kind, ingestId });
  }

  reject(
    ingestId: string,
    code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName',
    description: string,
    delayMs = 0,
  ): void {
    const entry = this.#entries.get(ingestId);
    if (entry === undefined) return;
    const refusal = { code, description, delayMs };
    this.#lanes.send(entry.lane, { kind: 'reject-publish', ingestId, ...refusal });
  }

  /** The listener hears when its connection is gone. */
  cut(ingestId: string, reason: IngestEndReason): void {
    const entry = this.#entries.get(ingestId);
    if (entry !== undefined) {
      this.#lanes.send(entry.lane, { kind: 'cut-ingest', ingestId, reason });
    }
  }

  /**
   * Milliseconds since the ingest last sent media; a lane that does not answer counts as silent
   * for ever.
   */
  silenceOf(ingestId: string): Promise<number> {
    const entry = this.#entries.get(ingestId);
    if (entry === undefined) return Promise.resolve(Infinity);
    this.#probeCount += 1;
    const probeId = this.#probeCount;
    this.#lanes.send(entry.lane, { kind: 'probe-ingest', ingestId, probeId });
    return new Promise((resolve) => {
      const answer = (silentMs: number): void => {
        cancel();
        this.#probes.delete(probeId);
        resolve(silentMs);
      };
      const cancel = this.#timers.after(LANE_ANSWER_MS, () => answer(Infinity));
      this.#probes.set(probeId, answer);
    });
  }

  probed(probeId: number, silentMs: number): void {
    this.#probes.get(probeId)?.(silentMs);
  }

  gone(ingestId: string, reason: IngestEndReason): void {
    const entry = this.#entries.get(ingestId);
    if (entry === undefined) return;
    this.#entries.delete(ingestId);
    entry.listener?.onIngestEnded(ingestId, reason);
  }

  /** Every connection of the lane is gone. */
  laneLost(lane: number, reasonOf: (ingestId: string) => IngestEndReason): void {
    for (const [ingestId, entry] of [...this.#entries]) {
      if (entry.lane === lane) this.gone(ingestId, reasonOf(ingestId));
    }
    this.holds.laneLost(lane);
  }
}
