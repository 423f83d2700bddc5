import { Prisma } from './generated/client.ts';
import { PersistenceError } from './persistence-error.ts';

/** SQLSTATE classes that mean "not now": connection, resources, operator, system (appendix A). */
const UNAVAILABLE_STATE = /^(?:08|53|57|58)[0-9A-Z]{3}$/;
/** Prisma: cannot connect (P1…), no connection in time (P2024), no transaction in time (P2028). */
const UNAVAILABLE_CODE = /^(?:P1\d{3}|P2024|P2028)$/;
/** The adapter's own words for the same, which are all that a raw query tells. */
const UNAVAILABLE_KINDS: ReadonlySet<string> = new Set([
  'AuthenticationFailed',
  'ConnectionClosed',
  'DatabaseAccessDenied',
  'DatabaseDoesNotExist',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
]);
/** What pg and its pool say, as plain errors without a code, when a deadline or a socket ends. */
const UNAVAILABLE_SENTENCE =
  /^(?:Query read timeout|Connection terminated|timeout exceeded when trying to connect)/;

/**
 * What a caller is told about a rejection: away, taken, or, for all else, the fault itself, which
 * is then ours.
 */
export function codedFault(thrown: unknown): unknown {
  if (thrown instanceof PersistenceError) return thrown;
  if (thrown instanceof Prisma.PrismaClientKnownRequestError && thrown.code === 'P2002') {
    return new PersistenceError('ROW_EXISTS', 'This already exists.', { cause: thrown });
  }
  return isUnavailable(thrown) ? unavailable(thrown) : thrown;
}

export function unavailable(cause: unknown): PersistenceError {
  return new PersistenceError('DATABASE_UNAVAILABLE', 'The database does not answer.', { cause });
}

function isUnavailable(thrown: unknown): boolean {
  if (thrown instanceof Prisma.PrismaClientKnownRequestError) {
    return UNAVAILABLE_CODE.test(thrown.code) || adapterSaysAway(thrown);
  }
  if (thrown instanceof Prisma.PrismaClientInitializationError) return true;
  return thrown instanceof Error && UNAVAILABLE_SENTENCE.test(thrown.message);
}

function adapterSaysAway({ meta }: Prisma.PrismaClientKnownRequestError): boolean {
  const fault = meta?.['driverAdapterError'];
  const cause: unknown = fault instanceof Error ? fault.cause : undefined;
  if (typeof cause !== 'object' || cause === null) return false;
  if ('kind' in cause && UNAVAILABLE_KINDS.has(String(cause.kind))) return true;
  return 'originalCode' in cause && UNAVAILABLE_STATE.test(String(cause.originalCode));
}
