import { ProblemError } from '../problem/problem-error.ts';

export function platformMissing(): ProblemError {
  return new ProblemError('PLATFORM_NOT_FOUND', 'There is no such platform.', { status: 404 });
}
