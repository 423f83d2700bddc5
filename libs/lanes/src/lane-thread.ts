import type { EventLoopUtilization } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { Cancel, Timers } from '#kernel';
import type { LaneCommand, LaneReport, ThreadCommand } from './messages.ts';
import { createPulse, PulseWatch } from './pulse.ts';
import type { LaneSettings } from './settings.ts';
import { createWorkMark, readWorkMark, type WorkMark } from './work-mark.ts';

/** How often the main thread looks at a lane's pulse. */
export const PULSE_LOOK_MS = 250;
/** A lane that stands still for more looks in a row than this, which is 2 s, is ended. */
export const PULSE_LOOKS_MISSED_MAX = 7;
/** For more looks in a row than this, half a second, and it is given no new work. */
export const PULSE_LOOKS_UNNOTICED_MAX = 1;
/** A thread that has not begun to count after so many looks, 30 s, never will. */
export const START_LOOKS_MAX = 120;
/** A thread that is told to end has this long to do so; then it is cut off wherever it is. */
export const LANE_END_MS = 2_000;

/** What a lane's thread runs. */
export interface LaneThreadEntry {
  readonly entry: URL;
  /** Of JavaScript objects; media is outside of this heap. */
  readonly heapMbytesMax: number;
}

/** What a lane's thread is started with. */
export interface LaneThreadData {
  readonly settings: LaneSettings;
  readonly pulse: Int32Array<SharedArrayBuffer>;
  readonly mark: WorkMark;
}

export interface LaneThreadHandler {
  onReport(report: LaneReport): void;
  /**
   * Once, and nothing after it: the thread has run out or was cut off, its sockets with it.
   * `ingestId`: whose bytes it had at hand, if it had any.
   */
  onGone(detail: string, ingestId: string | undefined): void;
}

/** One thread of a lane, from its start to its end, as the main thread sees it. */
export class LaneThread {
  readonly #worker: Worker;
  readonly #timers: Timers;
  readonly #watch: PulseWatch;
  readonly #gone = Promise.withResolvers<void>();
  #missedLooks = 0;
  /** As of the last `takeLoad`. */
  #utilization: EventLoopUtilization | undefined;
  #detail = '';
  /** Of the next look at the pulse, then of the end's deadline. */
  #cancelTimer: Cancel = () => undefined;

  /** Throws when the system gives no thread. */
  constructor(
    name: string,
    { entry, heapMbytesMax }: LaneThreadEntry,
    { settings, timers }: { readonly settings: LaneSettings; readonly timers: Timers },
    handler: LaneThreadHandler,
  ) {
    const pulse = createPulse();
    const mark = createWorkMark();
    this.#timers = timers;
    this.#watch = new PulseWatch(pulse);
    this.#worker = new Worker(entry, {
      name,
      workerData: { settings, pulse, mark } satisfies LaneThreadData,
      resourceLimits: { maxOldGenerationSizeMb: heapMbytesMax },
      ...(isSource(entry) ? { execArgv: ['--conditions=source'] } : {}),
    });
    this.#worker.on('message', (report: LaneReport) => handler.onReport(report));
    this.#worker.on('error', (error: Error) => {
      this.#detail = error.message;
    });
    this.#worker.on('exit', (exitCode) => {
      this.#cancelTimer();
      this.#gone.resolve();
      handler.onGone(this.#detail || `exit code ${exitCode}`, readWorkMark(mark));
    });
    this.#lookLater();
  }

  /** Its event loop turns, as far as is known. */
  get isTurning(): boolean {
    return !this.#watch.hasBegun || this.#missedLooks <= PULSE_LOOKS_UNNOTICED_MAX;
  }

  /**
   * The share of the time since the last call, or since its start, in which the thread had
   * something to do: 0 to 1. Nothing is measured for its sake: the event loop counts by itself.
   */
  takeLoad(): number {
    const { performance } = this.#worker;
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#utilization);
    this.#utilization = now;
    return Number.isFinite(utilization) ? utilization : 0;
  }

  /** How late its event loop came at most since the last call, in milliseconds. */
  takeDelayMs(): number {
    return this.#watch.takeDelayMs();
  }

  send(command: LaneCommand): void {
    this.#worker.postMessage(command);
  }

  /**
   * Lets the thread end in order, which spares the process what Node does when it cuts a thread off
   * in the middle of things. Resolves when it is gone, at the latest after `LANE_END_MS`.
   */
  async end(): Promise<void> {
    this.#cancelTimer();
    this.#worker.postMessage({ kind: 'end' } satisfies ThreadCommand);
    this.#cancelTimer = this.#timers.after(LANE_END_MS, () => this.#cutOff('it did not end'));
    await this.#gone.promise;
  }

  #lookLater(): void {
    this.#cancelTimer = this.#timers.after(PULSE_LOOK_MS, () => {
      this.#missedLooks = this.#watch.look();
      const looksMax = this.#watch.hasBegun ? PULSE_LOOKS_MISSED_MAX : START_LOOKS_MAX;
      if (this.#missedLooks > looksMax) this.#cutOff('its event loop stood still');
      else this.#lookLater();
    });
  }

  #cutOff(detail: string): void {
    this.#detail = detail;
    void this.#worker.terminate();
  }
}

/** TypeScript as it is, and not what was built from it. */
export function isSource({ pathname }: URL): boolean {
  return pathname.endsWith('.ts');
}
