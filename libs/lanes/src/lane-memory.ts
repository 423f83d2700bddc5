import { CodedError, type Cancel, type Timers } from '#kernel';

/**
 * Bytes of buffers that a lane may hold. Rings are not among them, and destinations are written
 * straight from those: a lane with more has a leak. Node's limit of a heap leaves them out.
 */
export const LANE_BUFFERS_BYTES_MAX = 512 * 1024 * 1024;
/** How often they are looked at. */
export const BUFFERS_LOOK_MS = 1_000;
/** More than that in so many looks in a row is no passing heap of garbage. */
export const BUFFERS_LOOKS_OVER_MAX = 2;

/**
 * Watches the buffers of this thread until the answer is called. Throws from its timer, and so ends
 * the thread, with CodedError `LANE_BUFFERS_LEAK`.
 */
export function watchBuffers(
  timers: Timers,
  bufferBytes: () => number = () => process.memoryUsage().arrayBuffers,
): Cancel {
  let looksOver = 0;
  let cancel: Cancel;
  const lookLater = (): void => {
    cancel = timers.after(BUFFERS_LOOK_MS, () => {
      const bytes = bufferBytes();
      looksOver = bytes > LANE_BUFFERS_BYTES_MAX ? looksOver + 1 : 0;
      if (looksOver > BUFFERS_LOOKS_OVER_MAX) {
        throw new CodedError('LANE_BUFFERS_LEAK', `the lane holds ${bytes} bytes of buffers`);
      }
      lookLater();
    });
  };
  lookLater();
  return () => cancel();
}
