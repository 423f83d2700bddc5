import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, sentenceOf } from '#kernel';
import { makeTestCertificates } from '#testing';
import { readBenchOptions, type BenchOptions } from './bench/bench-options.ts';
import { Results, type Row } from './bench/figures.ts';
import { describeMachine } from './bench/machine.ts';
import { ffmpegServer } from './bench/peers/ffmpeg-server.ts';
import { floorServer } from './bench/peers/floor-server.ts';
import { forkcastServer } from './bench/peers/forkcast-server.ts';
import { nginxServer } from './bench/peers/nginx-server.ts';
import type { Server } from './bench/peers/server.ts';
import { markdownOf, roundLine, rowLine, verdictLine } from './bench/report.ts';
import { run, type RunFigures } from './bench/run.ts';
import { SCENARIOS, type Scenario } from './bench/scenarios.ts';
import { judge } from './bench/targets.ts';
import { buildWhenStale } from './lifecycle/product-build.ts';
import { readSettings } from './lifecycle/settings.ts';
import { REPOSITORY } from './services/repository.ts';
import { BENCH_PROGRAMS, providePrograms, REDIS } from './services/system-programs.ts';

const SERVERS: readonly Server[] = [forkcastServer, nginxServer, floorServer, ffmpegServer];
/** Each program that runs with us listens to our end. */
process.setMaxListeners(100);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(parameters: readonly string[]): Promise<void> {
  const options = readBenchOptions(parameters);
  await providePrograms([REDIS, ...BENCH_PROGRAMS], REPOSITORY);
  await buildWhenStale(REPOSITORY, say);
  const { dataDirectory } = readSettings(process.env, REPOSITORY);
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const directory = await mkdtemp(join(dataDirectory, 'bench-'));
  try {
    const results = new Results(await measureAll(options, directory));
    await publish(results, parameters, options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureAll(options: BenchOptions, directory: string): Promise<Row[]> {
  const certificates = await makeTestCertificates();
  const { quick, only, rounds, warmUpMs, measureMs } = options;
  const all: readonly Scenario[] = SCENARIOS;
  const chosen = all.filter(
    ({ name, quick: isQuick }) => only?.some((each) => each === name) ?? (isQuick || !quick),
  );
  const rows: Row[] = [];
  for (const scenario of chosen) {
    const servers = serversOf(scenario, quick);
    const figures = new Map<Server, RunFigures[]>(servers.map((server) => [server, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const server of servers) {
        const title = server.title(scenario);
        try {
          const one = await run(server, scenario, { directory, certificates, warmUpMs, measureMs });
          figures.get(server)?.push(one);
          say(`  ${roundLine(round, title, one)}`);
        } catch (thrown) {
          // The rest is worth having; the command fails all the same.
          process.exitCode = 1;
          say(`  round ${round + 1} · ${title} · failed: ${sentenceOf(thrown)}`);
        }
      }
    }
    for (const server of servers) {
      const title = server.title(scenario);
      const row = { scenario, server: server.name, title, rounds: figures.get(server) ?? [] };
      if (row.rounds.length === 0) continue;
      rows.push(row);
      say(rowLine(row));
    }
  }
  return rows;
}

/** The quick run leaves out ffmpeg, whose cost nobody doubts. */
function serversOf(scenario: Scenario, quick: boolean): Server[] {
  return scenario.servers
    .filter((name) => !quick || name !== 'ffmpeg')
    .flatMap((name) => SERVERS.find((server) => server.name === name) ?? []);
}

/** A run of everything is kept in the repository's documentation; any other only printed. */
async function publish(
  results: Results,
  parameters: readonly string[],
  { quick, only }: BenchOptions,
): Promise<void> {
  const verdicts = judge(results);
  say('');
  for (const verdict of verdicts) {
    if (verdict.isMet !== undefined) say(verdictLine(verdict));
  }
  if (quick || only !== undefined) return;
  const command = ['npm run bench', ...(parameters.length > 0 ? ['--', ...parameters] : [])].join(
    ' ',
  );
  const date = new Date().toISOString().slice(0, 10);
  const machine = await describeMachine();
  const folder = join(REPOSITORY, 'docs', 'benchmarks');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'latest.md'),
    markdownOf({ date, command, machine, results, verdicts }),
  );
  const all = { date, command, machine, verdicts, rows: results.rows };
  await writeFile(join(folder, 'latest.json'), `${JSON.stringify(all, null, 2)}\n`);
  say('written: docs/benchmarks/latest.md and latest.json');
}

try {
  await main(process.argv.slice(2));
  process.exit();
} catch (thrown) {
  const what = thrown instanceof CodedError ? thrown.message : sentenceOf(thrown);
  process.stderr.write(`forkcast: the benchmark failed: ${what}\n`);
  process.exit(1);
}
