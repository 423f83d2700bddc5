/**
 * Thrown when the program itself is wrong. Bytes from the network must never be able to reach one.
 */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** States what the author believes. Stays on in production. */
export function assert(condition: unknown, belief: string): asserts condition {
  if (!condition) throw new AssertionError(belief);
}

/** Ends a switch over a closed union: the compiler refuses it while a case is missing. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable case: ${JSON.stringify(value)}`);
}
