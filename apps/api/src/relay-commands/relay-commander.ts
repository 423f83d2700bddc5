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

  /** False when no node owns the stream. Rejects with a CodedError when that cannot be known. */
  abstract endBroadcast(streamId: string): Promise<boolean>;

  /** False when no node owns the stream. Rejects with a CodedError when that cannot be known. */
  abstract retryPush(streamId: string, destinationId: string): Promise<boolean>;
}
