import { describe, expect, it } from 'vitest';
import { seededRandom } from '#testing';
import { findOf } from '../../tools/fuzz/find.ts';
import { minimise } from '../../tools/fuzz/minimise.ts';
import { mutate } from '../../tools/fuzz/mutate.ts';
import { runTarget } from '../../tools/fuzz/run-target.ts';
import { PLANTED } from './planted.fixture.ts';

const MODULE = new URL('./planted.fixture.ts', import.meta.url).href;

const STUCK_MS = 2000;
/** A second of work, which on a busy machine is many. */
const BUSY = { timeout: 90_000 };

async function run(target: string, seed: number, inputsMax: number) {
  const finds: { readonly what: string; readonly input: Buffer }[] = [];
  const order = { module: MODULE, target, seed, inputsMax, findsMax: 1, msMax: 60_000, inputs: [] };
  const account = await runTarget(
    order,
    {
      onFind: ({ what }, input) => finds.push({ what, input }),
      onKept: () => undefined,
    },
    STUCK_MS,
  );
  return { finds, account };
}

describe('the fuzzer', () => {
  it('finds what is hidden behind three comparisons, a length and a sum', BUSY, async () => {
    const { finds, account } = await run(PLANTED, 8, 100_000);
    expect(finds.map(({ what }) => what)).toEqual(['rangeerror-planted-fixture-planted']);
    expect(finds[0]?.input.toString('latin1')).toMatch(/^FLV/);
    expect(account.blocks).toBeGreaterThan(5);
  });

  it('finds nothing of the kind when nothing guides it', () => {
    const random = seededRandom(7);
    const stock = { words: [], other: Buffer.alloc(4), bytesMax: 64 };
    const isDeep = Array.from({ length: 60_000 }, () => mutate(Buffer.alloc(4), random, stock));
    expect(isDeep.filter((input) => input.toString('latin1').startsWith('FLV'))).toEqual([]);
  });

  it('ends an input that does not end, and keeps it', async () => {
    const { finds, account } = await run('endless', 1, 100);
    expect(account.cut?.what).toBe('hang');
    expect(finds.map(({ what, input }) => [what, [...input]])).toEqual([['hang', [1]]]);
  });

  it('makes the same inputs of the same seed', () => {
    const inputs = (seed: number): string[] => {
      const random = seededRandom(seed);
      const stock = { words: [Buffer.from('word')], other: Buffer.from('other'), bytesMax: 32 };
      return Array.from({ length: 50 }, () =>
        mutate(Buffer.from('input'), random, stock).toString('hex'),
      );
    };
    expect(inputs(3)).toEqual(inputs(3));
    expect(inputs(3)).not.toEqual(inputs(4));
  });
});

describe('a find', () => {
  it('is as small as it can be made', async () => {
    const input = Buffer.from('some words, then BOOM, and some more');
    const smallest = await minimise(input, (each) => Promise.resolve(each.includes('BOOM')));
    expect(smallest.toString()).toBe('BOOM');
  });

  it('has a name without the numbers and quotes of its message', () => {
    expect(findOf(new TypeError('at 17 of "key"')).what).toBe('typeerror-engine-spec-at');
  });
});
