import { expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';

it.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [299, 'delivered'],
  [101, 'refused'],
  [302, 'refused'],
  [400, 'refused'],
  [404, 'refused'],
  [408, 'failed'],
  [410, 'gone'],
  [425, 'failed'],
  [429, 'failed'],
  [500, 'failed'],
  [503, 'failed'],
])('%i means %s', (status, kind) => {
  expect(outcomeOf(status, null)).toMatchObject({ kind, status });
});

it('a redirect says why it counts for nothing', () => {
  expect(outcomeOf(307, null)).toMatchObject({ fault: expect.stringContaining('not followed') });
});
