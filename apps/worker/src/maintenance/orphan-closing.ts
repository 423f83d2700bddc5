import { Inject, Injectable } from '@nestjs/common';
import { PRESENCE_TTL_MS } from '#live';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import type { Duty } from '../worker-part.ts';

/** Between two looks at who is there. */
export const LOOK_AGAIN_MS = PRESENCE_TTL_MS / 2;
/**
 * A node is gone when none of so many looks found it. One or two are not enough: for a few seconds
 * after Redis was emptied, or has come back, living nodes have not announced themselves again, and
 * a Redis that is started anew and anew could be looked at in such seconds alone.
 */
const LOOKS = 7;

/** Ends, in history, the broadcasts and attempts of nodes that will never end them themselves. */
@Injectable()
export class OrphanClosing implements Duty {
  readonly task = 'closeOrphans';
  readonly everyMs = 60_000;

  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  /** Rejects when Redis or Postgres is away at any look: then nobody can say who is gone. */
  async run(): Promise<void> {
    const { clock, database, logger, timers } = this.resources;
    const at = new Date(clock.wallMs());
    let suspects = await this.#absent(await database.system.upkeep.nodesWithOpenHistory());
    for (let look = 1; look < LOOKS; look += 1) {
      if (suspects.length === 0) return;
      await new Promise<void>((resolve) => timers.after(LOOK_AGAIN_MS, resolve));
      suspects = await this.#absent(suspects);
    }
    // One that Redis alone cannot see goes on writing what its broadcasts are like.
    for (const nodeId of await database.system.upkeep.silentSince(suspects, at)) {
      const closed = await database.system.history.closeOrphans(nodeId, at);
      logger.warn({ nodeId, ...closed }, 'a node is gone; what it left open in history was ended');
    }
  }

  async #absent(nodeIds: readonly string[]): Promise<string[]> {
    const present = await this.resources.live.presence.nodes();
    return nodeIds.filter((id) => !present.some(({ nodeId }) => nodeId === id));
  }
}
