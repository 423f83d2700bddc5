import { describe, expect, it } from 'vitest';
import { problemFrom } from './api-problem.ts';
import { withProblem } from './resource.ts';

describe('a resource whose reload failed', () => {
  const problem = problemFrom(new Error('no answer'));

  it('keeps what was read last, and says what went wrong', () => {
    expect(withProblem({ kind: 'ready', value: 7 }, problem)).toEqual({
      kind: 'ready',
      value: 7,
      problem,
    });
  });

  it('is failed when nothing was read before', () => {
    expect(withProblem({ kind: 'loading' }, problem)).toEqual({ kind: 'failed', problem });
    const other = problemFrom(new Error('other'));
    expect(withProblem({ kind: 'failed', problem: other }, problem)).toEqual({
      kind: 'failed',
      problem,
    });
  });
});
