import type { DeliveryRecord, WebhookRecord } from '#persistence';
import type { Delivery, Webhook } from './webhook-bodies.ts';

export function webhookView({ version: _version, ...record }: WebhookRecord): Webhook {
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
