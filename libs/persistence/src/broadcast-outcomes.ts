import type { Queries } from './coded-client.ts';

/** What became of one destination in one broadcast. */
export interface BroadcastOutcome {
  readonly broadcastId: string;
  readonly destinationId: string;
  /** As it was called last; null where nobody knows any more. */
  readonly name: string | null;
  /** Null: the destination is gone for good. */
  readonly platform: string | null;
  readonly liveMs: number;
  /** Attempts that the destination accepted. */
  readonly published: number;
  /** Attempts that ended otherwise than wanted. */
  readonly failures: number;
  /** Why the last attempt failed; null where it did not, or is under way. */
  readonly lastCode: string | null;
  readonly lastClass: string | null;
}

/**
 * Of these broadcasts, in one query; those of another workspace are not there. Each broadcast's in
 * the order in which they were tried first. `until`: for attempts that are under way.
 */
export function readOutcomes(
  queries: Pick<Queries, '$queryRaw'>,
  workspaceId: string,
  broadcastIds: readonly string[],
  until: Date,
): Promise<BroadcastOutcome[]> {
  return queries.$queryRaw<BroadcastOutcome[]>`
    SELECT "broadcastId", "destinationId", name, platform, "liveMs", published, failures,
           CASE WHEN class <> 'deliberate' THEN code END AS "lastCode",
           CASE WHEN class <> 'deliberate' THEN class END AS "lastClass"
      FROM (
        SELECT a.broadcast_id AS "broadcastId",
               a.destination_id AS "destinationId",
               coalesce(
                 (array_agg(a.destination_name ORDER BY a.started_at DESC, a.id DESC)
                    FILTER (WHERE a.destination_name IS NOT NULL))[1],
                 min(d.name)) AS name,
               min(d.platform) AS platform,
               coalesce(sum(greatest(0, 1000 * extract(epoch FROM
                   coalesce(a.ended_at, b.ended_at, ${until}::timestamptz) - a.published_at
                 ))), 0)::float8 AS "liveMs",
               count(a.published_at)::int AS published,
               count(*) FILTER (WHERE a.class <> 'deliberate')::int AS failures,
               (array_agg(a.code ORDER BY a.started_at DESC, a.id DESC))[1] AS code,
               (array_agg(a.class ORDER BY a.started_at DESC, a.id DESC))[1] AS class,
               min(a.started_at) AS tried_at
          FROM attempts a
          JOIN broadcasts b ON b.id = a.broadcast_id
          LEFT JOIN destinations d
            ON d.id = a.destination_id AND d.workspace_id = b.workspace_id
         WHERE a.broadcast_id = ANY (${broadcastIds}::uuid[])
           AND b.workspace_id = ${workspaceId}::uuid
         GROUP BY a.broadcast_id, a.destination_id
      ) AS outcomes
     ORDER BY tried_at, "destinationId"`;
}
