import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

const OUTPUT_CHARACTERS_MAX = 4_000_000;
const STOP_WITHIN_MS = 10_000;

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ProgramSettings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Answers a signal to end cleanly; default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
}

/**
 * Another program, running: what it has printed, its end, and a way to end it. Dies with this
 * process.
 */
export class RunningProgram {
  readonly #child: ChildProcess;
  readonly #stopSignal: NodeJS.Signals;
  readonly ended: Promise<ProgramEnd>;
  stdout = '';
  stderr = '';

  constructor(program: string, parameters: readonly string[], settings: ProgramSettings = {}) {
    const { stopSignal = 'SIGTERM', ...options } = settings;
    this.#stopSignal = stopSignal;
    const child = spawn(program, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        this[name] = (this[name] + text).slice(-OUTPUT_CHARACTERS_MAX);
      });
    }
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        process.off('exit', killWithUs);
        resolve({ code, signal });
      });
    });
    // Whoever waits for the end hears of the error; nobody else has to.
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the program could not be started');
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to end, kills it after 10 s. */
  async stop(): Promise<ProgramEnd> {
    this.#child.kill(this.#stopSignal);
    const deadline = setTimeout(() => this.#child.kill('SIGKILL'), STOP_WITHIN_MS);
    return this.ended.finally(() => clearTimeout(deadline));
  }

  async kill(): Promise<ProgramEnd> {
    this.#child.kill('SIGKILL');
    return this.ended;
  }
}

/** Runs a program to its end. Throws with its last words unless it ends with code 0. */
export async function runToEnd(
  program: string,
  parameters: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const running = new RunningProgram(program, parameters);
  const { code, signal } = await running.ended;
  if (code !== 0) {
    const how = signal ?? `code ${code}`;
    throw new Error(`${program} ended with ${how}: ${running.stderr.trim().slice(-2000)}`);
  }
  return { stdout: running.stdout, stderr: running.stderr };
}
