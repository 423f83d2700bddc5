import { parseArgs } from 'node:util';
import { StartFault } from '../supervise/start-fault.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';

export interface BenchOptions {
  readonly quick: boolean;
  /** Names of the loads to run; undefined: all of them. */
  readonly only: readonly ScenarioName[] | undefined;
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
    only: values.only === undefined ? undefined : scenarioNames(values.only),
    rounds: wholeNumber('--rounds', values.rounds ?? (quick ? '1' : '2'), ROUNDS_MAX),
    warmUpMs: quick ? 4_000 : 12_000,
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
    const usage = 'npm run bench -- [--quick] [--only NAMES] [--rounds N] [--seconds N]';
    throw new StartFault('SETTING_INVALID', `${said}: ${usage}`, { cause: thrown });
  }
}

function scenarioNames(text: string): ScenarioName[] {
  const all = SCENARIOS.map(({ name }) => name);
  return text.split(',').map((wanted) => {
    const name = all.find((each) => each === wanted);
    if (name !== undefined) return name;
    const sentence = `--only takes names from this list, with commas: ${all.join(', ')}`;
    throw new StartFault('SETTING_INVALID', sentence);
  });
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new StartFault('SETTING_INVALID', `${name} must be a number from 1 to ${max}`);
}
