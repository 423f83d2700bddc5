import { idSchema, nameSchema, timeSchema } from '#contracts';
import { z } from 'zod';

/** The longest window: a week. */
export const SCHEDULE_MINUTES_MAX = 10_080;

const minutes = z.int().min(0).max(SCHEDULE_MINUTES_MAX);

const recurrenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once'), date: z.iso.date() }),
  z.strictObject({
    kind: z.literal('weekly'),
    /** 0 is Monday. */
    weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
  }),
]);
export type Recurrence = z.infer<typeof recurrenceSchema>;

/** A destination within the window, in minutes from the window's start. */
const scheduledDestinationSchema = z.strictObject({
  destinationId: idSchema,
  startOffsetMinutes: minutes,
  stopOffsetMinutes: minutes,
});
export type ScheduledDestination = z.infer<typeof scheduledDestinationSchema>;

/** Where nothing is said, it runs for the whole window. */
const wantedDestinationSchema = scheduledDestinationSchema.extend({
  startOffsetMinutes: minutes.default(0),
  stopOffsetMinutes: minutes.optional(),
});
const wantedDestinations = z.array(wantedDestinationSchema).max(500);

const settings = {
  name: nameSchema,
  /** IANA name, such as Europe/Berlin. */
  timeZone: z.string().min(1).max(64),
  recurrence: recurrenceSchema,
  /** Local time of the zone, HH:MM. */
  startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 20:15'),
  durationMinutes: z.int().min(1).max(SCHEDULE_MINUTES_MAX),
  /** Whether the broadcast is ended with the window. */
  endBroadcast: z.boolean(),
  enabled: z.boolean(),
  destinations: z.array(scheduledDestinationSchema).max(500),
};

export const createScheduleBodySchema = z
  .strictObject({
    ...settings,
    endBroadcast: settings.endBroadcast.default(false),
    enabled: settings.enabled.default(true),
    destinations: wantedDestinations.default([]),
  })
  .meta({
    id: 'CreateScheduleBody',
    examples: [
      {
        name: 'Friday show',
        timeZone: 'Europe/Berlin',
        recurrence: { kind: 'weekly', weekdays: [4] },
        startsAt: '20:15',
        durationMinutes: 90,
      },
    ],
  });
export type CreateScheduleBody = z.infer<typeof createScheduleBodySchema>;

export const scheduleSchema = z
  .object({
    ...settings,
    // What stands there may be of a time that took line breaks.
    name: z.string(),
    id: idSchema,
    streamId: idSchema,
    nextStartAt: timeSchema.nullable(),
    nextStopAt: timeSchema.nullable(),
    lastFiredAt: timeSchema.nullable(),
  })
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof scheduleSchema>;
