import type { ChildProcess } from 'node:child_process';
import type { Cancel, Clock, Timers } from '#kernel';
import { assert } from '#kernel';
import { eachLine } from './line-splitter.ts';
import type { ProcessPlan } from './process-plan.ts';
import { StartFault } from './start-fault.ts';

const RESTART_DELAY_MS_MIN = 250;
const RESTART_DELAY_MS_MAX = 10_000;
/** What a process has printed is read to its end, but for no longer than this after its end. */
export const LAST_LINES_MS = 500;
/** Having been ready for this long, a process is believed in again: its next restart is quick. */
const STEADY_AFTER_MS = 60_000;

export type ProcessState = 'idle' | 'starting' | 'ready' | 'waiting' | 'stopping' | 'stopped';

export interface ProcessEvents {
  /** A line that the process printed. */
  readonly line: (name: string, source: 'stdout' | 'stderr', text: string) => void;
  /** What happened to the process, as a sentence without its name. */
  readonly incident: (name: string, sentence: string) => void;
  /** A message over the IPC channel, if the plan has one. */
  readonly message?: (name: string, message: unknown) => void;
}

/**
 * Keeps one process running: starts it, waits until it is ready, starts it again when it dies
 * (250 ms, doubling to 10 s), ends it when told. A process that ends before it was ever ready is
 * not tried again.
 */
export class SupervisedProcess {
  readonly #plan: ProcessPlan;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #events: ProcessEvents;
  #state: ProcessState = 'idle';
  #child: ChildProcess | undefined;
  #cancelTimer: Cancel | undefined;
  #restartDelayMs = RESTART_DELAY_MS_MIN;
  #readyAtMs = 0;
  #everReady = false;
  #stderrLine: string | undefined;
  readonly #firstReady = Promise.withResolvers<undefined>();
  readonly #stopped = Promise.withResolvers<undefined>();

  constructor(plan: ProcessPlan, ports: { clock: Clock; timers: Timers; events: ProcessEvents }) {
    this.#plan = plan;
    this.#clock = ports.clock;
    this.#timers = ports.timers;
    this.#events = ports.events;
    this.#firstReady.promise.catch(() => undefined);
  }

  get name(): string {
    return this.#plan.name;
  }

  get state(): ProcessState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Resolves when ready for the first time; rejects with a StartFault if the process ends or is too
   * slow before.
   */
  start(): Promise<undefined> {
    assert(this.#state === 'idle', 'a supervised process is started once');
    this.#launch();
    return this.#firstReady.promise;
  }

  /**
   * Asks the process to end, kills it after the plan's time; resolves when it is gone. May be
   * called in any state.
   */
  stop(): Promise<undefined> {
    if (this.#state === 'stopping' || this.#state === 'stopped') return this.#stopped.promise;
    this.#cancelTimer?.();
    const child = this.#child;
    if (child === undefined) {
      this.#enter('stopped');
      return this.#stopped.promise;
    }
    this.#enter('stopping');
    child.kill(this.#plan.stopSignal);
    this.#cancelTimer = this.#timers.after(this.#plan.stopWithinMs, () => {
      this.#events.incident(this.name, 'did not end in time and was killed');
      child.kill('SIGKILL');
    });
    return this.#stopped.promise;
  }

  #enter(state: ProcessState): void {
    assert(this.#state !== 'stopped', 'a stopped process stays stopped');
    this.#state = state;
    if (state !== 'stopped') return;
    const sentence = `${this.name} was stopped before it was ready`;
    this.#firstReady.reject(new StartFault('PROCESS_ENDED', sentence));
    this.#stopped.resolve(undefined);
  }

  #launch(): void {
    this.#enter('starting');
    this.#stderrLine = undefined;
    const child = this.#plan.launch();
    this.#child = child;
    eachLine(child.stdout, (text) => this.#events.line(this.name, 'stdout', text));
    eachLine(child.stderr, (text) => {
      this.#stderrLine = text;
      this.#events.line(this.name, 'stderr', text);
    });
    child.on('message', (message) => this.#events.message?.(this.name, message));
    child.once('error', (error) => {
      this.#stderrLine ??= error.message;
      // A child that could not be spawned reports no end of its own.
      if (child.pid === undefined) this.#ended(child, null, null);
    });
    child.once('close', (code, signal) => this.#ended(child, code, signal));
    child.once('exit', (code, signal) => this.#endWithoutClose(child, code, signal));
    this.#plan.watchReady(child, () => this.#ready(child));
    this.#cancelTimer = this.#timers.after(this.#plan.readyWithinMs, () => {
      this.#stderrLine = `not ready within ${this.#plan.readyWithinMs / 1000} s`;
      child.kill('SIGKILL');
    });
  }

  #ready(child: ChildProcess): void {
    if (this.#child !== child || this.#state !== 'starting') return;
    this.#cancelTimer?.();
    this.#enter('ready');
    this.#readyAtMs = this.#clock.monotonicMs();
    if (this.#everReady) this.#events.incident(this.name, 'is ready again');
    this.#everReady = true;
    this.#firstReady.resolve(undefined);
  }

  /** Its own children have its pipes, and may outlive it: a Postgres that was killed has such. */
  #endWithoutClose(child: ChildProcess, code: number | null, signal: string | null): void {
    const cancel = this.#timers.after(LAST_LINES_MS, () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      this.#ended(child, code, signal);
    });
    child.once('close', cancel);
  }

  #ended(child: ChildProcess, code: number | null, signal: string | null): void {
    if (this.#child !== child) return;
    this.#cancelTimer?.();
    this.#child = undefined;
    const how = signal === null ? `code ${code ?? 'unknown'}` : signal;
    if (this.#state === 'stopping') {
      this.#enter('stopped');
      return;
    }
    if (!this.#everReady) {
      const sentence = this.#stderrLine ?? `ended with ${how} before it was ready`;
      this.#firstReady.reject(new StartFault('PROCESS_ENDED', `${this.name}: ${sentence}`));
      this.#enter('stopped');
      return;
    }
    this.#restartLater(how);
  }

  #restartLater(how: string): void {
    const wasSteady =
      this.#state === 'ready' && this.#clock.monotonicMs() - this.#readyAtMs >= STEADY_AFTER_MS;
    if (wasSteady) this.#restartDelayMs = RESTART_DELAY_MS_MIN;
    const delayMs = this.#restartDelayMs;
    this.#restartDelayMs = Math.min(delayMs * 2, RESTART_DELAY_MS_MAX);
    this.#enter('waiting');
    this.#events.incident(this.name, `ended with ${how}; starting it again in ${delayMs} ms`);
    this.#cancelTimer = this.#timers.after(delayMs, () => this.#launch());
  }
}
