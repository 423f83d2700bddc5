import type { DeliveryRecord, WebhookRecord } from '#persistence';
import type { Delivery, Webhook } from './webhook-bodies.ts';

/** What the schema shows, and the version that becomes its ETag. */
export type WebhookView = Webhook & { readonly version: number };

export function webhookView(record: WebhookRecord): WebhookView {
  return {
    ...record,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

export function deliveryView(record: DeliveryRecord): Delivery {
  const { createdAt: _createdAt, nextTryAt, deliveredAt, ...rest } = record;
  return {
    ...rest,
    nextTryAt: record.state === 'pending' ? nextTryAt.toISOString() : null,
    deliveredAt: deliveredAt?.toISOString() ?? null,
  };
}
