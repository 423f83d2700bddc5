import { CodedError } from '#kernel';

/**
 * LIVE_STORE_UNAVAILABLE: no answer within the deadline, or no connection. The command may still
 * take effect later. LIVE_STORE_REFUSED: Redis answered that it cannot: full, read-only, or loading
 * its data.
 */
export type LiveErrorCode = 'LIVE_STORE_REFUSED' | 'LIVE_STORE_UNAVAILABLE';

export class LiveError extends CodedError<LiveErrorCode> {
  override readonly name = 'LiveError';
}
