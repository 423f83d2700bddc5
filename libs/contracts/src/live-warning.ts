import { z } from 'zod';
import { idSchema, timeSchema } from './scalars.ts';

/** What will bite an enabled destination, as measured while live or as it is set up. */
export const liveWarningSchema = z
  .object({
    code: z.enum([
      'CODEC_UNSUPPORTED',
      'BITRATE_HIGH',
      'AUDIO_BITRATE_HIGH',
      'RESOLUTION_HIGH',
      'FRAME_RATE_HIGH',
      'KEYFRAMES_FAR_APART',
      'AUDIO_MISSING',
      'AUDIO_CODEC_UNSUPPORTED',
      'B_FRAMES',
      'DUPLICATE_KEY',
      'UPLINK_SHORT',
      'OUT_QUOTA_NEAR',
      'LOOP',
      'DURATION_NEAR',
    ]),
    message: z.string(),
    limit: z.union([z.number(), z.string()]).nullable(),
    measured: z.union([z.number(), z.string()]).nullable(),
    /** Whom it will bite. */
    destinationIds: z.array(idSchema),
    sinceAt: timeSchema,
  })
  .meta({ id: 'LiveWarning' });
export type LiveWarning = z.infer<typeof liveWarningSchema>;
