/**
 * What the fan-out must know of a message, as bits of one number.
 *
 *    bit 0 KEYFRAME             a place to join: a key frame of track 0, with data
 *        1 SEQUENCE_HEADER      a codec configuration, replayed to whoever joins
 *        2 METADATA             colorInfo and the like, replayed too
 *        3 MULTICHANNEL_CONFIG  the speakers of the channels, replayed too
 *        4 END_OF_SEQUENCE      the track ends
 *        5 DISPOSABLE           no other frame refers to it
 *        6 COMMAND              a hint to players (client-side seeking); no media
 *        7 EMPTY                no media at all: silence, no NAL unit, an empty configuration
 *        8 ENHANCED             in the framing of Enhanced RTMP
 *        9 MULTITRACK           with track ids
 *       10 UNKNOWN              a packet type of the future, or a reserved one
 *       11 MALFORMED            cut short, or a size in it lies; no other bit but ENHANCED is set
 *       12 FURTHER              of no track 0: a picture or sound beside the first
 */
export const MediaFlag = {
  KEYFRAME: 1 << 0,
  SEQUENCE_HEADER: 1 << 1,
  METADATA: 1 << 2,
  MULTICHANNEL_CONFIG: 1 << 3,
  END_OF_SEQUENCE: 1 << 4,
  DISPOSABLE: 1 << 5,
  COMMAND: 1 << 6,
  EMPTY: 1 << 7,
  ENHANCED: 1 << 8,
  MULTITRACK: 1 << 9,
  UNKNOWN: 1 << 10,
  MALFORMED: 1 << 11,
  FURTHER: 1 << 12,
} as const;

/** Messages that are kept and replayed before the first frame of whoever joins. */
export const HEADER_FLAGS: number =
  MediaFlag.SEQUENCE_HEADER | MediaFlag.METADATA | MediaFlag.MULTICHANNEL_CONFIG;
