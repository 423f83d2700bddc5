import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { OwnBeat } from '../own-beat.ts';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';

/** A person who waits for a notice waits this long at worst. */
const EVERY_MS = 2_000;

/** What falls due until the sweep after next is asked for now. */
const AHEAD_MS = 15_000;
const REQUESTS_MAX = 500;
/** Events stay for this long, for replays. */
const KEEP_DAYS = 30;
/** Whoever makes the last try is let to end it, in ms. */
const LAST_TRY_MS = 60_000;
const DAY_MS = 86_400_000;
const FORGET_EVERY_MS = 3_600_000;

/**
 * Asks for what Postgres says is due: what relays have just written, what waits for its next try,
 * and what an emptied Redis has forgotten. Gives up what has waited for a day. Its beat is its own:
 * one that Redis keeps would be forgotten with the rest, and asking twice for a try is asking once.
 */
@Injectable()
export class DeliverySweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #beat: OwnBeat;
  #forgetAtMs = 0;

  constructor(@Inject(RESOURCES) private readonly resources: Resources) {
    this.#beat = new OwnBeat(resources, {
      everyMs: EVERY_MS,
      fault: 'deliveries cannot be asked for now',
      run: () => this.run(),
    });
  }

  onApplicationBootstrap(): void {
    this.#beat.start();
  }

  beforeApplicationShutdown(): void {
    this.#beat.end();
  }

  /** Rejects when Redis or Postgres is away. */
  async run(): Promise<void> {
    const { clock, database, logger, queues } = this.resources;
    const { deliveries } = database.system;
    const nowMs = clock.wallMs();
    const now = new Date(nowMs);
    const buried = await deliveries.bury(new Date(nowMs - LAST_TRY_MS));
    if (buried > 0) logger.warn({ buried }, 'deliveries were given up after a day');
    const due = await deliveries.due(new Date(nowMs + AHEAD_MS), now, REQUESTS_MAX);
    await queues.deliveries.request(
      due.map(({ id, tries, nextTryAt }) => ({ id, tries, delayMs: nextTryAt.getTime() - nowMs })),
    );
    if (nowMs < this.#forgetAtMs) return;
    this.#forgetAtMs = nowMs + FORGET_EVERY_MS;
    await deliveries.removeEventsBefore(new Date(nowMs - KEEP_DAYS * DAY_MS));
  }
}
