import type { InputRole } from '#contracts';

/**
 * How the API asks relays. A command goes to the node that owns the stream; a stream that no node
 * owns is not live, and there is nothing to command.
 */
export abstract class RelayCommander {
  /**
   * The desired state in Postgres has changed: make it so. Never rejects: relays look for
   * themselves from time to time, so a lost command costs a little delay, and the change stands.
   */
  abstract reconcile(streamId: string): Promise<void>;

  /**
   * A key may be revoked, or a rule have changed: ask again who may publish. Never rejects: relays
   * ask by themselves from time to time.
   */
  abstract checkKeys(streamId: string): Promise<void>;

  /**
   * `cut`: what is buffered for destinations is not played out first.
   * False when no node owns the stream. Rejects with a CodedError when that cannot be known.
   */
  abstract endBroadcast(streamId: string, cut: boolean): Promise<boolean>;

  /** False when no node owns the stream. Rejects with a CodedError when that cannot be known. */
  abstract switchInput(streamId: string, to: InputRole): Promise<boolean>;

  /**
   * Ends a push that is stopped without playing out what is buffered for it.
   * False when no node owns the stream. Rejects with a CodedError when that cannot be known.
   */
  abstract cutPush(streamId: string, destinationId: string): Promise<boolean>;

  /** False when no node owns the stream. Rejects with a CodedError when that cannot be known. */
  abstract retryPush(streamId: string, destinationId: string): Promise<boolean>;
}
