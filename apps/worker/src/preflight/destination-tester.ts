import type { PreflightResult } from '#contracts';

/** Connects to a destination as a push would, without publishing, and tells how far it got. */
export abstract class DestinationTester {
  /**
   * Within 20 s, so that whoever asked still waits. What the destination did wrong is in the
   * result; a rejection means that the test itself could not be made.
   */
  abstract test(destinationId: string): Promise<PreflightResult>;
}
