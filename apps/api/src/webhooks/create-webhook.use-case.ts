import { Inject, Injectable } from '@nestjs/common';
import type { CreateWebhookBody } from '#control';
import { newSigningSecret } from '#https-call';
import { newId } from '#persistence';
import type { WorkspaceDatabase } from '#persistence';
import { MasterKey, sealKey } from '#vault';
import { ProblemError } from '../problem/problem-error.ts';
import type { WebhookWithSecret } from './webhook-bodies.ts';
import { checkStream } from './webhook-refusals.ts';
import { WebhookTarget } from './webhook-target.ts';
import { webhookView, type WebhookView } from './webhook-view.ts';

/** Webhooks of a workspace at most, and of those the ones that send mail. */
export const WEBHOOKS_MAX = { all: 50, email: 10 } as const;

@Injectable()
export class CreateWebhook {
  constructor(
    @Inject(WebhookTarget) private readonly target: WebhookTarget,
    @Inject(MasterKey) private readonly masterKey: MasterKey,
  ) {}

  async run(
    workspace: WorkspaceDatabase,
    body: CreateWebhookBody,
  ): Promise<WebhookView & WebhookWithSecret> {
    const { url, email, ...settings } = body;
    await checkStream(workspace, settings.streamId);
    const id = newId();
    const target = await this.target.seal(id, settings.format, { url, email });
    if (target === undefined) throw new ProblemError('VALIDATION_FAILED');
    const secret = settings.format === 'standard' ? newSigningSecret() : null;
    const created = await workspace.webhooks.create(
      {
        ...settings,
        ...target,
        id,
        secretSealed: secret && sealKey(this.masterKey, `${id}:secret`, secret),
      },
      WEBHOOKS_MAX,
    );
    if (created === undefined) throw limitReached();
    return { ...webhookView(created), secret: secret?.reveal() ?? null };
  }
}

function limitReached(): ProblemError {
  const { all, email } = WEBHOOKS_MAX;
  return new ProblemError(
    'WEBHOOK_LIMIT',
    `A workspace can have ${all} webhooks, ${email} of them by e-mail; remove one first.`,
  );
}
