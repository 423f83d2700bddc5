import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { RunningProgram } from '#testing';

const run = promisify(execFile);
const OTHERS = 4;
/** Whoever has this gives way to all others. */
const NICEST = 19;

/**
 * A process has one processor for all of its threads, last in turn beside others that never rest.
 * The machine's other processors are left to whoever else works on it.
 */
export class BusyProcessor {
  readonly #pid: number;
  readonly #threads: readonly string[];
  readonly #before: string;
  readonly #others: readonly RunningProgram[];

  private constructor(
    pid: number,
    threads: readonly string[],
    before: string,
    others: readonly RunningProgram[],
  ) {
    this.#pid = pid;
    this.#threads = threads;
    this.#before = before;
    this.#others = others;
  }

  static async with(pid: number): Promise<BusyProcessor> {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const before = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '0';
    const last = before.split(/[,-]/).at(-1) ?? '0';
    const threads = await readdir(`/proc/${pid}/task`);
    await pin(pid, last);
    await give(threads, NICEST);
    const never = [process.execPath, '--eval', 'for (;;);'];
    const others = Array.from({ length: OTHERS }, () => {
      return new RunningProgram('taskset', ['--cpu-list', last, ...never]);
    });
    return new BusyProcessor(pid, threads, before, others);
  }

  /** As it was. May be called again. */
  async free(): Promise<void> {
    await Promise.all(this.#others.map((each) => each.kill()));
    await give(this.#threads, 0);
    await pin(this.#pid, this.#before);
  }
}

async function pin(pid: number, processors: string): Promise<void> {
  await run('taskset', ['--all-tasks', '--cpu-list', '--pid', processors, `${pid}`]);
}

async function give(threads: readonly string[], nice: number): Promise<void> {
  for (const thread of threads) await run('renice', ['-n', `${nice}`, '-p', thread]);
}
