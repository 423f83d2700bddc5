import type { Provider, Type } from '@nestjs/common';
import type { MaintenanceTask } from '#queue';

/** What is to be done again and again, once per beat among all workers. */
export interface Duty {
  readonly task: MaintenanceTask;
  readonly everyMs: number;
  /** Rejects when it could not be done now; the next beat does it again. */
  run(): Promise<void>;
}

/** What a folder of the worker adds to it. Duties are providers too. */
export interface WorkerPart {
  readonly providers: readonly Provider[];
  readonly duties: readonly Type<Duty>[];
}
