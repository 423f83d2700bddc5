import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { sentenceOf } from '#kernel';
import type { Cancel } from '#kernel';
import type { MaintenanceTask } from '#queue';
import type { Resources } from '../resources.ts';
import { DUTIES, RESOURCES } from '../tokens.ts';
import type { Duty } from '../worker-part.ts';

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
    @Inject(DUTIES) private readonly duties: readonly Duty[],
  ) {}

  onApplicationBootstrap(): void {
    this.resources.queues.maintenance.consume((task) => this.#do(task));
    void this.#ensure();
  }

  beforeApplicationShutdown(): void {
    this.#ending = true;
    this.#cancel?.();
  }

  async #do(task: MaintenanceTask): Promise<void> {
    const duty = this.duties.find((each) => each.task === task);
    // A newer version's beat, while versions change: its own workers do it.
    await duty?.run();
  }

  /** Never rejects; goes on until the process ends. */
  async #ensure(): Promise<void> {
    const { logger, queues, timers } = this.resources;
    let nextMs = ENSURE_EVERY_MS;
    try {
      for (const { task, everyMs } of this.duties) {
        await queues.maintenance.ensureSchedule(task, everyMs);
      }
    } catch (thrown) {
      logger.warn({ fault: sentenceOf(thrown) }, 'maintenance cannot be scheduled now');
      nextMs = ENSURE_AGAIN_MS;
    }
    if (!this.#ending) this.#cancel = timers.after(nextMs, () => void this.#ensure());
  }
}
