import { z } from 'zod';
import { idSchema, timeSchema } from '#contracts';

/** What timelines, webhooks and notices tell. Stable: receivers choose by these words. */
export const EVENT_TYPES = [
  'broadcast.started',
  'broadcast.ended',
  'broadcast.moved',
  'ingest.connected',
  'ingest.lost',
  'ingest.returned',
  'ingest.refused',
  'ingest.switched',
  'ingest.warning',
  'push.live',
  'push.degraded',
  'push.recovered',
  'push.retrying',
  'push.needs_attention',
  'push.stopped',
  'push.warning',
  'operator.action',
  'schedule.fired',
  'schedule.missed',
  'certificate.expiring',
  'webhook.test',
] as const;
export const eventTypeSchema = z.enum(EVENT_TYPES);
export type EventType = (typeof EVENT_TYPES)[number];

/** What an entry of a timeline is about. `action`: somebody asked for it. */
export const timelineKindSchema = z.enum(['broadcast', 'ingest', 'push', 'action']);
export type TimelineKind = z.infer<typeof timelineKindSchema>;

/** What goes out of the house: the payload of the outbox, and `data` of a webhook. */
export const outwardEventSchema = z
  .object({
    id: idSchema,
    /** Grows by one with each event of the workspace, in the order in which they were kept. */
    sequence: z.int(),
    type: eventTypeSchema,
    at: timeSchema,
    workspaceId: idSchema,
    stream: z.object({ id: idSchema, name: z.string() }).nullable(),
    broadcastId: idSchema.nullable(),
    destination: z.object({ id: idSchema, name: z.string(), platform: z.string() }).nullable(),
    /** An incident's code, or a failure's. */
    code: z.string(),
    message: z.string(),
    /** What the platform said, as it said it, without the key. */
    remoteWords: z.string().nullable(),
    /** Who asked for it; null where nobody did. */
    actor: z.string().nullable(),
  })
  .meta({ id: 'OutwardEvent' });
export type OutwardEvent = z.infer<typeof outwardEventSchema>;

/** The body of a webhook, as Standard Webhooks shapes it. */
export const webhookBodySchema = z
  .object({ type: eventTypeSchema, timestamp: timeSchema, data: outwardEventSchema })
  .meta({ id: 'WebhookBody' });
export type WebhookBody = z.infer<typeof webhookBodySchema>;

const TYPE_OF_CODE: Readonly<Record<string, EventType>> = {
  BROADCAST_STARTED: 'broadcast.started',
  BROADCAST_ENDED: 'broadcast.ended',
  BROADCAST_MOVED: 'broadcast.moved',
  RELAY_RESTARTED: 'broadcast.moved',
  ENCODER_LOST: 'ingest.lost',
  ENCODER_FROZEN: 'ingest.lost',
  ENCODER_RETURNED: 'ingest.returned',
  ENCODER_TAKEN_OVER: 'ingest.switched',
  ENCODER_REFUSED: 'ingest.refused',
  ENCODERS_FIGHT: 'ingest.refused',
  ENCODER_QUARANTINED: 'ingest.refused',
  INPUT_STANDBY: 'ingest.connected',
  INPUT_SWITCHED: 'ingest.switched',
  PUSH_LIVE: 'push.live',
  PUSH_DEGRADED: 'push.degraded',
  PUSH_RECOVERED: 'push.recovered',
  PUSH_RESUMED: 'push.recovered',
  PUSH_STOPPED: 'push.stopped',
  PUSH_DRAINING: 'push.warning',
  PUSH_DELAYED: 'push.warning',
  DELAY_SHORTENED: 'push.warning',
  PUSH_BACKUP_URL: 'push.warning',
  PUSH_MAIN_URL: 'push.warning',
  PUSH_WARNING: 'push.warning',
  PUSH_WARNING_OVER: 'push.warning',
  SCHEDULE_FIRED: 'schedule.fired',
  SCHEDULE_MISSED: 'schedule.missed',
  CERTIFICATE_EXPIRING: 'certificate.expiring',
  WEBHOOK_TEST: 'webhook.test',
};

/** Failures that wait for a person; all others are tried again by themselves. */
const NEEDS_A_PERSON: ReadonlySet<string> = new Set([
  'config',
  'rejected',
  'tls',
  'content',
  'limit',
  'fenced',
]);

/**
 * Which type an entry of a timeline goes out as. `failureClass` is that of a push that failed, else
 * null. A code of a later version is a warning of its side.
 */
export function eventTypeOf(code: string, failureClass: string | null): EventType {
  const known = Object.hasOwn(TYPE_OF_CODE, code) ? TYPE_OF_CODE[code] : undefined;
  if (known !== undefined) return known;
  if (failureClass === null) return 'ingest.warning';
  return NEEDS_A_PERSON.has(failureClass) ? 'push.needs_attention' : 'push.retrying';
}
