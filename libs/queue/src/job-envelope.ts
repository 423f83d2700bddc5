import { UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import type { ZodType } from 'zod';
import type { Clock } from '#kernel';

/** What every job's data looks like. */
const envelopeSchema = z.object({
  /**
   * Milliseconds since 1970 after which the job must not be done any more; null: always worth
   * doing.
   */
  expiresAtWallMs: z.number().nullable(),
  payload: z.unknown(),
});
export type JobEnvelope = z.infer<typeof envelopeSchema>;

/**
 * Opens a job's data. What is misshapen or stale will not get better by trying again, so it fails
 * for good.
 */
export function openEnvelope<Payload>(
  schema: ZodType<Payload>,
  data: unknown,
  clock: Clock,
): Payload {
  const envelope = envelopeSchema.safeParse(data);
  if (!envelope.success) throw new UnrecoverableError('the job is not in an envelope of ours');
  const { expiresAtWallMs, payload } = envelope.data;
  if (expiresAtWallMs !== null && clock.wallMs() > expiresAtWallMs) {
    throw new UnrecoverableError('the job came too late to be done');
  }
  const parsed = schema.safeParse(payload);
  if (!parsed.success) {
    throw new UnrecoverableError(
      `the job's payload is misshapen: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
