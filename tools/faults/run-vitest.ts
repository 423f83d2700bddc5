import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError, sentenceOf } from '#kernel';
import { REPOSITORY } from '../services/repository.ts';
import type { FileResult } from './outcome.ts';

/** All that ran; `broken` is what failed outside of a test. */
export interface Ran {
  readonly files: readonly FileResult[];
  readonly broken: readonly string[];
}

/**
 * Runs these specs, with their lines on this terminal. Throws `FAULTS_NOT_RUN` where that gave no
 * result.
 */
export async function runSpecs(files: readonly string[], isLong: boolean): Promise<Ran> {
  // Without a name Vitest would run all that there is.
  if (files.length === 0) return { files: [], broken: [] };
  const directory = await mkdtemp(join(tmpdir(), 'forkcast-faults-'));
  const output = join(directory, 'results.json');
  const vitest = join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...files], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: { ...process.env, ...(isLong ? { LONG: '1' } : {}) },
  });
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, passOn);
  try {
    await once(child, 'close');
    return await readResults([output]);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, passOn);
    await rm(directory, { recursive: true, force: true });
  }
}

/** What Vitest's JSON reporter wrote before. Throws `FAULTS_NOT_RUN` where that cannot be read. */
export async function readResults(paths: readonly string[]): Promise<Ran> {
  try {
    const files = (await Promise.all(paths.map(readFiles))).flat();
    return { files, broken: files.flatMap(brokenOf) };
  } catch (cause) {
    const sentence = `there is no result: ${sentenceOf(cause)}`;
    throw new CodedError('FAULTS_NOT_RUN', sentence, { cause });
  }
}

type ReadFile = FileResult & { readonly status: string };

async function readFiles(path: string): Promise<readonly ReadFile[]> {
  const text = await readFile(path, 'utf8');
  return (JSON.parse(text) as { readonly testResults: readonly ReadFile[] }).testResults;
}

/** A file may fail although its tests passed: a secret came out, or something stayed open. */
function brokenOf(file: ReadFile): string[] {
  const hasFailed = file.assertionResults.some(({ status }) => status === 'failed');
  if (file.status !== 'failed' || hasFailed) return [];
  return [`${file.name.replace(`${REPOSITORY}/`, '')}: ${file.message ?? 'failed'}`];
}
