import { ProblemError } from '../problem/problem-error.ts';

export function streamMissing(): ProblemError {
  return new ProblemError('STREAM_NOT_FOUND', 'There is no such stream.', { status: 404 });
}

export function streamNotLive(): ProblemError {
  return new ProblemError('STREAM_NOT_LIVE', 'The stream is not live.', { status: 409 });
}

export function slateMissing(): ProblemError {
  return new ProblemError('SLATE_NOT_FOUND', 'The stream has no slate.', { status: 404 });
}
