import { z } from 'zod';
import { destinationSchema } from '#contracts';
import type { Destination } from '#contracts';
import type { DestinationRecord } from '#persistence';
import { destinationWarnings, platforms } from '#platforms';

/** The answer to who has just made or changed one. */
export const savedDestinationSchema = destinationSchema
  .extend({
    warnings: z
      .array(z.object({ code: z.string(), message: z.string() }))
      .optional()
      .describe('What to look at, although it was saved; left out where there is nothing.'),
  })
  .meta({ id: 'SavedDestination' });
export type SavedDestination = z.infer<typeof savedDestinationSchema>;

export function destinationView(record: DestinationRecord): Destination {
  return {
    ...record,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

/** @param streamKey where a new one was given: a kept one has been judged before. */
export function savedDestinationView(
  record: DestinationRecord,
  streamKey: string | undefined,
): SavedDestination {
  const { platform, url } = record;
  const judged = { platform, url, ...(streamKey !== undefined && { streamKey }) };
  const warnings = destinationWarnings(judged, platforms);
  return { ...destinationView(record), ...(warnings.length > 0 && { warnings }) };
}
