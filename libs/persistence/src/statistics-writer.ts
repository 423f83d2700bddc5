import type { CodedClient, Queries } from './coded-client.ts';
import type { StatisticsRecord } from './history-record.ts';
import { inBatches } from './in-batches.ts';

/** Records written in one transaction at most. */
const BATCH_MAX = 500;
/** Stands for the ingest where a column must not be null. */
export const INGEST_ID = '00000000-0000-0000-0000-000000000000';
/** Coarser figures that are kept beside the seconds, in s. */
const BUCKET_SECONDS = [10, 60] as const;
/** How long figures are kept, in s; those of a minute for as long as history. */
export const SECONDS_KEPT_S = 2 * 3_600;
export const TENS_KEPT_S = 24 * 3_600;
/** Days whose peaks are looked at: figures of yesterday may come after midnight. */
const PEAK_DAYS = 2;

/** What one record adds to a bucket. */
interface Share {
  readonly broadcastId: string;
  readonly destinationId: string;
  readonly resolution: number;
  readonly at: string;
  readonly workspaceId: string | null;
  readonly seconds: number;
  readonly kbpsSum: number;
  readonly kbpsMin: number;
  readonly kbpsMax: number;
  readonly lagMsMax: number;
  readonly dropped: number;
  readonly reconnects: number;
  readonly bytes: number;
}

/** What pushes add to a workspace's day. */
interface UsageShare {
  readonly workspaceId: string;
  readonly day: string;
  readonly pushSeconds: number;
  readonly bytesOut: number;
}

export interface RemovedStatistics {
  readonly seconds: number;
  readonly tens: number;
}

/** Figures as relays tell them, and what is made of them. */
export class StatisticsWriter {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /**
   * Adds each record to its ten seconds, its minute and its workspace's day, in the transaction
   * that writes its seconds. A record that was written before adds nothing: a batch whose outcome
   * is unknown can simply be sent again, and one that comes late still counts.
   */
  async write(batch: readonly StatisticsRecord[]): Promise<void> {
    for (let start = 0; start < batch.length; start += BATCH_MAX) {
      const records = batch.slice(start, start + BATCH_MAX);
      await this.#client.transaction((queries) => writeRecords(queries, records));
    }
  }

  /** The most that pushes of each workspace were sent at once, of today and yesterday (UTC). */
  async notePeaks(now: Date): Promise<void> {
    await this.#client.queries.$executeRaw`
      UPDATE usage_days SET out_kbps_peak = peak.kbps
      FROM (
        SELECT workspace_id, day, max(kbps) AS kbps FROM (
          SELECT workspace_id, (at AT TIME ZONE 'UTC')::date AS day, sum(kbps_avg) AS kbps
          FROM statistics_buckets
          WHERE resolution = 10 AND destination_id <> ${INGEST_ID}::uuid
            AND at >= date_trunc('day', ${now}::timestamptz, 'UTC')
              - make_interval(days => ${PEAK_DAYS - 1}::int)
          GROUP BY workspace_id, at
        ) AS moment GROUP BY workspace_id, day
      ) AS peak
      WHERE usage_days.workspace_id = peak.workspace_id AND usage_days.day = peak.day
        AND usage_days.out_kbps_peak < peak.kbps`;
  }

  /** Removes fine figures of which only coarser ones are kept. */
  async removeFine(now: Date): Promise<RemovedStatistics> {
    const { queries } = this.#client;
    const before = (keptS: number): Date => new Date(now.getTime() - keptS * 1_000);
    return {
      seconds: await inBatches(
        (rows) => queries.$executeRaw`
          DELETE FROM statistics_seconds WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM statistics_seconds WHERE at < ${before(SECONDS_KEPT_S)}
            LIMIT ${rows}))`,
      ),
      tens: await inBatches(
        (rows) => queries.$executeRaw`
          DELETE FROM statistics_buckets WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM statistics_buckets
            WHERE resolution = 10 AND at < ${before(TENS_KEPT_S)}
            LIMIT ${rows}))`,
      ),
    };
  }
}

async function writeRecords(queries: Queries, records: readonly StatisticsRecord[]): Promise<void> {
  // The column keeps whole seconds, and would round others.
  const rows = records.map((record) => ({
    ...record,
    at: new Date(Math.floor(Date.parse(record.at) / 1_000) * 1_000).toISOString(),
    destinationId: record.destinationId ?? INGEST_ID,
  }));
  const written = await queries.$queryRaw<{ broadcast: string; destination: string; ms: number }[]>`
    INSERT INTO statistics_seconds (broadcast_id, destination_id, at, kbps, lag_ms, dropped)
    SELECT "broadcastId", "destinationId", at, kbps, "lagMs", dropped
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row ("broadcastId" uuid,
      "destinationId" uuid, at timestamptz, kbps integer[], "lagMs" integer[], dropped integer[])
    ON CONFLICT DO NOTHING
    RETURNING broadcast_id AS broadcast, destination_id AS destination,
      (extract(epoch FROM at) * 1000)::float8 AS ms`;
  const isNew = new Set(written.map((row) => `${row.broadcast} ${row.destination} ${row.ms}`));
  const added = rows.filter(({ broadcastId, destinationId, at }) =>
    isNew.delete(`${broadcastId} ${destinationId} ${Date.parse(at)}`),
  );
  if (added.length === 0) return;
  const workspaceOf = await workspacesOf(
    queries,
    added.map(({ streamId }) => streamId),
  );
  const rehearsals = await rehearsalsAmong(
    queries,
    added.map(({ destinationId }) => destinationId),
  );
  await addShares(
    queries,
    added.flatMap((record) => sharesOf(record, workspaceOf.get(record.streamId) ?? null)),
  );
  await addUsage(
    queries,
    added.flatMap((record) => {
      const workspaceId = workspaceOf.get(record.streamId);
      const { destinationId } = record;
      if (workspaceId === undefined || destinationId === INGEST_ID) return [];
      return rehearsals.has(destinationId) ? [] : [usageOf(record, workspaceId)];
    }),
  );
}

async function workspacesOf(
  queries: Queries,
  streamIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const streams = await queries.stream.findMany({
    where: { id: { in: [...new Set(streamIds)] } },
    select: { id: true, workspaceId: true },
  });
  return new Map(streams.map(({ id, workspaceId }) => [id, workspaceId]));
}

/** Nothing leaves the house to these. */
async function rehearsalsAmong(
  queries: Queries,
  destinationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const destinations = await queries.destination.findMany({
    where: { id: { in: [...new Set(destinationIds)] }, platform: 'test' },
    select: { id: true },
  });
  return new Set(destinations.map(({ id }) => id));
}

function sharesOf(
  record: StatisticsRecord & { readonly destinationId: string },
  workspaceId: string | null,
): Share[] {
  const { broadcastId, destinationId, kbps, reconnects, bytes } = record;
  const atS = Math.floor(Date.parse(record.at) / 1_000);
  return BUCKET_SECONDS.map((resolution) => ({
    broadcastId,
    destinationId,
    resolution,
    at: new Date((atS - (atS % resolution)) * 1_000).toISOString(),
    workspaceId,
    seconds: kbps.length,
    kbpsSum: sum(kbps),
    kbpsMin: Math.min(...kbps),
    kbpsMax: Math.max(...kbps),
    lagMsMax: Math.max(...record.lagMs),
    dropped: sum(record.dropped),
    reconnects,
    bytes,
  }));
}

/** Several records of one batch may fall into one bucket; a statement may touch a row but once. */
async function addShares(queries: Queries, shares: readonly Share[]): Promise<void> {
  await queries.$executeRaw`
    INSERT INTO statistics_buckets AS kept (broadcast_id, destination_id, resolution, at,
      workspace_id, seconds, kbps_avg, kbps_min, kbps_max, lag_ms_max, dropped, reconnects, bytes)
    SELECT "broadcastId", "destinationId", resolution, at, "workspaceId", sum(seconds),
      round(sum("kbpsSum")::numeric / sum(seconds)), min("kbpsMin"), max("kbpsMax"),
      max("lagMsMax"), sum(dropped), sum(reconnects), sum(bytes)
    FROM jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) AS share ("broadcastId" uuid,
      "destinationId" uuid, resolution smallint, at timestamptz, "workspaceId" uuid,
      seconds integer, "kbpsSum" bigint, "kbpsMin" integer, "kbpsMax" integer,
      "lagMsMax" integer, dropped integer, reconnects integer, bytes bigint)
    GROUP BY "broadcastId", "destinationId", resolution, at, "workspaceId"
    ORDER BY "broadcastId", "destinationId", resolution, at
    ON CONFLICT (broadcast_id, destination_id, resolution, at) DO UPDATE SET
      seconds = kept.seconds + excluded.seconds,
      kbps_avg = round((kept.kbps_avg::numeric * kept.seconds
        + excluded.kbps_avg::numeric * excluded.seconds) / (kept.seconds + excluded.seconds)),
      kbps_min = least(kept.kbps_min, excluded.kbps_min),
      kbps_max = greatest(kept.kbps_max, excluded.kbps_max),
      lag_ms_max = greatest(kept.lag_ms_max, excluded.lag_ms_max),
      dropped = kept.dropped + excluded.dropped,
      reconnects = kept.reconnects + excluded.reconnects,
      bytes = kept.bytes + excluded.bytes`;
}

/** A second in which a push was sent something is a second of relaying. */
function usageOf(record: StatisticsRecord, workspaceId: string): UsageShare {
  return {
    workspaceId,
    day: record.at.slice(0, 10),
    pushSeconds: record.kbps.filter((kbps) => kbps > 0).length,
    bytesOut: record.bytes,
  };
}

/** Rows are locked in one order, so that two writers never wait for one another. */
async function addUsage(queries: Queries, shares: readonly UsageShare[]): Promise<void> {
  if (shares.length === 0) return;
  await queries.$executeRaw`
    INSERT INTO usage_days AS kept (workspace_id, day, push_seconds, bytes_out)
    SELECT "workspaceId", day, sum("pushSeconds"), sum("bytesOut")
    FROM jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) AS share ("workspaceId" uuid,
      day date, "pushSeconds" bigint, "bytesOut" bigint)
    GROUP BY "workspaceId", day
    ORDER BY "workspaceId", day
    ON CONFLICT (workspace_id, day) DO UPDATE SET
      push_seconds = kept.push_seconds + excluded.push_seconds,
      bytes_out = kept.bytes_out + excluded.bytes_out`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
