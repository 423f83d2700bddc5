import { Inject, Injectable } from '@nestjs/common';
import { SESSION_IDLE_MS } from '#persistence';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import type { Duty } from '../worker-part.ts';

const DAY_MS = 86_400_000;
/** Who did what is asked long after. */
const AUDIT_DAYS_MIN = 365;
/** The API forgets them after a day. */
const IDEMPOTENCY_DAYS = 2;
/** Events that went out, for whoever wants them sent again. */
const OUTBOX_DAYS = 30;

/** Removes what is older than anyone asked to keep. */
@Injectable()
export class Retention implements Duty {
  readonly task = 'retention';
  readonly everyMs = 6 * 3_600_000;

  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  async run(): Promise<void> {
    const { database, environment, logger } = this.resources;
    const history = await database.system.upkeep.removeHistoryBefore(
      this.#daysAgo(environment.FORKCAST_RETENTION_DAYS),
    );
    const sessions = await database.system.sessions.removeEnded(
      this.#daysAgo(0),
      new Date(this.resources.clock.wallMs() - SESSION_IDLE_MS),
    );
    const answers = await database.system.idempotency.removeOlderThan(
      this.#daysAgo(IDEMPOTENCY_DAYS),
    );
    const outbox = await database.system.upkeep.removeOutboxBefore(this.#daysAgo(OUTBOX_DAYS));
    const audit = await database.system.audit.removeBefore(
      this.#daysAgo(Math.max(AUDIT_DAYS_MIN, environment.FORKCAST_RETENTION_DAYS)),
    );
    logger.info({ ...history, sessions, answers, outbox, audit }, 'retention');
  }

  #daysAgo(days: number): Date {
    return new Date(this.resources.clock.wallMs() - days * DAY_MS);
  }
}
