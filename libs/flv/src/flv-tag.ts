/** TagType, FLV 10.1 annex E.4.1; the same numbers as RTMP message types. */
export const TagType = { AUDIO: 8, VIDEO: 9, SCRIPT: 18 } as const;

export interface FlvTag {
  /** A `TagType`; other numbers are reserved, and left to the caller to skip. */
  readonly type: number;
  /** 32 bits, unsigned. */
  readonly timestampMs: number;
  readonly body: Uint8Array;
}

/** "FLV", version, which kinds of tag there are, length of the header. */
export const FILE_HEADER_BYTES = 9;

/**
 *      0      type: reserved 2, encrypted 1, TagType 5
 *      1..3   length of the body
 *      4..6   timestamp, low 24 bits
 *      7      timestamp, high 8 bits
 *      8..10  stream id, 0
 */
export const TAG_HEADER_BYTES = 11;

/** Behind each tag, and before the first: the length of the tag before, header and all. */
export const BACK_POINTER_BYTES = 4;

/** One frame of the largest pictures has some 3 MiB. */
export const TAG_BODY_BYTES_MAX = 10 * 1024 * 1024;

/** The header's length is written in it, that it might grow; it never has. */
export const FILE_HEADER_BYTES_MAX = 1024;
