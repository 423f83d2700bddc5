import { systemClock, systemTimers } from '#kernel';
import { createRingMemory } from '#ring';
import { TestEncoder } from './encoder.fixture.ts';
import { LanePool } from './lane-pool.ts';
import type { LaneThreadEntry } from './lane-thread.ts';
import { ABROAD, laneSettings, Reports, type ReportOf } from './lane.fixture.ts';
import type { AttemptOrder, CertificatePair } from './messages.ts';
import { INGEST_LIMITS, type LaneSettings } from './settings.ts';

export interface Published {
  readonly encoder: TestEncoder;
  readonly ingestId: string;
  readonly lane: number;
  readonly ring: SharedArrayBuffer;
}

export interface LostLane {
  readonly lane: number;
  readonly detail: string;
  /** Whose bytes it had at hand. */
  readonly ingestId: string | undefined;
}

interface PublishOptions {
  readonly isSecure?: boolean;
  readonly chunkBytes?: number;
  readonly ringBytes?: number;
  readonly ring?: SharedArrayBuffer;
}

/** Lanes as they are in a relay: threads of their own, in real time. */
export class LanesUnderTest {
  readonly reports = new Reports();
  readonly pool: LanePool;
  readonly settings: LaneSettings;
  readonly #lost = Promise.withResolvers<LostLane>();
  readonly #encoders: TestEncoder[] = [];
  #requests = 0;

  private constructor(settings: LaneSettings, thread: LaneThreadEntry | undefined) {
    this.settings = settings;
    this.pool = new LanePool(
      {
        onReport: (lane, report) => this.reports.add(lane, report),
        onLaneLost: (lane, detail, ingestId) => {
          if (thread === undefined) throw new Error(`lane ${lane} died: ${detail}`);
          this.#lost.resolve({ lane, detail, ingestId });
        },
      },
      { clock: systemClock, timers: systemTimers, ...(thread === undefined ? {} : { thread }) },
    );
  }

  /** Lanes that run something else than the product's `thread` may die. */
  static async start(
    lanes: number,
    certificate?: CertificatePair,
    thread?: LaneThreadEntry,
  ): Promise<LanesUnderTest> {
    const under = new LanesUnderTest(await laneSettings(certificate), thread);
    under.pool.start(under.settings, lanes);
    await under.reports.next('listening', lanes - 1);
    return under;
  }

  /** Resolves when the first lane has died. */
  get lost(): Promise<LostLane> {
    return this.#lost.promise;
  }

  /** An encoder that asks to publish; the kernel says in which lane. One at a time. */
  async ask(isSecure = false, chunkBytes = 4096): Promise<Omit<Published, 'ring'>> {
    const port = isSecure ? this.settings.rtmpsPort : this.settings.rtmpPort;
    const encoder = new TestEncoder({ port, isSecure, chunkBytes });
    this.#encoders.push(encoder);
    const report = await this.reports.next('publish-requested', this.#requests);
    this.#requests += 1;
    return { encoder, ingestId: report.request.ingestId, lane: this.reports.laneOf(report) };
  }

  /** The same, let in: to the ring of an encoder before it, or a new one. */
  async publish(options: PublishOptions = {}): Promise<Published> {
    const { isSecure, chunkBytes, ringBytes = 16 * 1024 * 1024 } = options;
    const asked = await this.ask(isSecure, chunkBytes);
    const ring = options.ring ?? createRingMemory({ dataBytes: ringBytes });
    const { ingestId, lane, encoder } = asked;
    this.pool.send(lane, {
      kind: 'accept-publish',
      ingestId,
      grant: { ring, ringId: 'broadcast', pen: 'now', limits: INGEST_LIMITS },
    });
    await encoder.publishing.promise;
    return { ...asked, ring };
  }

  attempt(lane: number, order: Pick<AttemptOrder, 'attemptId' | 'ring' | 'url'>): void {
    const ids = { destinationId: order.attemptId, ringId: 'broadcast', streamKey: 'key' };
    const start = { kind: 'live' } as const;
    this.pool.send(lane, {
      kind: 'start-attempt',
      order: { ...ids, ...order, delayMs: 0, start, ...ABROAD },
    });
  }

  /** The report of the end of `attemptId`. */
  async ended(attemptId: string): Promise<ReportOf<'attempt-ended'>> {
    for (let index = 0; ; index += 1) {
      const report = await this.reports.next('attempt-ended', index);
      if (report.attemptId === attemptId) return report;
    }
  }

  /** Resolves when `lane` has done all that it was told before. */
  async settled(lane: number): Promise<void> {
    const index = this.reports.of('ingest-silence').length;
    this.pool.send(lane, { kind: 'probe-ingest', ingestId: 'nobody', probeId: index });
    await this.reports.next('ingest-silence', index);
  }

  async close(): Promise<void> {
    await this.pool.close();
    await Promise.all(this.#encoders.map((encoder) => encoder.close()));
  }
}
