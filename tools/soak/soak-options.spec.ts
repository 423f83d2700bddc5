import { describe, expect, it } from 'vitest';
import { readSoakOptions } from './soak-options.ts';

const read = (...parameters: string[]) => readSoakOptions(parameters, '/repository');

describe('the options of a soak', () => {
  it('are an hour with seed 1, told in docs/soak, when nothing is said', () => {
    expect(read()).toEqual({ durationMs: 3_600_000, seed: 1, out: '/repository/docs/soak' });
  });

  it('add hours and minutes', () => {
    expect(read('--hours', '2', '--minutes', '30', '--seed', '7').durationMs).toBe(9_000_000);
    expect(read('--minutes', '3')).toMatchObject({ durationMs: 180_000 });
    expect(read('--hours', '1')).toMatchObject({ durationMs: 3_600_000 });
  });

  it.each([
    [['--minutes', '0'], 'from 1 minute'],
    [['--hours', '169'], '--hours must be a number from 0 to 168'],
    [['--hours', '168', '--minutes', '1'], 'from 1 minute to 7 days'],
    [['--seed', '0'], '--seed must be'],
    [['--minutes', 'three'], '--minutes must be'],
    [['--days', '1'], 'npm run soak'],
  ])('refuse %j in a sentence', (parameters, sentence) => {
    expect(() => read(...parameters)).toThrow(sentence);
  });
});
