import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../services/repository.ts';
import { runProgram } from '../services/run-program.ts';

const ANSWER_WITHIN_MS = 10_000;

/** What was measured, and on what. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGibibytes: number;
  readonly system: string;
  readonly kernel: string;
  readonly versions: Readonly<Record<string, string>>;
}

export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  const [forkcast, system, nginx, ffmpeg, stunnel] = await Promise.all([
    readFile(join(REPOSITORY, 'package.json'), 'utf8'),
    readFile('/etc/os-release', 'utf8').catch(() => ''),
    answerOf('nginx', ['-v'], /nginx\/(\S+)/),
    answerOf('ffmpeg', ['-version'], /ffmpeg version (\S+)/),
    answerOf('stunnel4', ['-version'], /stunnel (\S+)/),
  ]);
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: /^PRETTY_NAME="(.*)"$/m.exec(system)?.[1] ?? 'unknown',
    kernel: release(),
    versions: {
      Forkcast: (JSON.parse(forkcast) as { version: string }).version,
      Node: process.versions.node,
      nginx,
      ffmpeg,
      stunnel,
    },
  };
}

async function answerOf(program: string, options: string[], version: RegExp): Promise<string> {
  const { stdout, stderr } = await runProgram(program, options, { deadlineMs: ANSWER_WITHIN_MS });
  return version.exec(`${stdout}\n${stderr}`)?.[1] ?? 'not there';
}
