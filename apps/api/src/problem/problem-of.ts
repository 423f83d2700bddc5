import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { CodedError } from '#kernel';
import { ProblemError } from './problem-error.ts';

/** Faults of the rooms below that a caller may be told of, and how. All others are ours alone. */
const KNOWN_FAULTS: Readonly<Record<string, { status: number; sentence: string }>> = {
  DATABASE_UNAVAILABLE: { status: 503, sentence: 'The database does not answer; try again soon.' },
  LIVE_STORE_UNAVAILABLE: { status: 503, sentence: 'Redis does not answer; try again soon.' },
  LIVE_STORE_REFUSED: { status: 503, sentence: 'Redis takes no more data; it may be full.' },
  QUEUE_UNAVAILABLE: { status: 503, sentence: 'Redis does not answer; try again soon.' },
  QUEUE_ANSWER_LATE: { status: 504, sentence: 'Nobody did the work in time; try again.' },
  QUEUE_JOB_FAILED: { status: 502, sentence: 'The work could not be done; try again.' },
  ROW_EXISTS: { status: 409, sentence: 'This already exists.' },
  CURSOR_INVALID: { status: 400, sentence: 'The cursor is none that a page before gave.' },
};

/** What the body parser calls its refusals. */
const BODY_FAULTS: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  'entity.too.large': ['BODY_TOO_LARGE', 'The body is larger than 256 KiB.'],
  'entity.parse.failed': ['BODY_NOT_JSON', 'The body is not JSON.'],
  'encoding.unsupported': ['BODY_ENCODING_UNKNOWN', 'The encoding of the body is not known here.'],
  'charset.unsupported': ['BODY_CHARSET_UNKNOWN', 'The body must be UTF-8.'],
};

const STATUS_FAULTS: Readonly<Record<number, readonly [code: string, sentence: string]>> = {
  400: ['BAD_REQUEST', 'The request cannot be understood.'],
  404: ['NOT_FOUND', 'There is nothing here.'],
  405: ['METHOD_NOT_ALLOWED', 'This cannot be done here.'],
  413: ['BODY_TOO_LARGE', 'The body is larger than 256 KiB.'],
  429: ['TOO_MANY_REQUESTS', 'Too many requests; wait a little.'],
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
  const [code, sentence] = BODY_FAULTS[typeOf(thrown)] ??
    STATUS_FAULTS[status] ?? ['REQUEST_REFUSED', `${STATUS_CODES[status] ?? 'Refused'}.`];
  return new ProblemError(code, sentence, { status, cause: thrown });
}

function knownFault(code: string, cause: unknown): ProblemError {
  const known = KNOWN_FAULTS[code];
  if (known === undefined) return internalFault(cause);
  return new ProblemError(code, known.sentence, { status: known.status, cause });
}

function internalFault(cause: unknown): ProblemError {
  const sentence = 'Something went wrong here; the log of the server says what.';
  return new ProblemError('INTERNAL_FAULT', sentence, { status: 500, cause });
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
