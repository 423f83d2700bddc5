import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cursorQuerySchema, pageSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import { createWebhookBodySchema, webhookSchema } from '#control';
import type { CreateWebhookBody } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { IfMatch, Tagged } from '../web/etag.ts';
import { ChangeWebhook } from './change-webhook.use-case.ts';
import { CreateWebhook } from './create-webhook.use-case.ts';
import { changeWebhookBodySchema, webhookWithSecretSchema } from './webhook-bodies.ts';
import type { ChangeWebhookBody } from './webhook-bodies.ts';
import { WEBHOOK_REFUSALS, webhookMissing, webhookOf } from './webhook-refusals.ts';
import { webhookView } from './webhook-view.ts';

/** Who is told what happens. What can be done with one: WebhookActionsController. */
@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    @Inject(CreateWebhook) private readonly createWebhook: CreateWebhook,
    @Inject(ChangeWebhook) private readonly changeWebhook: ChangeWebhook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Requires('webhooks:manage')
  @Post()
  @Tagged()
  @Answers(201, webhookWithSecretSchema)
  @Refuses(422, WEBHOOK_REFUSALS)
  create(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Body({ schema: createWebhookBodySchema }) body: CreateWebhookBody,
  ) {
    return this.createWebhook.run(workspace, body);
  }

  @Requires('webhooks:manage')
  @Get()
  @Answers(200, pageSchema(webhookSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    const page = await workspace.webhooks.page(query);
    return { ...page, items: page.items.map(webhookView) };
  }

  @Requires('webhooks:manage')
  @Get(':id')
  @Tagged()
  @Answers(200, webhookSchema)
  async read(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    return webhookView(await webhookOf(workspace, id));
  }

  @Requires('webhooks:manage')
  @Patch(':id')
  @Tagged()
  @Answers(200, webhookSchema)
  @Refuses(422, WEBHOOK_REFUSALS)
  change(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: changeWebhookBodySchema }) body: ChangeWebhookBody,
    @IfMatch() version: number | undefined,
  ) {
    return this.changeWebhook.run(workspace, id, body, version);
  }

  /** What waits for it is given up; target and secret are wiped. */
  @Requires('webhooks:manage')
  @Delete(':id')
  @AnswersNothing()
  async remove(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
  ) {
    const removed = await workspace.webhooks.remove(id, new Date(this.clock.wallMs()), version);
    if (!removed) throw webhookMissing();
  }
}
