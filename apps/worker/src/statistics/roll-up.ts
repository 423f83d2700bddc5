import { Inject, Injectable } from '@nestjs/common';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import type { Duty } from '../worker-part.ts';

/**
 * Keeps figures small: notes the most that was sent at once, and removes seconds and tens that are
 * too old. Coarser figures need no making: they are written with the seconds.
 */
@Injectable()
export class RollUp implements Duty {
  readonly task = 'rollUp';
  readonly everyMs = 60_000;

  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  async run(): Promise<void> {
    const { clock, database, logger } = this.resources;
    const now = new Date(clock.wallMs());
    await database.system.statistics.notePeaks(now);
    const removed = await database.system.statistics.removeFine(now);
    if (removed.seconds + removed.tens > 0) logger.debug({ ...removed }, 'figures were rolled up');
  }
}
