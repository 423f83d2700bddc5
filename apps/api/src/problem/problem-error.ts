import { CodedError } from '#kernel';
import type { FieldFault } from '#contracts';

export interface ProblemOptions {
  readonly status: number;
  /** Which fields of the body or query are at fault. */
  readonly fields?: readonly FieldFault[];
  /** Sent as Retry-After, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * An answer that is a refusal: HTTP status, stable code, one plain sentence for the caller.
 * Everything in it is shown to the caller, so nothing secret goes in but the `cause`, which is only
 * logged.
 */
export class ProblemError extends CodedError {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly fields: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, sentence: string, options: ProblemOptions) {
    super(code, sentence, { cause: options.cause });
    this.status = options.status;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
