/** SoundFormats with a meaning of their own here, FLV 10.1 annex E.4.2.1 and E-RTMP v2. */
export const SoundFormat = { EX_HEADER: 9, AAC: 10 } as const;

/** AudioPacketType, E-RTMP v2. ModEx (7) is spent before a packet has its type. */
export const AudioPacketType = {
  SEQUENCE_START: 0,
  CODED_FRAMES: 1,
  SEQUENCE_END: 2,
  MULTICHANNEL_CONFIG: 4,
  MULTITRACK: 5,
} as const;

/** AACPacketType of legacy audio. */
export const AacPacketType = { SEQUENCE_HEADER: 0, RAW: 1 } as const;

/** Legacy: SoundFormat and its rate, size and type, AACPacketType. */
export const AAC_HEADER_BYTES = 2;
