import { parseArgs } from 'node:util';
import { StartFault } from '../supervise/start-fault.ts';

export interface BenchOptions {
  readonly quick: boolean;
  /** Only loads whose name has this in it; all when it is empty. */
  readonly only: string;
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

const ROUNDS_MAX = 20;
const SECONDS_MAX = 3_600;

/** Throws a StartFault with a sentence for whoever typed it. */
export function readBenchOptions(parameters: readonly string[]): BenchOptions {
  const values = valuesOf(parameters);
  const quick = values.quick ?? false;
  return {
    quick,
    only: values.only ?? '',
    rounds: wholeNumber('--rounds', values.rounds ?? (quick ? '1' : '2'), ROUNDS_MAX),
    warmUpMs: quick ? 4_000 : 10_000,
    measureMs: wholeNumber('--seconds', values.seconds ?? (quick ? '4' : '8'), SECONDS_MAX) * 1_000,
  };
}

function valuesOf(parameters: readonly string[]) {
  try {
    const options = {
      quick: { type: 'boolean' },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
    } as const;
    return parseArgs({ args: [...parameters], options }).values;
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message.split('. ', 1)[0] : '';
    const usage = 'npm run bench -- [--quick] [--only NAME] [--rounds N] [--seconds N]';
    throw new StartFault('SETTING_INVALID', `${said}: ${usage}`, { cause: thrown });
  }
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new StartFault('SETTING_INVALID', `${name} must be a number from 1 to ${max}`);
}
