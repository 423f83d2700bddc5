import { Inject, Injectable } from '@nestjs/common';
import { newSigningSecret } from '#https-call';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { MasterKey, sealKey } from '#vault';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { WebhookWithSecret } from './webhook-bodies.ts';
import { webhookMissing, webhookOf } from './webhook-refusals.ts';
import { webhookView, type WebhookView } from './webhook-view.ts';

const SECOND_MS = 1_000;

@Injectable()
export class RotateWebhookSecret {
  constructor(
    @Inject(MasterKey) private readonly masterKey: MasterKey,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Both secrets sign until the overlap is over. */
  async run(
    workspace: WorkspaceDatabase,
    id: string,
    overlapSeconds: number,
  ): Promise<WebhookView & WebhookWithSecret> {
    const { format } = await webhookOf(workspace, id);
    if (format !== 'standard') throw new ProblemError('WEBHOOK_NOT_SIGNED');
    const secret = newSigningSecret();
    const changed = await workspace.webhooks.rotateSecret(
      id,
      sealKey(this.masterKey, `${id}:secret`, secret),
      new Date(this.clock.wallMs() + overlapSeconds * SECOND_MS),
    );
    if (changed === undefined) throw webhookMissing();
    return { ...webhookView(changed), secret: secret.reveal() };
  }
}
