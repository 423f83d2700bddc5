import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CLOCK } from '../infrastructure/tokens.ts';
import { definedOf } from '../web/defined-of.ts';
import type { ChangeWebhookBody } from './webhook-bodies.ts';
import { checkStream, webhookMissing, webhookOf } from './webhook-refusals.ts';
import { WebhookTarget } from './webhook-target.ts';
import { webhookView, type WebhookView } from './webhook-view.ts';

/** What waits for it is tried at once. */
@Injectable()
export class ChangeWebhook {
  constructor(
    @Inject(WebhookTarget) private readonly target: WebhookTarget,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(
    workspace: WorkspaceDatabase,
    id: string,
    body: ChangeWebhookBody,
    version: number | undefined,
  ): Promise<WebhookView> {
    const { url, email, ...settings } = body;
    const { format } = await webhookOf(workspace, id);
    await checkStream(workspace, settings.streamId);
    const target = await this.target.seal(id, format, { url, email });
    const changed = await workspace.webhooks.change(
      id,
      { ...definedOf(settings), ...target },
      new Date(this.clock.wallMs()),
      version,
    );
    if (changed === undefined) throw webhookMissing();
    return webhookView(changed);
  }
}
