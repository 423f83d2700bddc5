import { Inject, Injectable } from '@nestjs/common';
import { nextOccurrence } from '#control';
import { sentenceOf } from '#kernel';
import type { StandingEdge } from '#persistence';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';

/** An edge that nobody was there for is made up for so long; then it is told as missed. */
export const MISSED_AFTER_MS = 10 * 60_000;

/** Starts and stops by the clock. */
@Injectable()
export class ScheduleDesk {
  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  /**
   * Acts on an edge if it is due and nobody else has. Rejects when Postgres is away, or Redis where
   * a broadcast is to be ended: then it stays due.
   */
  async come(edgeId: string): Promise<void> {
    const { clock, database } = this.resources;
    const { scheduleEdges } = database.system;
    const edge = await scheduleEdges.find(edgeId);
    const nowMs = clock.wallMs();
    if (edge === undefined || edge.nextDueAt.getTime() > nowMs) return;
    const nextMs = nextOccurrence(edge, edge.offsetMinutes, nowMs);
    const next = nextMs === null ? null : new Date(nextMs);
    if (nowMs - edge.nextDueAt.getTime() > MISSED_AFTER_MS) {
      if (await scheduleEdges.pass(edge, next)) await this.#tell(edge, 'SCHEDULE_MISSED');
      return;
    }
    const acted = await scheduleEdges.act(edge, next, new Date(nowMs), () =>
      this.#endBroadcast(edge.streamId),
    );
    if (!acted) return;
    await this.#reconcile(edge.streamId);
    if (edge.destinationId !== null) this.#tellPages(edge);
    await this.#tell(edge, 'SCHEDULE_FIRED');
  }

  /** What no node owns is not live. */
  async #endBroadcast(streamId: string): Promise<void> {
    const { live, queues } = this.resources;
    const owner = await live.ownership.ownerOf(streamId);
    if (owner === undefined) return;
    await queues.relayCommands.send(owner, { kind: 'endBroadcast', streamId });
  }

  /** Never rejects: relays look for themselves from time to time. */
  async #reconcile(streamId: string): Promise<void> {
    const { live, logger, queues } = this.resources;
    try {
      const owner = await live.ownership.ownerOf(streamId);
      if (owner !== undefined) {
        await queues.relayCommands.send(owner, { kind: 'reconcile', streamId });
      }
    } catch (thrown) {
      const fault = sentenceOf(thrown);
      logger.warn({ streamId, fault }, 'a relay was not told of a schedule; it will see by itself');
    }
  }

  /** Without Redis nobody looks; a page reads anew when it is back. */
  #tellPages({ workspaceId, streamId }: StandingEdge): void {
    const { clock, live } = this.resources;
    const at = new Date(clock.wallMs()).toISOString();
    const what = 'destinations';
    live.events
      .appendEvent({ type: 'stream.changed', workspaceId, streamId, what, at })
      .catch(() => undefined);
  }

  async #tell(edge: StandingEdge, code: 'SCHEDULE_FIRED' | 'SCHEDULE_MISSED'): Promise<void> {
    const { clock, database, logger } = this.resources;
    const { workspaceId, streamId, destinationId, scheduleId, scheduleName } = edge;
    const message = messageOf(edge, code);
    const at = new Date(clock.wallMs());
    const actor = `schedule ${scheduleName}`;
    const about = { workspaceId, streamId, broadcastId: null, code, message, actor, at };
    await database.system.history.recordAction(
      destinationId === null ? about : { ...about, destinationId },
    );
    await database.system.audit.write({
      workspaceId,
      at,
      actorKind: 'schedule',
      actorId: scheduleId,
      actorName: scheduleName,
      action: code === 'SCHEDULE_FIRED' ? `schedule.${edge.kind}` : 'schedule.miss',
      targetKind: destinationId === null ? 'stream' : 'destination',
      targetId: destinationId ?? streamId,
      targetName: null,
      address: null,
      requestId: null,
      detail: { dueAt: edge.nextDueAt.toISOString() },
    });
    logger.info({ scheduleId, streamId, destinationId, code }, message);
  }
}

function messageOf(edge: StandingEdge, code: 'SCHEDULE_FIRED' | 'SCHEDULE_MISSED'): string {
  const deed = deedOf(edge);
  if (code === 'SCHEDULE_FIRED') return `The schedule "${edge.scheduleName}" ${deed}.`;
  const dueAt = `${edge.nextDueAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return (
    `The schedule "${edge.scheduleName}" was missed: nobody was there at ${dueAt}, ` +
    `when it would have ${deed}. Do it by hand if it is still wanted.`
  );
}

function deedOf({ destinationId, kind }: StandingEdge): string {
  if (destinationId === null) return 'ended the broadcast';
  return kind === 'start' ? 'started the destination' : 'stopped the destination';
}
