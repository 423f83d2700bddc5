import { parseArgs } from 'node:util';
import { tell } from '../test/sim/account.ts';
import { runSeeds } from '../test/sim/run-seeds.ts';

/**
 * `npm run sim -- --seed N --steps M [--seeds K] [--lines L]`: runs the relay in simulated time and
 * on a simulated network, K seeds from N on, and says what came of it. Exits 1 when an invariant
 * was broken, with the last L events and one line with which to see it again.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '300' },
    lines: { type: 'string', default: '40' },
  },
});

function wholeNumber(name: keyof typeof values): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  process.stderr.write(`forkcast: --${name} takes a whole number\n`);
  process.exit(1);
}

const account = await runSeeds({
  first: wholeNumber('seed'),
  count: wholeNumber('seeds'),
  steps: wholeNumber('steps'),
  linesKept: wholeNumber('lines'),
});
process.stdout.write(`${tell(account)}\n`);
process.exitCode = account.failures.length > 0 ? 1 : 0;
