import type { EventType, WebhookFormat } from '#control';
import type { DeliveryState } from '../../lib/outward-api.ts';

export const formatWords: readonly (readonly [WebhookFormat, string])[] = [
  ['discord', 'Discord'],
  ['slack', 'Slack'],
  ['email', 'E-mail'],
  ['standard', 'Webhook, for programs'],
];

export function formatWordsOf(format: WebhookFormat): string {
  return formatWords.find(([one]) => one === format)?.[1] ?? format;
}

/** What happened, or will be told of. */
export const eventWords: Readonly<Record<EventType, string>> = {
  'push.needs_attention': 'A destination waits for you',
  'push.retrying': 'A destination was lost',
  'push.live': 'A destination is live',
  'push.degraded': 'A destination is slow',
  'push.recovered': 'A destination is well again',
  'push.stopped': 'A destination was stopped',
  'push.warning': 'Something will bite a destination',
  'ingest.connected': 'A second encoder stands by',
  'ingest.lost': 'The encoder is gone',
  'ingest.returned': 'The encoder is back',
  'ingest.refused': 'An encoder was refused',
  'ingest.switched': 'The other encoder is on air',
  'ingest.warning': 'Something is wrong with the encoder',
  'broadcast.started': 'A broadcast began',
  'broadcast.ended': 'A broadcast ended',
  'broadcast.moved': 'A broadcast went on elsewhere',
  'operator.action': 'Somebody did something',
  'schedule.fired': 'A schedule was kept',
  'schedule.missed': 'A schedule was missed',
  'certificate.expiring': 'A certificate ends soon',
  'webhook.test': 'A test',
};

/** What a person is asked about, in this order; the rest is for programs, by the API. */
export const askedKinds: readonly EventType[] = [
  'push.needs_attention',
  'push.retrying',
  'push.live',
  'push.stopped',
  'push.warning',
  'ingest.lost',
  'ingest.returned',
  'ingest.refused',
  'broadcast.started',
  'broadcast.ended',
  'schedule.missed',
  'certificate.expiring',
];

/** Ticked from the start. */
export const usualKinds: readonly EventType[] = [
  'push.needs_attention',
  'push.retrying',
  'ingest.lost',
  'broadcast.ended',
  'schedule.missed',
  'certificate.expiring',
];

export const stateWords: Readonly<
  Record<DeliveryState, { readonly words: string; readonly tone: 'good' | 'busy' | 'bad' }>
> = {
  delivered: { words: 'Arrived', tone: 'good' },
  pending: { words: 'Waits', tone: 'busy' },
  dead: { words: 'Given up', tone: 'bad' },
};
