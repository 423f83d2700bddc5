import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CRASH, inputName, readInputs, writeInput } from './fuzz/corpus-folder.ts';
import { reduceCorpus } from './fuzz/reduce-corpus.ts';
import { runTarget } from './fuzz/run-target.ts';
import type { FuzzTarget } from './fuzz/target.ts';
import { TARGETS } from './fuzz/targets/index.ts';
import { REPOSITORY } from './services/repository.ts';

/**
 * `npm run fuzz -- [--minutes N] [--target name] [--seed S] [--keep]`: N minutes in all, shared by
 * the targets, of inputs that look for new ground in what reads bytes of strangers. What does harm
 * is written into the corpus, which `npm test` replays; `--keep` puts the best of the others there
 * too. Exits 1 when something was found.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    target: { type: 'string' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});

const CORPUS = join(REPOSITORY, 'test', 'fuzz', 'corpus');
/** What was worth keeping for the next run, and is in no commit. */
const FOUND = join(REPOSITORY, '.forkcast', 'fuzz');
/** More are mostly the same in other words. */
const FINDS_MAX = 10;
const MODULE = new URL('./fuzz/targets/index.ts', import.meta.url).href;

function positive(name: 'minutes' | 'seed'): number {
  const number = Number(values[name]);
  if (Number.isFinite(number) && number > 0) return number;
  process.stderr.write(`forkcast: --${name} takes a number above 0\n`);
  process.exit(1);
}

function chosen(): readonly FuzzTarget[] {
  if (values.target === undefined) return TARGETS;
  const found = TARGETS.filter(({ name }) => name === values.target);
  if (found.length > 0) return found;
  const names = TARGETS.map(({ name }) => name).join(', ');
  process.stderr.write(`forkcast: --target takes one of ${names}\n`);
  process.exit(1);
}

async function fuzz({ name }: FuzzTarget, msMax: number, seed: number): Promise<number> {
  const folder = join(CORPUS, name);
  const found = join(FOUND, name);
  const inputs = [...readInputs(folder), ...readInputs(found)].map(({ bytes }) => bytes);
  const startMs = performance.now();
  let finds = 0;
  const order = {
    module: MODULE,
    target: name,
    seed,
    msMax,
    inputsMax: Infinity,
    findsMax: FINDS_MAX,
    inputs,
  };
  const account = await runTarget(order, {
    onFind: ({ what, told }, input) => {
      finds += 1;
      const path = writeInput(folder, `${CRASH}${what}`, input);
      process.stdout.write(`${name}: ${what}, kept as ${path}\n${told}\n`);
    },
    onKept: (input) => writeInput(found, inputName(input), input),
  });
  const seconds = (performance.now() - startMs) / 1000;
  const rate = Math.round(account.inputs / seconds);
  process.stdout.write(
    `${name.padEnd(18)} ${account.inputs} inputs, ${rate}/s, ${account.blocks} blocks, ` +
      `${account.kept} kept, ${finds} found\n`,
  );
  return finds;
}

const targets = chosen();
const seed = positive('seed');
const msMax = (positive('minutes') * 60_000) / targets.length;
let finds = 0;
for (const target of targets) {
  finds += await fuzz(target, msMax, seed);
  if (values.keep) await reduceCorpus(target, join(CORPUS, target.name), join(FOUND, target.name));
}
process.exitCode = finds > 0 ? 1 : 0;
