import { createSecureContext } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { assert, type Cancel, type Clock, type Timers } from '#kernel';
import type { CertificatePair, LaneCommand, LaneReport } from './messages.ts';
import { createPulse, PulseWatch } from './pulse.ts';
import type { LaneSettings } from './settings.ts';

/**
 * A lane that dies young again and again is restarted with a growing pause, up to the second one.
 */
export const RESTART_PAUSE_MS = { first: 100, max: 5_000 } as const;
/** A lane that has lived this long is restarted after the first pause, whatever happened before. */
export const HEALTHY_AFTER_MS = 10_000;
/** A lane whose event loop has stood still for so many looks in a row is ended, and so replaced. */
export const PULSE_LOOK_MS = 1_000;
export const PULSE_LOOKS_MISSED_MAX = 4;
/**
 * JavaScript objects of a lane; media is outside of this heap. A lane that needs more has a leak,
 * and is replaced.
 */
const LANE_HEAP_MBYTES_MAX = 512;

export interface LanePoolHandler {
  onReport(lane: number, report: LaneReport): void;
  /** Every socket of that lane is gone; it is being started anew. */
  onLaneLost(lane: number, detail: string): void;
}

export interface LanePoolPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** What a lane's thread runs; for tests of how threads end. */
  readonly thread?: { readonly entry: URL; readonly heapMbytesMax: number };
}

/** What a lane's thread is started with. */
export interface LaneThreadData {
  readonly settings: LaneSettings;
  readonly pulse: Int32Array<SharedArrayBuffer>;
}

interface Slot {
  worker: Worker | undefined;
  startedAtMs: number;
  pauseMs: number;
  /** Of the next start, or of the next look at the pulse. */
  cancelTimer: Cancel;
}

/**
 * The main thread's side of the lanes: starts the worker threads, speaks with them, and replaces
 * one that dies.
 */
export class LanePool {
  readonly #handler: LanePoolHandler;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #thread: { readonly entry: URL; readonly heapMbytesMax: number };
  readonly #slots: Slot[] = [];
  #settings: LaneSettings | undefined;
  #closing = false;

  constructor(handler: LanePoolHandler, { clock, timers, thread }: LanePoolPorts) {
    this.#clock = clock;
    this.#handler = handler;
    this.#timers = timers;
    this.#thread = thread ?? { entry: laneEntry(), heapMbytesMax: LANE_HEAP_MBYTES_MAX };
  }

  get size(): number {
    return this.#slots.length;
  }

  start(settings: LaneSettings, lanes: number): void {
    assert(lanes >= 1 && this.#slots.length === 0, 'a pool starts once, with at least one lane');
    this.#settings = settings;
    for (let lane = 0; lane < lanes; lane += 1) {
      const slot: Slot = {
        worker: undefined,
        startedAtMs: 0,
        pauseMs: RESTART_PAUSE_MS.first,
        cancelTimer: () => undefined,
      };
      this.#slots.push(slot);
      this.#spawn(lane, slot, settings);
    }
  }

  /** False between the death of a lane and the start of its successor. */
  isUp(lane: number): boolean {
    return this.#slots[lane]?.worker !== undefined;
  }

  /**
   * What is sent to a lane that has just died is lost with it: `onLaneLost` has said so or is about
   * to.
   */
  send(lane: number, command: LaneCommand): void {
    this.#slots[lane]?.worker?.postMessage(command);
  }

  broadcast(command: LaneCommand): void {
    for (let lane = 0; lane < this.#slots.length; lane += 1) this.send(lane, command);
  }

  /**
   * For new connections in every lane, and in those that are started later. False, and nothing has
   * changed, where TLS cannot use the pair: a lane would die of it.
   */
  useCertificate(certificate: CertificatePair): boolean {
    if (!isUsable(certificate)) return false;
    if (this.#settings !== undefined) this.#settings = { ...this.#settings, certificate };
    this.broadcast({ kind: 'use-certificate', certificate });
    return true;
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const slot of this.#slots) slot.cancelTimer();
    const workers = this.#slots.flatMap(({ worker }) => (worker === undefined ? [] : [worker]));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #spawn(lane: number, slot: Slot, settings: LaneSettings): void {
    const { entry, heapMbytesMax } = this.#thread;
    const pulse = createPulse();
    const worker = new Worker(entry, {
      name: `lane-${lane}`,
      workerData: { settings, pulse } satisfies LaneThreadData,
      resourceLimits: { maxOldGenerationSizeMb: heapMbytesMax },
      ...(isSource(entry) ? { execArgv: ['--conditions=source'] } : {}),
    });
    slot.worker = worker;
    slot.startedAtMs = this.#clock.monotonicMs();
    let lastError = '';
    worker.on('message', (report: LaneReport) => this.#handler.onReport(lane, report));
    worker.on('error', (error: Error) => {
      lastError = error.message;
    });
    worker.on('exit', (exitCode) => {
      slot.worker = undefined;
      slot.cancelTimer();
      if (this.#closing) return;
      this.#restartLater(lane, slot);
      this.#handler.onLaneLost(lane, lastError || `exit code ${exitCode}`);
    });
    this.#watch(slot, worker, new PulseWatch(pulse));
  }

  #watch(slot: Slot, worker: Worker, watch: PulseWatch): void {
    slot.cancelTimer = this.#timers.after(PULSE_LOOK_MS, () => {
      if (watch.missedLooks() > PULSE_LOOKS_MISSED_MAX) void worker.terminate();
      else this.#watch(slot, worker, watch);
    });
  }

  #restartLater(lane: number, slot: Slot): void {
    const livedMs = this.#clock.monotonicMs() - slot.startedAtMs;
    const pauseMs = livedMs >= HEALTHY_AFTER_MS ? RESTART_PAUSE_MS.first : slot.pauseMs;
    slot.pauseMs = Math.min(RESTART_PAUSE_MS.max, pauseMs * 2);
    slot.cancelTimer = this.#timers.after(pauseMs, () => {
      if (this.#settings !== undefined) this.#spawn(lane, slot, this.#settings);
    });
  }
}

/** The thread runs as built JavaScript, or as the TypeScript it is when this file does too. */
function laneEntry(): URL {
  return new URL(
    `./lane.worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
    import.meta.url,
  );
}

function isSource(entry: URL): boolean {
  return entry.pathname.endsWith('.ts');
}

function isUsable({ certificate, privateKey }: CertificatePair): boolean {
  try {
    createSecureContext({ cert: certificate, key: privateKey });
    return true;
  } catch {
    return false;
  }
}
