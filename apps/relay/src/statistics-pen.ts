import type { PushStatus, StreamStatus } from '#contracts';
import type { StatisticsRecord } from '#persistence';

/** Seconds that one record tells of at most; none reaches over a multiple of it. */
export const RECORD_SECONDS = 10;
/** Bytes that a second at one kbit/s is. */
const BYTES_PER_KBIT = 125;

/** No two connections of a push are accepted so soon after each other. */
const SHOWN_TIME_MOVES_MS = 250;

/** In these a push has nothing to show, and that is as its owner wants it. */
const IDLE: ReadonlySet<PushStatus['state']> = new Set(['awaiting_stream', 'stopped']);

/** What was seen in one second. */
interface Sample {
  readonly kbps: number;
  readonly lagMs: number;
  readonly dropped: number;
  readonly reconnects: number;
  readonly bytes: number;
}

interface SeriesNames {
  readonly streamId: string;
  readonly broadcastId: string;
  /** Null: the ingest. */
  readonly destinationId: string | null;
}

export interface StatisticsSink {
  record(record: StatisticsRecord): void;
}

/** Makes records of what a beat sees of every stream: one for each series and ten seconds. */
export class StatisticsPen {
  readonly #sink: StatisticsSink;
  readonly #streams = new Map<string, StreamFigures>();

  constructor(sink: StatisticsSink) {
    this.#sink = sink;
  }

  /** Called once a second; a second that is missed is taken to have been as the one after it. */
  sample(status: StreamStatus): void {
    const { streamId, broadcast } = status;
    const before = this.#streams.get(streamId);
    if (before !== undefined && before.broadcastId !== broadcast?.id) this.end(streamId);
    if (broadcast === null) return;
    let figures = this.#streams.get(streamId);
    if (figures === undefined) {
      figures = new StreamFigures(streamId, broadcast.id, this.#sink);
      this.#streams.set(streamId, figures);
    }
    figures.sample(status, Math.floor(Date.parse(status.updatedAt) / 1_000));
  }

  /** The stream is over: what has not been told yet is told. */
  end(streamId: string): void {
    this.#streams.get(streamId)?.close();
    this.#streams.delete(streamId);
  }
}

/** Of one broadcast. */
class StreamFigures {
  readonly broadcastId: string;
  readonly #streamId: string;
  readonly #sink: StatisticsSink;
  readonly #ingest: IngestFigures;
  readonly #pushes = new Map<string, PushFigures>();

  constructor(streamId: string, broadcastId: string, sink: StatisticsSink) {
    this.#streamId = streamId;
    this.broadcastId = broadcastId;
    this.#sink = sink;
    this.#ingest = new IngestFigures(this.#series(null));
  }

  sample({ ingest, pushes }: StreamStatus, second: number): void {
    this.#ingest.sample(ingest, second);
    for (const push of pushes) {
      let figures = this.#pushes.get(push.destinationId);
      if (figures === undefined) {
        figures = new PushFigures(this.#series(push.destinationId));
        this.#pushes.set(push.destinationId, figures);
      }
      figures.sample(push, second);
    }
    if (pushes.length === this.#pushes.size) return;
    const present = new Set(pushes.map(({ destinationId }) => destinationId));
    for (const [destinationId, figures] of this.#pushes) {
      if (present.has(destinationId)) continue;
      figures.close();
      this.#pushes.delete(destinationId);
    }
  }

  close(): void {
    this.#ingest.close();
    for (const figures of this.#pushes.values()) figures.close();
  }

  #series(destinationId: string | null): Series {
    const { broadcastId } = this;
    return new Series({ streamId: this.#streamId, broadcastId, destinationId }, this.#sink);
  }
}

class IngestFigures {
  readonly #series: Series;
  #connectedAt: string | undefined;

  constructor(series: Series) {
    this.#series = series;
  }

  sample(ingest: StreamStatus['ingest'], second: number): void {
    const kbps = Math.round(ingest?.kbps ?? 0);
    const isAnother = ingest !== null && this.#connectedAt !== ingest.connectedAt;
    const reconnects = isAnother && this.#connectedAt !== undefined ? 1 : 0;
    if (ingest !== null) this.#connectedAt = ingest.connectedAt;
    const bytes = kbps * BYTES_PER_KBIT;
    this.#series.add(second, { kbps, lagMs: 0, dropped: 0, reconnects, bytes });
  }

  close(): void {
    this.#series.close();
  }
}

class PushFigures {
  readonly #series: Series;
  #publishedAtMs: number | undefined;
  #droppedFrames = 0;
  #bytesWritten = 0;

  constructor(series: Series) {
    this.#series = series;
  }

  sample({ state, kbps, lagMs, droppedFrames, evidence }: PushStatus, second: number): void {
    if (IDLE.has(state) && kbps === 0) {
      this.#series.close();
      return;
    }
    const { publishAccepted, bytesWritten } = evidence;
    const reconnects = publishAccepted !== null && this.#isAnother(Date.parse(publishAccepted));
    const dropped = grown(this.#droppedFrames, droppedFrames);
    const bytes = grown(this.#bytesWritten, bytesWritten);
    this.#droppedFrames = droppedFrames;
    this.#bytesWritten = bytesWritten;
    const seen = { kbps: Math.round(kbps), lagMs, dropped, bytes };
    this.#series.add(second, { ...seen, reconnects: reconnects ? 1 : 0 });
  }

  close(): void {
    this.#series.close();
  }

  /** Times that are counted on the monotonic clock move a little when they are shown. */
  #isAnother(publishedAtMs: number): boolean {
    const before = this.#publishedAtMs ?? publishedAtMs;
    this.#publishedAtMs = publishedAtMs;
    return Math.abs(publishedAtMs - before) > SHOWN_TIME_MOVES_MS;
  }
}

/** Counters of attempts begin anew with each. */
function grown(before: number, now: number): number {
  return now >= before ? now - before : now;
}

/** Seconds in a row, up to the next full ten. */
class Series {
  readonly #names: SeriesNames;
  readonly #sink: StatisticsSink;
  #samples: Sample[] = [];
  /** The second after the last one that was seen. */
  #due: number | undefined;
  /** What a second that was told of already has seen since. */
  #late: Sample | undefined;

  constructor(names: SeriesNames, sink: StatisticsSink) {
    this.#names = names;
    this.#sink = sink;
  }

  add(second: number, sample: Sample): void {
    const due = this.#due ?? second;
    const isSeen = second < due && second >= due - RECORD_SECONDS;
    if (isSeen) {
      // Two beats fell into one second, or the clock was set back a little.
      const last = this.#samples.pop();
      if (last !== undefined) this.#samples.push(both(last, sample));
      else this.#late = this.#late === undefined ? sample : both(this.#late, sample);
      return;
    }
    if (second === due + 1) {
      // A beat drifts: once in a while none falls into a second.
      this.#append(due, { ...sample, dropped: 0, reconnects: 0, bytes: 0 });
    } else if (second !== due) {
      this.close();
    }
    this.#append(second, sample);
  }

  close(): void {
    const samples = this.#samples;
    if (samples.length === 0 || this.#due === undefined) return;
    this.#samples = [];
    this.#sink.record({
      kind: 'statistics',
      ...this.#names,
      at: new Date((this.#due - samples.length) * 1_000).toISOString(),
      kbps: samples.map(({ kbps }) => kbps),
      lagMs: samples.map(({ lagMs }) => Math.round(lagMs)),
      dropped: samples.map(({ dropped }) => dropped),
      reconnects: samples.reduce((sum, { reconnects }) => sum + reconnects, 0),
      bytes: samples.reduce((sum, { bytes }) => sum + bytes, 0),
    });
  }

  #append(second: number, sample: Sample): void {
    const late = this.#late;
    this.#late = undefined;
    this.#samples.push(late === undefined ? sample : both(late, sample));
    this.#due = second + 1;
    if (this.#due % RECORD_SECONDS === 0) this.close();
  }
}

/** Two looks at what was one second. */
function both(first: Sample, second: Sample): Sample {
  return {
    kbps: second.kbps,
    lagMs: Math.max(first.lagMs, second.lagMs),
    dropped: first.dropped + second.dropped,
    reconnects: first.reconnects + second.reconnects,
    bytes: first.bytes + second.bytes,
  };
}
