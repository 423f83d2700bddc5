import type { StatisticsEvent } from '#contracts';
import { createSamples, samplesHeldS, seriesIds } from './samples.ts';
import type { Samples, SeedSeries } from './samples.ts';
import { serverNow } from './server-clock.ts';

/** Asks for the seconds of a broadcast since then. */
type LoadSeconds = (broadcastId: string, from: string) => Promise<readonly SeedSeries[]>;

/** The samples of all streams, for as long as the page is open. */
export class StreamSamples {
  readonly #load: LoadSeconds;
  readonly #streams = new Map<string, Samples>();
  /** Broadcasts whose past was asked for: from there on, events tell. */
  readonly #seeded = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(load: LoadSeconds) {
    this.#load = load;
  }

  of(streamId: string): Samples {
    const samples = this.#streams.get(streamId) ?? createSamples();
    this.#streams.set(streamId, samples);
    return samples;
  }

  hear({ streamId, at, ingestKbps, ingest, pushes }: StatisticsEvent): void {
    const samples = this.of(streamId);
    const atMs = Date.parse(at);
    const push = (seriesId: string, value: number | null | undefined): void => {
      if (value !== null && value !== undefined) samples.push(seriesId, atMs, value);
    };
    // Nothing came in when no encoder is there: the chart has a gap, and is not at zero.
    push(seriesIds.ingest, ingest === null ? null : ingestKbps);
    push(seriesIds.video, ingest?.videoKbps);
    push(seriesIds.audio, ingest?.audioKbps);
    push(seriesIds.framesPerSecond, ingest?.framesPerSecond);
    for (const { destinationId, kbps } of pushes) {
      samples.push(seriesIds.push(destinationId), atMs, kbps);
    }
  }

  /**
   * Brings in what was before the page was opened, once, and of one stream after the other: a list
   * may show fifty. Without it the chart begins with now.
   */
  async seed(streamId: string, broadcastId: string): Promise<void> {
    if (this.#seeded.has(broadcastId)) return;
    this.#seeded.add(broadcastId);
    this.#last = this.#last.then(() => this.#read(streamId, broadcastId));
    await this.#last;
  }

  async #read(streamId: string, broadcastId: string): Promise<void> {
    const from = new Date(serverNow() - samplesHeldS * 1_000).toISOString();
    await this.#load(broadcastId, from).then(
      (series) => this.of(streamId).seed(series),
      () => void this.#seeded.delete(broadcastId),
    );
  }
}
