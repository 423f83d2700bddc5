import { Worker } from 'node:worker_threads';
import { assert, type Clock, type Timers } from '#kernel';
import type { CertificatePair, LaneCommand, LaneReport } from './messages.ts';
import type { LaneSettings } from './settings.ts';

/** A lane that dies young again and again is restarted with a growing pause, up to this one. */
const RESTART_PAUSE_MAX_MS = 5_000;
const RESTART_PAUSE_FIRST_MS = 100;
/** A lane that has lived this long is restarted at once, whatever happened before. */
const HEALTHY_AFTER_MS = 10_000;

export interface LanePoolHandler {
  onReport(lane: number, report: LaneReport): void;
  /** Every socket of that lane is gone; it is being started anew. */
  onLaneLost(lane: number, detail: string): void;
}

interface Slot {
  worker: Worker | undefined;
  startedAtMs: number;
  pauseMs: number;
}

/** The main thread's side of the lanes: starts the worker threads, speaks with them, and replaces one that dies. */
export class LanePool {
  #settings: LaneSettings | undefined;
  readonly #handler: LanePoolHandler;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #slots: Slot[] = [];
  #closing = false;

  constructor(
    handler: LanePoolHandler,
    { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
  ) {
    this.#clock = clock;
    this.#handler = handler;
    this.#timers = timers;
  }

  get size(): number {
    return this.#slots.length;
  }

  start(settings: LaneSettings, lanes: number): void {
    assert(lanes >= 1 && this.#slots.length === 0, 'a pool starts once, with at least one lane');
    this.#settings = settings;
    for (let lane = 0; lane < lanes; lane += 1) {
      this.#slots.push({ worker: undefined, startedAtMs: 0, pauseMs: RESTART_PAUSE_FIRST_MS });
      this.#spawn(lane);
    }
  }

  /** False between the death of a lane and the start of its successor. */
  isUp(lane: number): boolean {
    return this.#slots[lane]?.worker !== undefined;
  }

  /** What is sent to a lane that has just died is lost with it: `onLaneLost` has said so or is about to. */
  send(lane: number, command: LaneCommand): void {
    this.#slots[lane]?.worker?.postMessage(command);
  }

  broadcast(command: LaneCommand): void {
    for (let lane = 0; lane < this.#slots.length; lane += 1) this.send(lane, command);
  }

  /** For new connections in every lane, and in those that are started later. */
  useCertificate(certificate: CertificatePair): void {
    if (this.#settings !== undefined) this.#settings = { ...this.#settings, certificate };
    this.broadcast({ kind: 'use-certificate', certificate });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#slots.map((slot) => slot.worker?.terminate()));
  }

  #spawn(lane: number): void {
    const slot = this.#slots[lane];
    assert(slot !== undefined, 'a lane is spawned into its slot');
    // The entry runs as built JavaScript, or as the TypeScript it is when this file does too.
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
    const worker = new Worker(new URL(`./lane.worker${extension}`, import.meta.url), {
      name: `lane-${lane}`,
      workerData: { ...this.#settings, lane },
      ...(extension === '.ts' ? { execArgv: ['--conditions=source'] } : {}),
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
      if (this.#closing) return;
      this.#handler.onLaneLost(lane, lastError || `exit code ${exitCode}`);
      this.#restart(lane, slot);
    });
  }

  #restart(lane: number, slot: Slot): void {
    const lived = this.#clock.monotonicMs() - slot.startedAtMs;
    slot.pauseMs =
      lived >= HEALTHY_AFTER_MS
        ? RESTART_PAUSE_FIRST_MS
        : Math.min(RESTART_PAUSE_MAX_MS, slot.pauseMs * 2);
    this.#timers.after(slot.pauseMs, () => {
      if (!this.#closing) this.#spawn(lane);
    });
  }
}
