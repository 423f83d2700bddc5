/**
 * What one peer may make a reader hold. The sum: unfinished messages (`partialBytesMax`; their
 * buffers at most twice that, for they double as bytes arrive) and the state of `chunkStreamsMax`
 * chunk streams.
 */
export interface ChunkLimits {
  /** Chunk streams with state. Known encoders use at most 5. */
  readonly chunkStreamsMax: number;
  /** Length of an audio, video or aggregate message. A 4K key frame at 50 Mbit/s has 1 to 3 MB. */
  readonly mediaMessageBytesMax: number;
  /** Length of any other message. Connect commands have less than 2 KB. */
  readonly otherMessageBytesMax: number;
  /** Bytes of all unfinished messages together. */
  readonly partialBytesMax: number;
}

export const CHUNK_LIMITS: ChunkLimits = {
  chunkStreamsMax: 64,
  mediaMessageBytesMax: 8 * 1024 * 1024,
  otherMessageBytesMax: 64 * 1024,
  partialBytesMax: 12 * 1024 * 1024,
};

/** Both directions begin with this chunk size (RTMP 1.0, 5.4.1). */
export const CHUNK_BYTES_INITIAL = 128;
/** Smaller chunks cost the reader more than the peer: nobody sends them in good faith. */
export const CHUNK_BYTES_MIN = 128;
/** Larger sizes mean the same: a message is at most this long. */
export const CHUNK_BYTES_MAX = 0xffffff;

/** In a header's 24-bit time field: the time follows the header in 32 bits. */
export const EXTENDED_TIMESTAMP = 0xffffff;
