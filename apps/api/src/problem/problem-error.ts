import type { FieldFault } from '#contracts';
import { isProblemCode, PROBLEM_CODES, type ProblemCode } from '#control';
import { CodedError } from '#kernel';

export interface ProblemOptions {
  /** Where it is not the one of the table. */
  readonly status?: number;
  /** Which fields of the body or query are at fault. */
  readonly fields?: readonly FieldFault[];
  /** Sent as Retry-After, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * An answer that is a refusal: HTTP status, stable code, one plain sentence for the caller. Status
 * and sentence are those of the table of #control, unless a place knows more. Everything in it is
 * shown to the caller, so nothing secret goes in but the `cause`, which is only logged.
 */
export class ProblemError extends CodedError {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly fields: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, sentence?: string, options: ProblemOptions = {}) {
    super(code, sentence ?? PROBLEM_CODES[code].sentence, { cause: options.cause });
    this.status = options.status ?? PROBLEM_CODES[code].status;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The refusal of a body in which these fields are at fault; its code is that of the first. */
export function fieldsAtFault(fields: readonly [FieldFault, ...FieldFault[]]): ProblemError {
  const [{ code, message }] = fields;
  return new ProblemError(isProblemCode(code) ? code : 'VALIDATION_FAILED', message, {
    status: 422,
    fields,
  });
}
