import { parseArgs } from 'node:util';
import { sentenceOf } from '#kernel';
import { StartFault } from '../supervise/start-fault.ts';

const SECONDS_DEFAULT = 30;
const SECONDS_MAX = 86_400;

/**
 * How long the demo runs: `--seconds N`; without it 30 s, or in a terminal until Ctrl-C
 * (undefined).
 */
export function readDemoSeconds(
  parameters: readonly string[],
  hasTerminal: boolean,
): number | undefined {
  const text = secondsOption(parameters);
  if (text === undefined) return hasTerminal ? undefined : SECONDS_DEFAULT;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= SECONDS_MAX) return seconds;
  const sentence = `--seconds must be a whole number from 1 to ${SECONDS_MAX}, not "${text}"`;
  throw new StartFault('SETTING_INVALID', sentence);
}

function secondsOption(parameters: readonly string[]): string | undefined {
  try {
    const options = { seconds: { type: 'string' } } as const;
    return parseArgs({ args: [...parameters], options }).values.seconds;
  } catch (thrown) {
    throw new StartFault('SETTING_INVALID', sentenceOf(thrown), { cause: thrown });
  }
}
