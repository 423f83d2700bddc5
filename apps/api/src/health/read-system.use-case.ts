import { Inject, Injectable } from '@nestjs/common';
import { systemTimers, type Clock } from '#kernel';
import type { Live, NodePresence } from '#live';
import { Database } from '#persistence';
import type { Queues } from '#queue';
import type { ApiEnvironment } from '../env.ts';
import { CLOCK, ENVIRONMENT, LIVE, QUEUES } from '../infrastructure/tokens.ts';
import { nodeView } from '../nodes/node-view.ts';
import { lookAt, PART_MS_MAX, type Look } from './look.ts';
import type { SystemView } from './system-view.ts';

/** How what this Forkcast leans on is. */
@Injectable()
export class ReadSystem {
  private readonly startedAt: string;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LIVE) private readonly live: Live,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.startedAt = new Date(clock.wallMs()).toISOString();
  }

  /** Never rejects: what is away is said to be away. */
  async run(): Promise<SystemView> {
    const [postgres, redis, { nodes, queues }] = await Promise.all([
      this.postgres(),
      this.redis(),
      this.relaysAndQueues(),
    ]);
    const nowMs = this.clock.wallMs();
    return {
      startedAt: this.startedAt,
      postgres,
      redis,
      queues,
      mail: { isConfigured: this.environment.SMTP_URL !== undefined },
      certificates: nodes.flatMap((node) => {
        const { id: nodeId, certificate } = nodeView(node, nowMs);
        return certificate === null ? [] : [{ nodeId, ...certificate }];
      }),
    };
  }

  private async postgres(): Promise<SystemView['postgres']> {
    const ping = await this.look(() => this.database.ping(PART_MS_MAX));
    const more = ping.ok
      ? await this.look(() =>
          Promise.all([this.database.sizeBytes(), this.database.pendingMigrations()]),
        )
      : undefined;
    const [sizeBytes = null, pending = null] = more?.value ?? [];
    const pendingMigrations = pending === null ? null : [...pending];
    return { ...said(more?.ok === false ? more : ping), sizeBytes, pendingMigrations };
  }

  private async redis(): Promise<SystemView['redis']> {
    const look = await this.look(() => this.live.memory());
    const { usedBytes = null, maxBytes = null } = look.value ?? {};
    return { ...said(look), usedBytes, maxBytes };
  }

  /** Each relay has a queue of its own. */
  private async relaysAndQueues(): Promise<{
    readonly nodes: readonly NodePresence[];
    readonly queues: SystemView['queues'];
  }> {
    const nodes = (await this.look(() => this.live.presence.nodes())).value ?? [];
    const look = await this.look(() => this.queues.figures(nodes.map(({ nodeId }) => nodeId)));
    return { nodes, queues: { ...said(look), items: look.value ?? [] } };
  }

  private look<Value>(ask: () => Promise<Value>): Promise<Look<Value>> {
    return lookAt(ask, { clock: this.clock, timers: systemTimers });
  }
}

function said({ ok, ms, detail }: Look<unknown>) {
  return { ok, ms, detail };
}
