import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { CodedError, sentenceOf } from '#kernel';
import { buildWhenStale } from './lifecycle/product-build.ts';
import { readSettings } from './lifecycle/settings.ts';
import { whenToldToEnd } from './lifecycle/told-to-end.ts';
import { REPOSITORY } from './services/repository.ts';
import { runProgram } from './services/run-program.ts';
import { providePrograms, REDIS } from './services/system-programs.ts';
import { drawCurves } from './soak/curves.ts';
import type { Mark } from './soak/curves.ts';
import { faultKind } from './soak/fault-kinds.ts';
import type { DoneFault } from './soak/fault-runner.ts';
import { jsonOf, markdownOf } from './soak/report.ts';
import { soak } from './soak/soak.ts';
import { readSoakOptions } from './soak/soak-options.ts';

/**
 * `npm run soak -- --hours N [--minutes M] [--seed S] [--out FOLDER]`: the whole product under load
 * for that long, with a fault every few seconds, and a report of what came of it: docs/soak.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const ended = Promise.withResolvers<void>();

async function main(): Promise<void> {
  const options = readSoakOptions(process.argv.slice(2), REPOSITORY);
  await providePrograms([REDIS], REPOSITORY);
  await buildWhenStale(REPOSITORY, say);
  const date = new Date().toISOString().slice(0, 10);
  const head = ['rev-parse', '--short', 'HEAD'];
  const { stdout } = await runProgram('git', head, { cwd: REPOSITORY, deadlineMs: 10_000 });
  await mkdir(options.out, { recursive: true });
  const file = (ending: string): string => join(options.out, `soak-${date}.${ending}`);
  const { dataDirectory } = readSettings(process.env, REPOSITORY);
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const logFile = join(dataDirectory, `soak-${date}.log`);
  const told = new AbortController();
  whenToldToEnd(async () => {
    say('ending before its time');
    told.abort();
    await ended.promise;
  });
  const seen = await soak({ ...options, logFile, say, told: told.signal });
  const outcome = { ...seen, date, commit: stdout.trim(), machine: machine() };
  const title = `Soak of ${date}, seed ${options.seed}; below each curve the faults under way`;
  await writeFile(file('svg'), drawCurves(outcome.samples, outcome.faults.map(markOf), title));
  await writeFile(file('json'), jsonOf(outcome));
  await writeFile(file('md'), markdownOf(outcome, `soak-${date}.svg`));
  say(`the report is ${file('md')}, what the product said in ${logFile}`);
}

function markOf({ name, beganAtMs, endedAtMs }: DoneFault): Mark {
  const { place } = faultKind(name);
  const kind = place === 'house' ? 'house' : place === 'stream' ? 'encoder' : 'network';
  return { fromMs: beganAtMs, toMs: endedAtMs, kind };
}

function machine(): string {
  const [first, ...others] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const node = `Node ${process.versions.node}, Linux ${release()}`;
  return `${first?.model.trim()}, ${others.length + 1} cores, ${memory} GiB; ${node}`;
}

try {
  await main();
  ended.resolve();
  process.exit(0);
} catch (thrown) {
  ended.resolve();
  const what = thrown instanceof CodedError ? thrown.message : sentenceOf(thrown);
  process.stderr.write(`forkcast: the soak has failed: ${what}\n`);
  process.exit(1);
}
