import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { sentenceOf } from '#kernel';
import type { Cancel } from '#kernel';
import { MAINTENANCE_TASKS } from '#queue';
import type { MaintenanceTask } from '#queue';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import { OrphanClosing } from './orphan-closing.ts';
import { Retention } from './retention.ts';

const EVERY_MS: Readonly<Record<MaintenanceTask, number>> = {
  retention: 6 * 3_600_000,
  closeOrphans: 60_000,
};
/** An emptied Redis has forgotten the beats for this long at most. */
const ENSURE_EVERY_MS = 60_000;
/** While Redis does not answer. */
const ENSURE_AGAIN_MS = 2000;

/** Does what is due, once among all workers, and sees to it that it becomes due. */
@Injectable()
export class MaintenanceBeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #cancel: Cancel | undefined;
  #ending = false;

  constructor(
    @Inject(RESOURCES) private readonly resources: Resources,
    @Inject(Retention) private readonly retention: Retention,
    @Inject(OrphanClosing) private readonly orphanClosing: OrphanClosing,
  ) {}

  onApplicationBootstrap(): void {
    this.resources.queues.maintenance.consume((task) => this.#do(task));
    void this.#ensure();
  }

  beforeApplicationShutdown(): void {
    this.#ending = true;
    this.#cancel?.();
  }

  #do(task: MaintenanceTask): Promise<void> {
    switch (task) {
      case 'retention':
        return this.retention.run();
      case 'closeOrphans':
        return this.orphanClosing.run();
    }
  }

  /** Never rejects; goes on until the process ends. */
  async #ensure(): Promise<void> {
    const { logger, queues, timers } = this.resources;
    let nextMs = ENSURE_EVERY_MS;
    try {
      for (const task of MAINTENANCE_TASKS) {
        await queues.maintenance.ensureSchedule(task, EVERY_MS[task]);
      }
    } catch (thrown) {
      logger.warn({ fault: sentenceOf(thrown) }, 'maintenance cannot be scheduled now');
      nextMs = ENSURE_AGAIN_MS;
    }
    if (!this.#ending) this.#cancel = timers.after(nextMs, () => void this.#ensure());
  }
}
