import type { WebhookRecord, WorkspaceDatabase } from '#persistence';
import { ProblemError } from '../problem/problem-error.ts';
import { streamMissing } from '../streams/stream-missing.ts';

/** For the OpenAPI document: why a webhook that is well formed can be refused all the same. */
export const WEBHOOK_REFUSALS: Readonly<Record<string, string>> = {
  WEBHOOK_URL_FORBIDDEN: 'This address is private; webhooks do not go there.',
  WEBHOOK_URL_NOT_HTTPS: 'The URL must begin with https://.',
  WEBHOOK_URL_INVALID: 'This is not a URL; it must begin with https://.',
};

export function webhookMissing(): ProblemError {
  return new ProblemError('WEBHOOK_NOT_FOUND');
}

/** Rejects with WEBHOOK_NOT_FOUND. */
export async function webhookOf(workspace: WorkspaceDatabase, id: string): Promise<WebhookRecord> {
  const found = await workspace.webhooks.find(id);
  if (found === undefined) throw webhookMissing();
  return found;
}

/** Rejects with STREAM_NOT_FOUND for a stream that is not the workspace's. */
export async function checkStream(
  workspace: WorkspaceDatabase,
  streamId: string | null | undefined,
): Promise<void> {
  if (streamId === null || streamId === undefined) return;
  if ((await workspace.streams.find(streamId)) === undefined) throw streamMissing();
}
