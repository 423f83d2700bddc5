import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '#kernel';
import { REPOSITORY } from '../services/repository.ts';
import type { FileResult } from './outcome.ts';

/** All that ran. `isWhole` says that nothing failed outside of a test. */
export interface Ran {
  readonly files: readonly FileResult[];
  readonly broken: readonly string[];
}

/** Runs these specs, with their lines on this terminal. Throws `FAULTS_NOT_RUN` without a result. */
export async function runSpecs(files: readonly string[], isLong: boolean): Promise<Ran> {
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
    const { testResults } = JSON.parse(await readFile(output, 'utf8')) as {
      readonly testResults: readonly (FileResult & { readonly status: string })[];
    };
    return { files: testResults, broken: testResults.flatMap(brokenOf) };
  } catch (cause) {
    throw new CodedError('FAULTS_NOT_RUN', 'the specs gave no result', { cause });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, passOn);
    await rm(directory, { recursive: true, force: true });
  }
}

/** A file may fail although its tests passed: a secret came out, or something stayed open. */
function brokenOf(file: FileResult & { readonly status: string }): string[] {
  const hasFailed = file.assertionResults.some(({ status }) => status === 'failed');
  if (file.status !== 'failed' || hasFailed) return [];
  return [`${file.name.replace(`${REPOSITORY}/`, '')}: ${file.message ?? 'failed'}`];
}
