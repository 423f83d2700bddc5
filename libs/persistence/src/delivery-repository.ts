import { outwardEventSchema, webhookFormatSchema } from '#control';
import type { OutwardEvent, WebhookFormat } from '#control';
import type { CodedClient, Queries } from './coded-client.ts';
import { inBatches } from './in-batches.ts';

/** A worker that has not said within this what became of a try is taken to be gone. */
export const CLAIM_MS = 30_000;
const HOUR_MS = 3_600_000;

/** A delivery that is to be tried, and when. */
export interface DueDelivery {
  readonly id: string;
  /** How often it was tried. */
  readonly tries: number;
  readonly nextTryAt: Date;
}

/** A delivery that is one worker's to try, with all it needs. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly workspaceId: string;
  readonly endpointId: string;
  readonly format: WebhookFormat;
  readonly targetSealed: string;
  readonly secretSealed: string | null;
  /** Null once its time is over. */
  readonly previousSecretSealed: string | null;
  /** This one included. */
  readonly tries: number;
  readonly giveUpAt: Date;
  readonly claimedUntil: Date;
  readonly event: OutwardEvent;
}

/** What becomes of a delivery that did not arrive. */
export interface FailedTry {
  readonly state: 'pending' | 'dead';
  /** Whether those behind it wait for it. */
  readonly blocking: boolean;
  readonly nextTryAt: Date;
  readonly status: number | null;
  readonly fault: string;
}

/** One that could be told by the same message. */
export interface WaitingAlike {
  readonly id: string;
  readonly sequence: number;
}

interface ClaimedRow extends Omit<ClaimedDelivery, 'event' | 'format'> {
  readonly payload: unknown;
  readonly format: string;
}

/**
 * Events on their way to endpoints. Of one endpoint only the first in line is tried, unless it has
 * stepped aside; times are the caller's, so that they can be any.
 */
export class DeliveryRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** First in their lines and due until then, or out of line and due; the most overdue first. */
  async due(until: Date, now: Date, most: number): Promise<DueDelivery[]> {
    return this.#client.queries.$queryRaw<DueDelivery[]>`
      SELECT id, tries, next_try_at AS "nextTryAt" FROM (
        SELECT first.* FROM webhook_endpoints AS endpoint CROSS JOIN LATERAL (
          SELECT * FROM webhook_deliveries WHERE endpoint_id = endpoint.id
            AND state = 'pending' AND blocking ORDER BY sequence LIMIT 1) AS first
        WHERE endpoint.enabled AND endpoint.deleted_at IS NULL
        UNION ALL
        SELECT aside.* FROM webhook_deliveries AS aside
        JOIN webhook_endpoints AS endpoint ON endpoint.id = aside.endpoint_id
        WHERE aside.state = 'pending' AND NOT aside.blocking AND aside.next_try_at <= ${until}
          AND endpoint.enabled AND endpoint.deleted_at IS NULL) AS candidate
      WHERE next_try_at <= ${until} AND (claimed_until IS NULL OR claimed_until < ${now})
      ORDER BY next_try_at LIMIT ${most}`;
  }

  /** The first in an endpoint's line, whenever it is due. */
  async firstInLine(endpointId: string): Promise<DueDelivery | undefined> {
    const row = await this.#client.queries.webhookDelivery.findFirst({
      where: { endpointId, state: 'pending', blocking: true },
      orderBy: { sequence: 'asc' },
      select: { id: true, tries: true, nextTryAt: true },
    });
    return row ?? undefined;
  }

  /**
   * Makes a delivery the caller's for `CLAIM_MS`. Undefined when it is not due, not first in its
   * line, or somebody else's.
   */
  async claim(id: string, now: Date): Promise<ClaimedDelivery | undefined> {
    const claimedUntil = new Date(now.getTime() + CLAIM_MS);
    const [row] = await this.#client.queries.$queryRaw<ClaimedRow[]>`
      UPDATE webhook_deliveries AS delivery
      SET claimed_until = ${claimedUntil}, tries = delivery.tries + 1
      FROM webhook_endpoints AS endpoint, outbox_events AS event
      WHERE delivery.id = ${id}::uuid AND delivery.state = 'pending'
        AND delivery.next_try_at <= ${now}
        AND (delivery.claimed_until IS NULL OR delivery.claimed_until < ${now})
        AND endpoint.id = delivery.endpoint_id AND endpoint.enabled AND endpoint.deleted_at IS NULL
        AND event.id = delivery.event_id
        AND (NOT delivery.blocking OR NOT EXISTS (
          SELECT FROM webhook_deliveries AS earlier WHERE earlier.endpoint_id = endpoint.id
            AND earlier.state = 'pending' AND earlier.blocking
            AND earlier.sequence < delivery.sequence))
      RETURNING delivery.id, delivery.workspace_id AS "workspaceId",
        delivery.endpoint_id AS "endpointId", endpoint.format,
        endpoint.target_sealed AS "targetSealed", endpoint.secret_sealed AS "secretSealed",
        CASE WHEN endpoint.previous_secret_until > ${now} THEN endpoint.previous_secret_sealed END
          AS "previousSecretSealed",
        delivery.tries, delivery.give_up_at AS "giveUpAt",
        delivery.claimed_until AS "claimedUntil", event.payload`;
    if (row === undefined) return undefined;
    const { payload, format, ...rest } = row;
    return {
      ...rest,
      format: webhookFormatSchema.parse(format),
      event: outwardEventSchema.parse(payload),
    };
  }

  /** Ends a claim: it arrived. Those of `told` were told by the same message. */
  async delivered(
    claim: ClaimedDelivery,
    now: Date,
    status: number | null,
    told: readonly string[] = [],
  ): Promise<void> {
    await this.#client.transaction(async (queries) => {
      const { count } = await endClaim(queries, claim, {
        state: 'delivered',
        deliveredAt: now,
        lastStatus: status,
        lastFault: null,
      });
      if (count === 0 || told.length === 0) return;
      await queries.webhookDelivery.updateMany({
        where: { id: { in: [...told] }, endpointId: claim.endpointId, state: 'pending' },
        data: { state: 'delivered', deliveredAt: now, lastStatus: status, lastFault: null },
      });
    });
  }

  /** Ends a claim: it did not arrive. */
  async failed(claim: ClaimedDelivery, failure: FailedTry): Promise<void> {
    const { status, fault, ...rest } = failure;
    await endClaim(this.#client.queries, claim, {
      ...rest,
      lastStatus: status,
      lastFault: fault,
    });
  }

  /** Ends a claim that was no try: it steps aside until then. */
  async postpone(claim: ClaimedDelivery, nextTryAt: Date): Promise<void> {
    await endClaim(this.#client.queries, claim, {
      nextTryAt,
      blocking: false,
      tries: claim.tries - 1,
    });
  }

  /** Turns an endpoint off. What waits for it goes on when it is turned on again in time. */
  async turnOff(endpointId: string, reason: string): Promise<void> {
    await this.#client.queries.webhookEndpoint.updateMany({
      where: { id: endpointId, enabled: true },
      data: { enabled: false, disabledReason: reason, version: { increment: 1 } },
    });
  }

  /** Gives up what has waited too long, of endpoints that are off, too. How many. */
  async bury(now: Date): Promise<number> {
    const { count } = await this.#client.queries.webhookDelivery.updateMany({
      where: {
        state: 'pending',
        giveUpAt: { lte: now },
        OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }],
      },
      data: { state: 'dead', claimedUntil: null },
    });
    return count;
  }

  /** Removes events, and with them their deliveries. How many. */
  async removeEventsBefore(before: Date): Promise<number> {
    return inBatches(
      (rowsMax) => this.#client.queries.$executeRaw`
        DELETE FROM outbox_events WHERE id IN
          (SELECT id FROM outbox_events WHERE at < ${before} LIMIT ${rowsMax})`,
    );
  }

  /** Others that wait to tell the same of the same destination, in order. */
  async alike(claim: ClaimedDelivery, most: number): Promise<WaitingAlike[]> {
    const { code, destination, stream } = claim.event;
    const rows = await this.#client.queries.$queryRaw<{ id: string; sequence: bigint }[]>`
      SELECT delivery.id, delivery.sequence FROM webhook_deliveries AS delivery
      JOIN outbox_events AS event ON event.id = delivery.event_id
      WHERE delivery.endpoint_id = ${claim.endpointId}::uuid AND delivery.state = 'pending'
        AND delivery.id <> ${claim.id}::uuid AND event.payload ->> 'code' = ${code}
        AND event.payload #>> '{destination,id}' IS NOT DISTINCT FROM ${destination?.id ?? null}
        AND event.payload #>> '{stream,id}' IS NOT DISTINCT FROM ${stream?.id ?? null}
      ORDER BY delivery.sequence LIMIT ${most}`;
    return rows.map(({ id, sequence }) => ({ id, sequence: Number(sequence) }));
  }

  /** When the endpoint was last told the same of the same destination, if that was after then. */
  async lastAlike(claim: ClaimedDelivery, after: Date): Promise<Date | undefined> {
    const { code, destination, stream } = claim.event;
    const [row] = await this.#client.queries.$queryRaw<{ at: Date | null }[]>`
      SELECT max(delivery.delivered_at) AS at FROM webhook_deliveries AS delivery
      JOIN outbox_events AS event ON event.id = delivery.event_id
      WHERE delivery.endpoint_id = ${claim.endpointId}::uuid AND delivery.state = 'delivered'
        AND delivery.delivered_at > ${after} AND event.payload ->> 'code' = ${code}
        AND event.payload #>> '{destination,id}' IS NOT DISTINCT FROM ${destination?.id ?? null}
        AND event.payload #>> '{stream,id}' IS NOT DISTINCT FROM ${stream?.id ?? null}`;
    return row?.at ?? undefined;
  }

  /** Mails that a workspace's endpoints have sent within the hour before. */
  async mailsInHour(workspaceId: string, now: Date): Promise<number> {
    return this.#client.queries.webhookDelivery.count({
      where: {
        workspaceId,
        state: 'delivered',
        deliveredAt: { gt: new Date(now.getTime() - HOUR_MS) },
        endpoint: { format: 'email' },
      },
    });
  }
}

/** Changes nothing when the claim ran out and somebody else has it, or had it. */
function endClaim(
  queries: Queries,
  { id, claimedUntil }: ClaimedDelivery,
  data: Parameters<Queries['webhookDelivery']['updateMany']>[0]['data'],
) {
  return queries.webhookDelivery.updateMany({
    where: { id, state: 'pending', claimedUntil },
    data: { ...data, claimedUntil: null },
  });
}
