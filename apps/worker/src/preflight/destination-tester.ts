import type { PreflightResult } from '#contracts';

/** Connects to a destination as a push would, and tells how far it got. */
export abstract class DestinationTester {
  /**
   * Within 23 s, so that whoever asked still waits. Publishes nothing unless `publish` asks for the
   * platform's own private test. What the destination did wrong is in the result; a rejection means
   * that the test itself could not be made.
   */
  abstract test(destinationId: string, publish: boolean): Promise<PreflightResult>;
}
