import { idSchema, timeSchema } from '#contracts';
import { z } from 'zod';

/** Length of a point, in seconds. */
export const resolutionSchema = z.union([z.literal(1), z.literal(10), z.literal(60)]);
export type Resolution = z.infer<typeof resolutionSchema>;

export const statisticsPointSchema = z
  .object({
    at: timeSchema,
    /** Seconds of the point in which it ran. */
    seconds: z.int(),
    kbps: z.object({ avg: z.int(), min: z.int(), max: z.int() }),
    lagMsMax: z.int(),
    /** Frames. */
    dropped: z.int(),
    reconnects: z.int(),
    bytes: z.number(),
  })
  .meta({ id: 'StatisticsPoint' });
export type StatisticsPoint = z.infer<typeof statisticsPointSchema>;

export const statisticsAnswerSchema = z
  .object({
    /** May be coarser than what was asked for: fine points are kept for a short time only. */
    resolution: resolutionSchema,
    from: timeSchema,
    to: timeSchema,
    series: z.array(
      z.object({
        /** Null: the encoder. */
        destinationId: idSchema.nullable(),
        name: z.string().nullable(),
        points: z.array(statisticsPointSchema),
      }),
    ),
  })
  .meta({ id: 'StatisticsAnswer' });
export type StatisticsAnswer = z.infer<typeof statisticsAnswerSchema>;
