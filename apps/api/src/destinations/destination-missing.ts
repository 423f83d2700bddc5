import { ProblemError } from '../problem/problem-error.ts';

export function destinationMissing(): ProblemError {
  return new ProblemError('DESTINATION_NOT_FOUND', 'There is no such destination.', {
    status: 404,
  });
}
