import { spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';

const OUTPUT_CHARACTERS_MAX = 1_000_000;

export interface ProgramResult {
  /** null when it was killed or could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly deadlineMs: number;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Runs a program to its end and keeps what it printed (the last million characters). Never throws.
 */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: RunOptions,
): Promise<ProgramResult> {
  const { deadlineMs, ...spawnOptions } = options;
  const settings: SpawnOptions = { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(program, parameters, settings);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] = (output[name] + text).slice(-OUTPUT_CHARACTERS_MAX);
    });
  }
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      output.stderr += error.message;
      if (child.pid === undefined) {
        clearTimeout(deadline);
        resolve({ code: null, ...output });
      }
    });
    child.once('close', (code) => {
      clearTimeout(deadline);
      resolve({ code, ...output });
    });
  });
}

/** The last line that says something: where command-line programs put their reason. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
