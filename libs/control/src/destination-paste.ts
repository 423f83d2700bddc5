import { z } from 'zod';

const platformIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a platform id');

/** A server URL of 2048 characters, a key of 1024, and the words around them. */
export const PASTE_CHARACTERS_MAX = 4096;

export const parseDestinationBodySchema = z
  .strictObject({
    text: z.string().min(1).max(PASTE_CHARACTERS_MAX).describe('What was copied, as it is.'),
    platform: platformIdSchema
      .optional()
      .describe('The platform chosen already; it decides where a host belongs to several.'),
  })
  .meta({
    id: 'ParseDestinationBody',
    examples: [{ text: 'Server: rtmps://live.example.com/app\nStream key: abcd-1234?token=5678' }],
  });
export type ParseDestinationBody = z.infer<typeof parseDestinationBodySchema>;

/** What was pasted, cut into what a destination is made of. */
export const destinationSplitSchema = z
  .object({
    /** Guessed by the host; `custom` where it is of no platform that is known. */
    platform: platformIdSchema,
    scheme: z.enum(['rtmp', 'rtmps']),
    /** A name or an address, without brackets. */
    host: z.string(),
    port: z.int(),
    /** What `connect` asks for, its query included. */
    app: z.string(),
    /** The server URL to store: scheme, host and port as typed, and the app. */
    url: z.string(),
    /** A second server URL in the paste, where it is known to be the platform's backup. */
    backupUrl: z.string().nullable(),
    /** What `publish` asks for: byte for byte as it was pasted. */
    streamKey: z.string(),
    /** What to look at before it is saved. */
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'DestinationSplit' });
export type DestinationSplit = z.infer<typeof destinationSplitSchema>;
