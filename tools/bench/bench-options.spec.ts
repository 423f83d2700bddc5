import { describe, expect, it } from 'vitest';
import { readBenchOptions } from './bench-options.ts';

describe('the options of the benchmark', () => {
  it('measure everything, in two rounds, unless told otherwise', () => {
    expect(readBenchOptions([])).toMatchObject({ quick: false, only: undefined, rounds: 2 });
    expect(readBenchOptions(['--quick'])).toMatchObject({ quick: true, rounds: 1 });
    const chosen = readBenchOptions([
      '--only',
      '1×3 RTMP,100×3 RTMP',
      '--rounds',
      '20',
      '--seconds',
      '3600',
    ]);
    expect(chosen).toMatchObject({
      only: ['1×3 RTMP', '100×3 RTMP'],
      rounds: 20,
      measureMs: 3_600_000,
    });
  });

  it.each([
    [['--rounds', '0'], '--rounds must be a number from 1 to 20'],
    [['--rounds', '21'], '--rounds must be a number from 1 to 20'],
    [['--seconds', '3601'], '--seconds must be a number from 1 to 3600'],
    [['--seconds', 'ten'], '--seconds must be a number'],
    [['--only', '1×4 RTMP'], '--only takes names from this list, with commas: 1×3 RTMP,'],
    [['--fast'], "Unknown option '--fast': npm run bench -- [--quick]"],
  ])('%j is refused in a sentence', (parameters, sentence) => {
    expect(() => readBenchOptions(parameters)).toThrow(sentence);
  });
});
