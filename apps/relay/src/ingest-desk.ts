import type { Timers } from '#kernel';
import type { IngestEndReason, PublishRequest } from '#lanes';
import type { IngestMeasure } from '#media';
import type { Broadcast, CurrentIngest } from './broadcast.ts';
import type { Lanes } from './lanes-port.ts';

/** How long a lane may take to say how long an ingest has been silent, or that it is gone. */
const LANE_ANSWER_MS = 500;

/** Who is told of an encoder that was let in. */
export interface IngestListener {
  onJoinable(ingestId: string): void;
  onIngestMeasure(ingestId: string, measure: IngestMeasure): void;
  /** Once: nothing more is written to the ring. */
  onIngestEnded(ingestId: string, reason: IngestEndReason): void;
}

interface Entry {
  readonly lane: number;
  listener: IngestListener | undefined;
  readonly onGone: (() => void)[];
}

/** The encoders' connections that asked to publish, over all lanes. */
export class IngestDesk {
  readonly #lanes: Lanes;
  readonly #timers: Timers;
  readonly #entries = new Map<string, Entry>();
  readonly #probes = new Map<number, (silentMs: number) => void>();
  #probeCount = 0;

  constructor(lanes: Lanes, timers: Timers) {
    this.#lanes = lanes;
    this.#timers = timers;
  }

  arrived(lane: number, request: PublishRequest): void {
    this.#entries.set(request.ingestId, { lane, listener: undefined, onGone: [] });
  }

  isHere(ingestId: string): boolean {
    return this.#entries.has(ingestId);
  }

  listenerOf(ingestId: string): IngestListener | undefined {
    return this.#entries.get(ingestId)?.listener;
  }

  accept(ingest: CurrentIngest, listener: IngestListener, broadcast: Broadcast): void {
    const { ingestId } = ingest.request;
    const entry = this.#entries.get(ingestId);
    if (entry === undefined) {
      // It hung up while it was being let in.
      listener.onIngestEnded(ingestId, 'closed');
      return;
    }
    entry.listener = listener;
    const grant = { ring: broadcast.ring, ringId: broadcast.id, pen: 'now' } as const;
    this.#lanes.send(entry.lane, { kind: 'accept-publish', ingestId, grant });
  }

  reject(
    ingestId: string,
    code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName',
    description: string,
  ): void {
    const entry = this.#entries.get(ingestId);
    if (entry === undefined) return;
    this.#lanes.send(entry.lane, { kind: 'reject-publish', ingestId, code, description });
  }

  /**
   * Resolves when the ingest is gone and writes no more; a lane that does not answer is not waited
   * for.
   */
  cut(ingestId: string, reason: IngestEndReason): Promise<void> {
    const entry = this.#entries.get(ingestId);
    if (entry === undefined) return Promise.resolve();
    this.#lanes.send(entry.lane, { kind: 'cut-ingest', ingestId, reason });
    return new Promise((resolve) => {
      const cancel = this.#timers.after(LANE_ANSWER_MS, resolve);
      entry.onGone.push(() => {
        cancel();
        resolve();
      });
    });
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
    for (const onGone of entry.onGone) onGone();
    entry.listener?.onIngestEnded(ingestId, reason);
  }

  /** Every connection of the lane is gone. */
  laneLost(lane: number): void {
    for (const [ingestId, entry] of [...this.#entries]) {
      if (entry.lane === lane) this.gone(ingestId, 'failed');
    }
  }
}
