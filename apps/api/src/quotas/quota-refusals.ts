import { ProblemError } from '../problem/problem-error.ts';

export function streamQuota(max: number): ProblemError {
  const sentence = `This workspace's limit is reached (streams: ${max}); delete one first.`;
  return new ProblemError('QUOTA_STREAMS', sentence);
}

export function destinationQuota(max: number): ProblemError {
  const sentence = `This workspace's limit is reached (destinations: ${max}); remove one first.`;
  return new ProblemError('QUOTA_DESTINATIONS', sentence);
}
