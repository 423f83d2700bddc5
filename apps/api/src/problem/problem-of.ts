import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { isProblemCode, type ProblemCode } from '#control';
import { CodedError } from '#kernel';
import { ProblemError } from './problem-error.ts';

/** Faults of the rooms below that a caller may be told of. All others are ours alone. */
const KNOWN_FAULTS: ReadonlySet<string> = new Set<ProblemCode>([
  'DATABASE_UNAVAILABLE',
  'LIVE_STORE_UNAVAILABLE',
  'LIVE_STORE_REFUSED',
  'QUEUE_UNAVAILABLE',
  'QUEUE_ANSWER_LATE',
  'QUEUE_JOB_FAILED',
  'ROW_EXISTS',
  'CURSOR_INVALID',
]);

/** What the body parser calls its refusals. */
const BODY_FAULTS: Readonly<Record<string, ProblemCode>> = {
  'entity.too.large': 'BODY_TOO_LARGE',
  'entity.parse.failed': 'BODY_NOT_JSON',
  'encoding.unsupported': 'BODY_ENCODING_UNKNOWN',
  'charset.unsupported': 'BODY_CHARSET_UNKNOWN',
};

const STATUS_FAULTS: Readonly<Record<number, ProblemCode>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
};

/**
 * Whatever was thrown, as an answer. What is not known to be fit for the caller becomes
 * INTERNAL_FAULT.
 */
export function problemErrorOf(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof CodedError) return knownFault(String(thrown.code), thrown);
  const status = statusOf(thrown);
  if (status === undefined || status >= 500) return internalFault(thrown);
  const code = BODY_FAULTS[typeOf(thrown)] ?? STATUS_FAULTS[status];
  if (code !== undefined) return new ProblemError(code, undefined, { status, cause: thrown });
  const sentence = `${STATUS_CODES[status] ?? 'Refused'}.`;
  return new ProblemError('REQUEST_REFUSED', sentence, { status, cause: thrown });
}

function knownFault(code: string, cause: unknown): ProblemError {
  if (code === 'VERSION_OTHER') return new ProblemError('PRECONDITION_FAILED');
  const isKnown = KNOWN_FAULTS.has(code) && isProblemCode(code);
  return isKnown ? new ProblemError(code, undefined, { cause }) : internalFault(cause);
}

function internalFault(cause: unknown): ProblemError {
  return new ProblemError('INTERNAL_FAULT', undefined, { cause });
}

/** The status that the framework or the body parser gave an error of theirs. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = propertyOf(thrown, 'status');
  return typeof status === 'number' && status >= 400 && status < 600 ? status : undefined;
}

function typeOf(thrown: unknown): string {
  const type = propertyOf(thrown, 'type');
  return typeof type === 'string' ? type : '';
}

function propertyOf(thrown: unknown, name: string): unknown {
  return thrown instanceof Error && name in thrown ? Reflect.get(thrown, name) : undefined;
}
