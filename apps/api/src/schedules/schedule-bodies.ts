import { z } from 'zod';
import { createScheduleBodySchema } from '#control';

const { shape } = createScheduleBodySchema;

/** What is left out stays. */
export const changeScheduleBodySchema = z
  .strictObject({
    name: shape.name.optional(),
    timeZone: shape.timeZone.optional(),
    recurrence: shape.recurrence.optional(),
    startsAt: shape.startsAt.optional(),
    durationMinutes: shape.durationMinutes.optional(),
    endBroadcast: z.boolean().optional(),
    enabled: z.boolean().optional(),
    destinations: shape.destinations.unwrap().optional(),
  })
  .meta({ id: 'ChangeScheduleBody', examples: [{ startsAt: '21:00', durationMinutes: 60 }] });
export type ChangeScheduleBody = z.infer<typeof changeScheduleBodySchema>;
