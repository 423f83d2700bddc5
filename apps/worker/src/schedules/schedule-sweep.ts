import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { sentenceOf } from '#kernel';
import type { StandingEdge } from '#persistence';
import { OwnBeat } from '../own-beat.ts';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import { edgeTiming } from './edge-timing.ts';
import { ScheduleDesk } from './schedule-desk.ts';

/** With an emptied Redis an edge comes this late at worst. */
const EVERY_MS = 15_000;
/** What is once is made a job when it is near. */
const ONCE_AHEAD_MS = 24 * 3_600_000;

/** Sees to it that every edge comes up: by BullMQ's beats, and by itself where those were lost. */
@Injectable()
export class ScheduleSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #beat: OwnBeat;

  constructor(
    @Inject(RESOURCES) private readonly resources: Resources,
    @Inject(ScheduleDesk) private readonly desk: ScheduleDesk,
  ) {
    this.#beat = new OwnBeat(resources, {
      everyMs: EVERY_MS,
      fault: 'schedules cannot be looked after now',
      run: () => this.run(),
    });
  }

  onApplicationBootstrap(): void {
    this.resources.queues.scheduleEdges.consume((edgeId) => this.desk.come(edgeId));
    this.#beat.start();
  }

  beforeApplicationShutdown(): void {
    this.#beat.end();
  }

  /** Rejects when Redis or Postgres is away; what is overdue is done without Redis, too. */
  async run(): Promise<void> {
    const { clock, database, queues } = this.resources;
    const edges = await database.system.scheduleEdges.standing();
    const nowMs = clock.wallMs();
    for (const { id, nextDueAt } of edges) {
      if (nextDueAt.getTime() > nowMs) break;
      await this.#come(id);
    }
    const wanted = edges.filter((edge) => isWanted(edge, nowMs)).map(edgeTiming);
    await queues.scheduleEdges.agree(wanted, nowMs);
  }

  /** One that cannot be done now keeps none of the others waiting. */
  async #come(edgeId: string): Promise<void> {
    try {
      await this.desk.come(edgeId);
    } catch (thrown) {
      this.resources.logger.warn({ edgeId, fault: sentenceOf(thrown) }, 'an edge stays due');
    }
  }
}

function isWanted({ recurrence, nextDueAt }: StandingEdge, nowMs: number): boolean {
  return recurrence.kind === 'weekly' || nextDueAt.getTime() - nowMs < ONCE_AHEAD_MS;
}
