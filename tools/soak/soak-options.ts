import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartFault } from '../supervise/start-fault.ts';

export interface SoakOptions {
  readonly durationMs: number;
  readonly seed: number;
  /** Where the report goes. */
  readonly out: string;
}

const USAGE = 'npm run soak -- [--hours N] [--minutes M] [--seed S] [--out FOLDER]';
const MINUTE_MS = 60_000;
const MINUTES_MAX = 7 * 24 * 60;
const SEED_MAX = 2 ** 31 - 1;

/** An hour when nothing is said. Throws a StartFault with a sentence for whoever typed it. */
export function readSoakOptions(parameters: readonly string[], repository: string): SoakOptions {
  const { hours, minutes, seed, out } = valuesOf(parameters);
  const isSilent = hours === undefined && minutes === undefined;
  const whole = isSilent ? 60 : wholeNumber('--hours', hours ?? '0', 0, MINUTES_MAX / 60) * 60;
  const total = whole + wholeNumber('--minutes', minutes ?? '0', 0, MINUTES_MAX);
  if (total < 1 || total > MINUTES_MAX) {
    throw new StartFault('SETTING_INVALID', `a soak takes from 1 minute to 7 days: ${USAGE}`);
  }
  return {
    durationMs: total * MINUTE_MS,
    seed: wholeNumber('--seed', seed ?? '1', 1, SEED_MAX),
    out: resolve(out ?? join(repository, 'docs', 'soak')),
  };
}

function valuesOf(parameters: readonly string[]) {
  try {
    const options = {
      hours: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
    } as const;
    return parseArgs({ args: [...parameters], options }).values;
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message.split('. ', 1)[0] : '';
    throw new StartFault('SETTING_INVALID', `${said}: ${USAGE}`, { cause: thrown });
  }
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new StartFault('SETTING_INVALID', `${name} must be a number from ${min} to ${max}`);
}
