/** Why the header of a message body cannot be followed to its end. Stable: counted and shown. */
export type MediaFault =
  | 'BODY_TRUNCATED'
  | 'MOD_EX_TOO_MANY'
  | 'MULTITRACK_NESTED'
  | 'TRACK_SIZE_PAST_END'
  | 'TRACKS_TOO_MANY';

/** Modifiers in front of one packet. One kind is defined so far; an endless chain is an attack. */
export const MOD_EX_MAX = 8;

/** Tracks in one message. The largest ladders of today have six. */
export const TRACKS_MAX = 16;
