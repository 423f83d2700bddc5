import { z } from 'zod';

/** Of an uploaded picture: 5 MiB. */
export const SLATE_UPLOAD_BYTES_MAX = 5 * 1_024 * 1_024;
/** Of each of its sides: what a decoder must make room for. */
export const SLATE_SIDE_PIXELS_MAX = 8_192;

/** What a stream shows while its encoder is away. */
export const slateSchema = z
  .object({
    /** Of the picture's bytes, hex. */
    sha256: z.string(),
    mime: z.enum(['image/png', 'image/jpeg']),
    bytes: z.int(),
    width: z.int(),
    height: z.int(),
  })
  .meta({ id: 'Slate' });
export type Slate = z.infer<typeof slateSchema>;
