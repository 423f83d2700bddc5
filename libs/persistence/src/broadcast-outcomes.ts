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
  /**
   * How long it was wanted to be: from the first try to the deliberate end, each time anew. Before
   * it was added, and while a person had stopped it, nobody missed it.
   */
  readonly wantedMs: number;
  /** Attempts that the destination accepted. */
  readonly published: number;
  /** Of them, those that followed a failure, and no deliberate end. */
  readonly reconnects: number;
  /** Attempts that ended otherwise than wanted. */
  readonly failures: number;
  /** Why the last attempt failed; null where it did not, or is under way. */
  readonly lastCode: string | null;
  readonly lastClass: string | null;
}

/** By them a person ends a push, also one that waits for its next try and has no attempt to end. */
const STOP_CODES = ['PUSH_STOP_ASKED', 'PUSH_STOPPED', 'DESTINATION_REMOVED'];

/**
 * Of these broadcasts, in one query; those of another workspace are not there. Each broadcast's in
 * the order in which they were tried first. `until`: for attempts that are under way.
 *
 * Attempts and stops, in their order, fall into runs: a run begins with the first attempt after a
 * deliberate end.
 */
export function readOutcomes(
  queries: Pick<Queries, '$queryRaw'>,
  workspaceId: string,
  broadcastIds: readonly string[],
  until: Date,
): Promise<BroadcastOutcome[]> {
  return queries.$queryRaw<BroadcastOutcome[]>`
    WITH shown AS (
      SELECT id AS broadcast_id, coalesce(ended_at, ${until}::timestamptz) AS end_at
        FROM broadcasts
       WHERE id = ANY (${broadcastIds}::uuid[]) AND workspace_id = ${workspaceId}::uuid
    ), marks AS (
      SELECT broadcast_id, destination_id, started_at AS at, id, published_at,
             coalesce(ended_at, end_at) AS over_at, class, false AS is_stop,
             CASE WHEN class = 'deliberate' THEN ended_at END AS stopped_at
        FROM attempts JOIN shown USING (broadcast_id)
       UNION ALL
      SELECT broadcast_id, destination_id, at, id, NULL, NULL, NULL, true, at
        FROM events JOIN shown USING (broadcast_id)
       WHERE destination_id IS NOT NULL AND code = ANY (${STOP_CODES}::text[])
    ), sorted AS (
      SELECT *, lag(stopped_at) OVER (
               PARTITION BY broadcast_id, destination_id ORDER BY at, id
             ) IS NOT NULL AS is_first
        FROM marks
    ), numbered AS (
      SELECT *, count(*) FILTER (WHERE is_first) OVER (
               PARTITION BY broadcast_id, destination_id ORDER BY at, id
             ) AS run
        FROM sorted
    ), runs AS (
      SELECT broadcast_id, destination_id, min(at) AS began_at,
             (array_agg(stopped_at ORDER BY at DESC, id DESC))[1] AS stopped_at,
             sum(greatest(interval '0', over_at - published_at)) AS live,
             count(published_at) AS published,
             count(*) FILTER (WHERE class <> 'deliberate') AS failures
        FROM numbered
       GROUP BY broadcast_id, destination_id, run
      HAVING NOT bool_and(is_stop)
    ), totals AS (
      SELECT broadcast_id, destination_id, min(began_at) AS tried_at,
             coalesce(1000 * extract(epoch FROM sum(live)), 0)::float8 AS live_ms,
             1000 * extract(epoch FROM sum(
               greatest(interval '0', coalesce(stopped_at, end_at) - began_at)
             ))::float8 AS wanted_ms,
             sum(published)::int AS published,
             sum(greatest(0, published - 1))::int AS reconnects,
             sum(failures)::int AS failures
        FROM runs JOIN shown USING (broadcast_id)
       GROUP BY broadcast_id, destination_id
    )
    SELECT total.broadcast_id AS "broadcastId", total.destination_id AS "destinationId",
           coalesce(last.destination_name, d.name) AS name, d.platform,
           live_ms AS "liveMs", wanted_ms AS "wantedMs", published, reconnects, failures,
           CASE WHEN last.class <> 'deliberate' THEN last.code END AS "lastCode",
           CASE WHEN last.class <> 'deliberate' THEN last.class END AS "lastClass"
      FROM totals AS total
      CROSS JOIN LATERAL (
        SELECT destination_name, code, class FROM attempts
         WHERE broadcast_id = total.broadcast_id AND destination_id = total.destination_id
         ORDER BY started_at DESC, id DESC
         LIMIT 1
      ) AS last
      LEFT JOIN destinations d
        ON d.id = total.destination_id AND d.workspace_id = ${workspaceId}::uuid
     ORDER BY tried_at, total.destination_id`;
}
