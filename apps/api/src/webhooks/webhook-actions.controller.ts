import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { pageSchema } from '#contracts';
import { deliverySchema } from '#control';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentPrincipal, CurrentWorkspace } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { Tagged } from '../web/etag.ts';
import { RotateWebhookSecret } from './rotate-webhook-secret.use-case.ts';
import { TellWebhook } from './tell-webhook.use-case.ts';
import {
  deliveriesQuerySchema,
  replayAnswerSchema,
  replayBodySchema,
  rotateSecretBodySchema,
  webhookWithSecretSchema,
} from './webhook-bodies.ts';
import type { DeliveriesQuery, ReplayBody, RotateSecretBody } from './webhook-bodies.ts';
import { webhookOf } from './webhook-refusals.ts';
import { deliveryView } from './webhook-view.ts';

/** What can be done with a webhook, and what became of each event that it was owed. */
@ApiTags('webhooks')
@Controller('webhooks/:id')
export class WebhookActionsController {
  constructor(
    @Inject(TellWebhook) private readonly tellWebhook: TellWebhook,
    @Inject(RotateWebhookSecret) private readonly rotateSecret: RotateWebhookSecret,
  ) {}

  /** Sends an event of the type webhook.test to this endpoint alone. */
  @Requires('webhooks:manage')
  @Post('test')
  @Answers(202, deliverySchema)
  @Refuses(409, { WEBHOOK_OFF: 'The webhook is off; turn it on first.' })
  test(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ) {
    return this.tellWebhook.test(workspace, id, principal.name);
  }

  @Requires('webhooks:manage')
  @Post('rotate-secret')
  @Tagged()
  @Answers(200, webhookWithSecretSchema)
  @Refuses(409, { WEBHOOK_NOT_SIGNED: 'Only webhooks of the format standard are signed.' })
  rotate(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: rotateSecretBodySchema }) { overlapSeconds }: RotateSecretBody,
  ) {
    return this.rotateSecret.run(workspace, id, overlapSeconds);
  }

  /** Newest first. */
  @Requires('webhooks:manage')
  @Get('deliveries')
  @Answers(200, pageSchema(deliverySchema))
  async deliveries(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Query({ schema: deliveriesQuerySchema }) query: DeliveriesQuery,
  ) {
    await webhookOf(workspace, id);
    const page = await workspace.webhooks.deliveries(id, query);
    return { ...page, items: page.items.map(deliveryView) };
  }

  /** Sends one event again, under the same `webhook-id`. */
  @Requires('webhooks:manage')
  @Post('deliveries/:deliveryId/replay')
  @Answers(202, deliverySchema)
  replayOne(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
  ) {
    return this.tellWebhook.replay(workspace, id, deliveryId);
  }

  /** Sends all events again that were given up. */
  @Requires('webhooks:manage')
  @Post('replay')
  @Answers(202, replayAnswerSchema)
  async replay(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: replayBodySchema }) { since }: ReplayBody,
  ) {
    return { replayed: await this.tellWebhook.replayDead(workspace, id, new Date(since)) };
  }
}
