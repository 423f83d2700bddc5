import { Inject, Injectable } from '@nestjs/common';
import { sentenceOf, type Clock } from '#kernel';
import type { Logger } from '#observability';
import type { DeliveryRecord, WorkspaceDatabase } from '#persistence';
import type { Queues } from '#queue';
import { CLOCK, LOGGER, QUEUES } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { Delivery } from './webhook-bodies.ts';
import { webhookMissing, webhookOf } from './webhook-refusals.ts';
import { deliveryView } from './webhook-view.ts';

/** Tells an endpoint something now: a test, or again what it was told, or should have been. */
@Injectable()
export class TellWebhook {
  constructor(
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async test(workspace: WorkspaceDatabase, id: string, actor: string): Promise<Delivery> {
    if (!(await webhookOf(workspace, id)).enabled) throw new ProblemError('WEBHOOK_OFF');
    const delivery = await workspace.webhooks.tellTest(id, actor, this.now());
    if (delivery === undefined) throw webhookMissing();
    await this.ask(delivery);
    return deliveryView(delivery);
  }

  async replay(workspace: WorkspaceDatabase, id: string, deliveryId: string): Promise<Delivery> {
    await webhookOf(workspace, id);
    const delivery = await workspace.webhooks.replay(id, deliveryId, this.now());
    if (delivery === undefined) throw new ProblemError('DELIVERY_NOT_FOUND');
    await this.ask(delivery);
    return deliveryView(delivery);
  }

  /** How many wait anew; the sweep asks for them. */
  async replayDead(workspace: WorkspaceDatabase, id: string, since: Date): Promise<number> {
    await webhookOf(workspace, id);
    return workspace.webhooks.replayDead(id, since, this.now());
  }

  /** Without Redis the sweep of a worker asks for it. */
  private async ask({ id, tries }: DeliveryRecord): Promise<void> {
    try {
      await this.queues.deliveries.request([{ id, tries, delayMs: 0 }]);
    } catch (thrown) {
      this.logger.warn({ fault: sentenceOf(thrown) }, 'a delivery could not be asked for now');
    }
  }

  private now(): Date {
    return new Date(this.clock.wallMs());
  }
}
