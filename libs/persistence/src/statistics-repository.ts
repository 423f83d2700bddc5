import { INGEST_ID } from './statistics-writer.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Points of one series in one answer at most. */
export const STATISTICS_POINTS_MAX = 1_000;
/** Records of seconds hold so many at most, in s. */
const RECORD_S = 10;
/** Bytes that a second at one kbit/s is. */
const BYTES_PER_KBIT = 125;

/** What is asked for, of one broadcast: from included, to not. */
export interface StatisticsQuery {
  /** Seconds of a point. */
  readonly resolution: 1 | 10 | 60;
  readonly from: Date;
  readonly to: Date;
  /** Null: the ingest; undefined: every series. */
  readonly destinationId?: string | null | undefined;
}

export interface StatisticsPoint {
  readonly at: Date;
  /** Of which something is known. */
  readonly seconds: number;
  readonly kbpsAvg: number;
  readonly kbpsMin: number;
  readonly kbpsMax: number;
  readonly lagMsMax: number;
  readonly dropped: number;
  readonly reconnects: number;
  readonly bytes: number;
}

export interface StatisticsSeries {
  /** Null: the ingest. */
  readonly destinationId: string | null;
  /** Oldest first; of more than `STATISTICS_POINTS_MAX` the oldest. */
  readonly points: readonly StatisticsPoint[];
}

/** A series, summed up over its whole broadcast. */
export interface StatisticsTotal extends Omit<StatisticsPoint, 'at'> {
  readonly destinationId: string | null;
}

interface Row extends StatisticsPoint {
  readonly destinationId: string;
}

/** Figures of a workspace's broadcasts, read. */
export class StatisticsRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  async series(broadcastId: string, query: StatisticsQuery): Promise<StatisticsSeries[]> {
    const rows =
      query.resolution === 1
        ? await this.#seconds(broadcastId, query)
        : await this.#buckets(broadcastId, query);
    return [...Map.groupBy(rows, ({ destinationId }) => destinationId)].map(([id, points]) => ({
      destinationId: outerId(id),
      points: points
        .toSorted((one, other) => one.at.getTime() - other.at.getTime())
        .slice(0, STATISTICS_POINTS_MAX)
        .map(({ destinationId: _id, ...point }) => point),
    }));
  }

  /** By its minutes. */
  async totals(broadcastId: string): Promise<StatisticsTotal[]> {
    const sums = await this.#client.queries.statisticsBucket.groupBy({
      by: ['destinationId'],
      where: { broadcastId, resolution: 60 },
      _sum: { seconds: true, dropped: true, reconnects: true, bytes: true },
      _min: { kbpsMin: true },
      _max: { kbpsMax: true, lagMsMax: true },
    });
    return sums.map(({ destinationId, _sum, _min, _max }) => {
      const bytes = Number(_sum.bytes ?? 0);
      const seconds = _sum.seconds ?? 0;
      return {
        destinationId: outerId(destinationId),
        seconds,
        kbpsAvg: Math.round(bytes / BYTES_PER_KBIT / Math.max(1, seconds)),
        kbpsMin: _min.kbpsMin ?? 0,
        kbpsMax: _max.kbpsMax ?? 0,
        lagMsMax: _max.lagMsMax ?? 0,
        dropped: _sum.dropped ?? 0,
        reconnects: _sum.reconnects ?? 0,
        bytes,
      };
    });
  }

  async #seconds(
    broadcastId: string,
    { from, to, destinationId }: StatisticsQuery,
  ): Promise<Row[]> {
    const children = await this.#client.ofBroadcast(broadcastId);
    if (children === undefined) return [];
    const records = await children.statisticsSecond.findMany({
      where: {
        broadcastId,
        at: { gt: new Date(from.getTime() - RECORD_S * 1_000), lt: to },
        ...ofSeries(destinationId),
      },
    });
    return records
      .flatMap((record) =>
        record.kbps.map((kbps, index) => ({
          destinationId: record.destinationId,
          at: new Date(record.at.getTime() + index * 1_000),
          seconds: 1,
          kbpsAvg: kbps,
          kbpsMin: kbps,
          kbpsMax: kbps,
          lagMsMax: record.lagMs[index] ?? 0,
          dropped: record.dropped[index] ?? 0,
          reconnects: 0,
          bytes: kbps * BYTES_PER_KBIT,
        })),
      )
      .filter(({ at }) => at >= from && at < to);
  }

  async #buckets(
    broadcastId: string,
    { from, to, resolution, destinationId }: StatisticsQuery,
  ): Promise<Row[]> {
    const buckets = await this.#client.queries.statisticsBucket.findMany({
      where: { broadcastId, resolution, at: { gte: from, lt: to }, ...ofSeries(destinationId) },
    });
    return buckets.map((bucket) => ({ ...pointOf(bucket), destinationId: bucket.destinationId }));
  }
}

function pointOf(bucket: Omit<StatisticsPoint, 'bytes'> & { bytes: bigint }): StatisticsPoint {
  const { at, seconds, kbpsAvg, kbpsMin, kbpsMax, lagMsMax, dropped, reconnects } = bucket;
  const bytes = Number(bucket.bytes);
  return { at, seconds, kbpsAvg, kbpsMin, kbpsMax, lagMsMax, dropped, reconnects, bytes };
}

function ofSeries(destinationId: string | null | undefined): { destinationId?: string } {
  return destinationId === undefined ? {} : { destinationId: destinationId ?? INGEST_ID };
}

function outerId(destinationId: string): string | null {
  return destinationId === INGEST_ID ? null : destinationId;
}
