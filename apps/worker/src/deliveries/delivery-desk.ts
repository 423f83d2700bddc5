import { sentenceOf, type Clock, type Random, type Timers } from '#kernel';
import type { Logger } from '#observability';
import type { ClaimedDelivery, Database, DueDelivery } from '#persistence';
import type { Queues } from '#queue';
import { waitMs } from './back-off.ts';
import type { DeliverySender } from './delivery-sender.ts';
import type { Outcome } from './outcome.ts';

/** So often an endpoint is called at most: ten times a second. */
const SPACING_MS = 100;
/** Of one line in one go; then others' lines have their turn. */
const IN_ONE_GO_MAX = 50;
/** A message that was refused so often lets those behind it pass. */
const REFUSALS_IN_LINE = 3;
/** Notices that tell people the same within this are told as one. */
const FOLD_MS = 60_000;
const FOLDED_MAX = 500;
/** Mails of a workspace in an hour at most; those beyond wait. */
export const MAILS_PER_HOUR_MAX = 60;
const MAIL_WAIT_MS = 5 * 60_000;
/** The next in line is asked for by whoever has tried the one before, if it is due this soon. */
const NEXT_WITHIN_MS = 15_000;

export interface DeliveryDeskPorts {
  readonly database: Database;
  readonly queues: Queues;
  readonly sender: DeliverySender;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly logger: Logger;
}

/** Tries deliveries, one after the other for each endpoint, and writes down what became of them. */
export class DeliveryDesk {
  readonly #ports: DeliveryDeskPorts;

  constructor(ports: DeliveryDeskPorts) {
    this.#ports = ports;
  }

  /**
   * Makes one try, unless it is not due or somebody else's, and goes on with those behind it.
   * Rejects when Postgres is away: then the claim runs out, and it is tried again.
   */
  async deliver(deliveryId: string): Promise<void> {
    const { deliveries } = this.#ports.database.system;
    let id = deliveryId;
    for (let count = 1; ; count += 1) {
      const claim = await deliveries.claim(id, this.#now());
      if (claim === undefined) return;
      if (claim.format === 'standard') await this.#try(claim, []);
      else await this.#tryNotice(claim);
      const next = await deliveries.firstInLine(claim.endpointId);
      if (next === undefined) return;
      const inMs = next.nextTryAt.getTime() - this.#now().getTime();
      if (inMs > 0 || count === IN_ONE_GO_MAX) {
        await this.#askFor(next, inMs);
        return;
      }
      await new Promise<void>((resolve) => this.#ports.timers.after(SPACING_MS, resolve));
      id = next.id;
    }
  }

  /** People are told once what happens again and again; machines are told each time. */
  async #tryNotice(claim: ClaimedDelivery): Promise<void> {
    const { deliveries } = this.#ports.database.system;
    const now = this.#now();
    const last = await deliveries.lastAlike(claim, new Date(now.getTime() - FOLD_MS));
    if (last !== undefined) {
      await deliveries.postpone(claim, new Date(last.getTime() + FOLD_MS));
      return;
    }
    if (claim.format === 'email') {
      const sent = await deliveries.mailsInHour(claim.workspaceId, now);
      if (sent >= MAILS_PER_HOUR_MAX) {
        await deliveries.postpone(claim, new Date(now.getTime() + MAIL_WAIT_MS));
        return;
      }
    }
    const alike = await deliveries.alike(claim, FOLDED_MAX);
    if (alike.some(({ sequence }) => sequence < claim.event.sequence)) {
      // The first of them tells all; it is another's to try at this moment.
      await deliveries.postpone(claim, new Date(now.getTime() + FOLD_MS));
      return;
    }
    await this.#try(
      claim,
      alike.map(({ id }) => id),
    );
  }

  /** @param alike others that say the same, and are told with it. */
  async #try(claim: ClaimedDelivery, alike: readonly string[]): Promise<void> {
    const { database, logger, sender } = this.#ports;
    const outcome = await sender.send(claim, 1 + alike.length);
    const now = this.#now();
    if (outcome.kind === 'delivered') {
      await database.system.deliveries.delivered(claim, now, outcome.status, alike);
      return;
    }
    await this.#writeFailure(claim, outcome, now);
    const { id, endpointId, tries } = claim;
    logger.info({ id, endpointId, tries, fault: outcome.fault }, 'a delivery did not arrive');
    if (outcome.kind === 'gone') {
      await database.system.deliveries.turnOff(endpointId, outcome.fault);
    }
  }

  async #writeFailure(
    claim: ClaimedDelivery,
    outcome: Exclude<Outcome, { kind: 'delivered' }>,
    now: Date,
  ): Promise<void> {
    const { tries, giveUpAt } = claim;
    const retryAfterSeconds = outcome.kind === 'failed' ? outcome.retryAfterSeconds : null;
    const nextMs = now.getTime() + waitMs(tries, this.#ports.random, retryAfterSeconds);
    await this.#ports.database.system.deliveries.failed(claim, {
      state: now >= giveUpAt ? 'dead' : 'pending',
      blocking: outcome.kind !== 'refused' || tries < REFUSALS_IN_LINE,
      // The last try is made when the time is over, not before.
      nextTryAt: new Date(Math.min(nextMs, Math.max(giveUpAt.getTime(), now.getTime()))),
      status: outcome.status,
      fault: outcome.fault,
    });
  }

  /** Without Redis the next sweep asks for it. */
  async #askFor({ id, tries }: DueDelivery, inMs: number): Promise<void> {
    if (inMs > NEXT_WITHIN_MS) return;
    const { logger, queues } = this.#ports;
    try {
      await queues.deliveries.request([{ id, tries, delayMs: Math.max(0, inMs) }]);
    } catch (thrown) {
      logger.warn({ fault: sentenceOf(thrown) }, 'the next delivery could not be asked for');
    }
  }

  #now(): Date {
    return new Date(this.#ports.clock.wallMs());
  }
}
