import { Inject, Injectable } from '@nestjs/common';
import { PRESENCE_TTL_MS } from '#live';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import type { Duty } from '../worker-part.ts';

/**
 * A node is gone when it was absent twice, this far apart: long enough for every living node to
 * announce itself again after Redis was emptied.
 */
export const CONFIRM_AFTER_MS = 3 * PRESENCE_TTL_MS;

/** Ends, in history, the broadcasts and attempts of nodes that will never end them themselves. */
@Injectable()
export class OrphanClosing implements Duty {
  readonly task = 'closeOrphans';
  readonly everyMs = 60_000;

  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  /** Rejects when Redis or Postgres is away: then nobody can say who is gone. */
  async run(): Promise<void> {
    const { clock, database, logger, timers } = this.resources;
    const at = new Date(clock.wallMs());
    const suspects = await this.#absent(await database.upkeep.nodesWithOpenHistory());
    if (suspects.length === 0) return;
    await new Promise<void>((resolve) => timers.after(CONFIRM_AFTER_MS, resolve));
    for (const nodeId of await this.#absent(suspects)) {
      const closed = await database.history.closeOrphans(nodeId, at);
      logger.warn({ nodeId, ...closed }, 'a node is gone; what it left open in history was ended');
    }
  }

  async #absent(nodeIds: readonly string[]): Promise<string[]> {
    const present = await this.resources.live.presence.nodes();
    return nodeIds.filter((id) => !present.some(({ nodeId }) => nodeId === id));
  }
}
