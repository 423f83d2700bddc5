import { ProblemError } from '../problem/problem-error.ts';

export function streamQuota(max: number): ProblemError {
  const sentence = `This workspace may have ${max} streams, and has them; delete one first.`;
  return new ProblemError('QUOTA_STREAMS', sentence);
}

export function destinationQuota(max: number): ProblemError {
  const sentence = `This workspace may have ${max} destinations, and has them; remove one first.`;
  return new ProblemError('QUOTA_DESTINATIONS', sentence);
}
