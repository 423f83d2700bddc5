import { isDeepStrictEqual } from 'node:util';
import { CodedError } from '#kernel';

/** Why an input is a find, though nothing of ours threw. */
export class JudgedError extends Error {
  override readonly name = 'JudgedError';
}

export function must(condition: unknown, promise: string): asserts condition {
  if (condition !== true) throw new JudgedError(promise);
}

export function mustEqual(one: unknown, other: unknown, promise: string): void {
  if (!isDeepStrictEqual(one, other)) throw new JudgedError(promise);
}

/**
 * The code with which it refused; undefined where it did not. Whatever else it throws is a find, as
 * is a secret in its words.
 */
export function refusalOf(act: () => void, secret = ''): string | undefined {
  try {
    act();
  } catch (thrown) {
    return codeOf(thrown, secret);
  }
  return undefined;
}

/** Of what was thrown, when it is of ours; else it is thrown again. */
export function codeOf(thrown: unknown, secret = ''): string {
  if (!(thrown instanceof CodedError)) throw thrown;
  const refusal = thrown as CodedError;
  mustHide(refusal.message, secret, 'a refusal repeats no secret');
  return refusal.code;
}

export function mustHide(text: string, secret: string, promise: string): void {
  must(secret === '' || !text.includes(secret), promise);
}
