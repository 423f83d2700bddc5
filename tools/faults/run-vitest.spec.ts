import { expect, it } from 'vitest';
import { runSpecs } from './run-vitest.ts';

it('runs nothing where a row names no spec', async () => {
  expect(await runSpecs([], false)).toEqual({ files: [], broken: [] });
});
