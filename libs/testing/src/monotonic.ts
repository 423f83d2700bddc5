const MS_PER_SECOND = 1_000;
const NS_PER_MS = 1_000_000;

/** The kernel's monotonic clock in milliseconds: the same in every process of this machine. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * MS_PER_SECOND + nanoseconds / NS_PER_MS;
}
