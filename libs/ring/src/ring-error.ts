import { CodedError } from '#kernel';

/** Every way a ring refuses: sentences of one table, codes stable. */
const SENTENCES = {
  RING_MESSAGE_TOO_LARGE: 'The message is larger than a quarter of what the ring may become',
  RING_HEADERS_TOO_LARGE: 'The header messages do not fit the ring’s header block',
  RING_WRITER_SUPERSEDED: 'Another writer has taken over this ring',
} as const;

export type RingErrorCode = keyof typeof SENTENCES;

export class RingError extends CodedError<RingErrorCode> {
  override readonly name = 'RingError';

  constructor(code: RingErrorCode, detail: string) {
    super(code, `${SENTENCES[code]}: ${detail}.`);
  }
}
