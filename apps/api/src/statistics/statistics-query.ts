import { z } from 'zod';
import { idSchema, timeSchema } from '#contracts';
import type { Resolution } from '#control';
import { SECONDS_KEPT_S, STATISTICS_POINTS_MAX, TENS_KEPT_S } from '#persistence';
import type { BroadcastRecord, StatisticsQuery } from '#persistence';

const RESOLUTIONS: readonly Resolution[] = [1, 10, 60];

export const statisticsQuerySchema = z.object({
  destinationId: idSchema
    .or(z.literal('ingest'))
    .optional()
    .describe('Of one destination, or of the encoder alone.'),
  resolution: z
    .enum(['1', '10', '60'])
    .optional()
    .describe('Seconds of a point; without it, as fine as fits into one answer.'),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});
export type StatisticsAsked = z.infer<typeof statisticsQuerySchema>;

/**
 * What is read for what was asked: within the broadcast, no finer than is kept, and no more than
 * one answer holds, counted from the beginning.
 */
export function statisticsQueryOf(
  asked: StatisticsAsked,
  broadcast: Pick<BroadcastRecord, 'startedAt' | 'endedAt'>,
  nowMs: number,
): StatisticsQuery {
  const startMs = broadcast.startedAt.getTime();
  const endMs = Math.max(startMs, broadcast.endedAt?.getTime() ?? nowMs) + 1;
  const within = (time: string | undefined, otherwiseMs: number): number =>
    Math.min(endMs, Math.max(startMs, time === undefined ? otherwiseMs : Date.parse(time)));
  const fromMs = within(asked.from, startMs);
  const toMs = Math.max(fromMs, within(asked.to, endMs));
  const wanted = RESOLUTIONS.find((one) => String(one) === asked.resolution);
  const fits = RESOLUTIONS.find((one) => (toMs - fromMs) / 1_000 <= one * STATISTICS_POINTS_MAX);
  const resolution = finestKept(wanted ?? fits ?? 60, nowMs - fromMs);
  const stepMs = resolution * 1_000;
  const firstMs = Math.floor(fromMs / stepMs) * stepMs;
  const lastMs = Math.min(toMs, firstMs + stepMs * STATISTICS_POINTS_MAX);
  const { destinationId } = asked;
  return {
    resolution,
    from: new Date(firstMs),
    to: new Date(lastMs),
    destinationId: destinationId === 'ingest' ? null : destinationId,
  };
}

function finestKept(wanted: Resolution, ageMs: number): Resolution {
  if (ageMs > TENS_KEPT_S * 1_000) return 60;
  return ageMs > SECONDS_KEPT_S * 1_000 && wanted === 1 ? 10 : wanted;
}
