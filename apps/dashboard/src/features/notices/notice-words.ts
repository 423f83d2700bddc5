import type { EventType, WebhookFormat } from '#control';

export const formatWords: readonly (readonly [WebhookFormat, string])[] = [
  ['discord', 'Discord'],
  ['slack', 'Slack'],
  ['email', 'E-mail'],
  ['standard', 'Webhook, for programs'],
];

/** What a person is asked about; `isUsual`: ticked from the start. */
export const kindWords: readonly {
  readonly kind: EventType;
  readonly words: string;
  readonly isUsual: boolean;
}[] = [
  { kind: 'push.needs_attention', words: 'A destination waits for you', isUsual: true },
  { kind: 'push.retrying', words: 'A destination was lost', isUsual: true },
  { kind: 'push.live', words: 'A destination is live', isUsual: false },
  { kind: 'push.stopped', words: 'A destination was stopped', isUsual: false },
  { kind: 'push.warning', words: 'Something will bite a destination', isUsual: false },
  { kind: 'ingest.lost', words: 'The encoder is gone', isUsual: true },
  { kind: 'ingest.returned', words: 'The encoder is back', isUsual: false },
  { kind: 'ingest.refused', words: 'An encoder was refused', isUsual: false },
  { kind: 'broadcast.started', words: 'A broadcast began', isUsual: false },
  { kind: 'broadcast.ended', words: 'A broadcast ended', isUsual: true },
  { kind: 'schedule.missed', words: 'A schedule was missed', isUsual: true },
  { kind: 'certificate.expiring', words: 'A certificate ends soon', isUsual: true },
];
