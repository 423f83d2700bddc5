import { Module } from '@nestjs/common';
import { AddressGuardModule } from '../infrastructure/address-guard.module.ts';
import { ChangeWebhook } from './change-webhook.use-case.ts';
import { CreateWebhook } from './create-webhook.use-case.ts';
import { RotateWebhookSecret } from './rotate-webhook-secret.use-case.ts';
import { TellWebhook } from './tell-webhook.use-case.ts';
import { WebhookActionsController } from './webhook-actions.controller.ts';
import { WebhookTarget } from './webhook-target.ts';
import { WebhooksController } from './webhooks.controller.ts';

/** Who is told what happens, and whether they heard it. */
@Module({
  imports: [AddressGuardModule],
  controllers: [WebhooksController, WebhookActionsController],
  providers: [CreateWebhook, ChangeWebhook, RotateWebhookSecret, TellWebhook, WebhookTarget],
})
export class WebhooksModule {}
