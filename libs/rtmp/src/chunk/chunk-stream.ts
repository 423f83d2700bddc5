const NOTHING = Buffer.alloc(0);

/** What the headers of one chunk stream lean on, and its message in progress. */
export class ChunkStream {
  readonly id: number;
  /** Of the message begun last; 32-bit unsigned, wraps. */
  timestampMs = 0;
  /** What a message begun without a header adds to the timestamp. */
  deltaMs = 0;
  length = 0;
  type = 0;
  messageStreamId = 0;
  /** Whether the last header with a time field carried an extended timestamp, and which. */
  isExtended = false;
  extendedTime = 0;
  /** Its first `filled` bytes are of the message in progress; kept between messages. */
  partial: Buffer = NOTHING;
  filled = 0;

  constructor(id: number) {
    this.id = id;
  }

  /** Bytes of memory given back. */
  releasePartial(): number {
    const held = this.partial.length;
    this.partial = NOTHING;
    return held;
  }
}
