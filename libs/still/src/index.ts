/**
 * What a stream shows and sounds like while its encoder is away: real coded pictures and silence.
 * It refuses to decode a picture, to know clocks, rings or sessions, and to throw for any bytes.
 * Parts: makeStill, H.264 (sets, slices, skipped pictures, IDRs, slates), other codecs, silence.
 */
export { isCleanEntry } from './clean-entry.ts';
export { makeStill } from './make-still.ts';
export { SLATE_BYTES_MAX, slateCoding, slateFault } from './slate.ts';
export type { SlateCoding } from './slate.ts';
export type { Still, StillInput, StillMessage } from './still.ts';
