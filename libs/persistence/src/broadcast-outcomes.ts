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
    SELECT total."broadcastId", total."destinationId", total."liveMs", total.published,
           total.failures, d.platform,
           coalesce(last.destination_name, d.name) AS name,
           CASE WHEN last.class <> 'deliberate' THEN last.code END AS "lastCode",
           CASE WHEN last.class <> 'deliberate' THEN last.class END AS "lastClass"
      FROM (
        SELECT a.broadcast_id AS "broadcastId",
               a.destination_id AS "destinationId",
               coalesce(1000 * extract(epoch FROM sum(greatest(interval '0',
                   coalesce(a.ended_at, b.ended_at, ${until}::timestamptz) - a.published_at
                 ))), 0)::float8 AS "liveMs",
               count(a.published_at)::int AS published,
               count(*) FILTER (WHERE a.class <> 'deliberate')::int AS failures,
               min(a.started_at) AS tried_at
          FROM attempts a
          JOIN broadcasts b ON b.id = a.broadcast_id
         WHERE a.broadcast_id = ANY (${broadcastIds}::uuid[])
           AND b.workspace_id = ${workspaceId}::uuid
         GROUP BY a.broadcast_id, a.destination_id
      ) AS total
      CROSS JOIN LATERAL (
        SELECT destination_name, code, class FROM attempts
         WHERE broadcast_id = total."broadcastId" AND destination_id = total."destinationId"
         ORDER BY started_at DESC, id DESC
         LIMIT 1
      ) AS last
      LEFT JOIN destinations d
        ON d.id = total."destinationId" AND d.workspace_id = ${workspaceId}::uuid
     ORDER BY tried_at, total."destinationId"`;
}
