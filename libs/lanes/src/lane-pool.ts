import { createSecureContext } from 'node:tls';
import { assert, sentenceOf, type Cancel, type Clock, type Timers } from '#kernel';
import { isSource, LaneThread, type LaneThreadEntry } from './lane-thread.ts';
import type { CertificatePair, LaneCommand, LaneReport } from './messages.ts';
import type { LaneSettings } from './settings.ts';

/**
 * A lane that dies is restarted at once; one that dies young again and again with a growing pause,
 * up to the last one.
 */
export const RESTART_PAUSE_MS = { first: 0, second: 100, max: 5_000 } as const;
/** A lane that has lived this long is restarted at once, whatever happened before. */
export const HEALTHY_AFTER_MS = 10_000;
/** A lane that needs more of it has a leak, and is replaced. */
const LANE_HEAP_MBYTES_MAX = 512;

export interface LanePoolHandler {
  onReport(lane: number, report: LaneReport): void;
  /**
   * Every socket of that lane is gone; it is being started anew. `ingestId`: whose bytes it had at
   * hand when it died, if it had any.
   */
  onLaneLost(lane: number, detail: string, ingestId: string | undefined): void;
}

export interface LanePoolPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** For tests of how threads end. */
  readonly thread?: LaneThreadEntry;
}

interface Slot {
  thread: LaneThread | undefined;
  startedAtMs: number;
  pauseMs: number;
  cancelRestart: Cancel;
}

/**
 * The main thread's side of the lanes: starts the worker threads, speaks with them, and replaces
 * one that dies.
 */
export class LanePool {
  readonly #handler: LanePoolHandler;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #thread: LaneThreadEntry;
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
        thread: undefined,
        startedAtMs: 0,
        pauseMs: RESTART_PAUSE_MS.first,
        cancelRestart: () => undefined,
      };
      this.#slots.push(slot);
      this.#spawn(lane, slot, settings);
    }
  }

  /**
   * Whether it can be given new work: false between the death of a lane and the start of its
   * successor, and while its event loop stands still.
   */
  isUp(lane: number): boolean {
    return this.#slots[lane]?.thread?.isTurning === true;
  }

  /** Of the time since the last call, 0 to 1; 0 where no thread is. */
  takeLoad(lane: number): number {
    return this.#slots[lane]?.thread?.takeLoad() ?? 0;
  }

  /** How late its event loop came at most since the last call, in milliseconds; 0 without one. */
  takeDelayMs(lane: number): number {
    return this.#slots[lane]?.thread?.takeDelayMs() ?? 0;
  }

  /**
   * What is sent to a lane that has just died is lost with it: `onLaneLost` has said so or is about
   * to.
   */
  send(lane: number, command: LaneCommand): void {
    this.#slots[lane]?.thread?.send(command);
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

  /** Ends every thread, in order where it still can. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const slot of this.#slots) slot.cancelRestart();
    const threads = this.#slots.flatMap(({ thread }) => (thread === undefined ? [] : [thread]));
    await Promise.all(threads.map((thread) => thread.end()));
  }

  #spawn(lane: number, slot: Slot, settings: LaneSettings): void {
    slot.startedAtMs = this.#clock.monotonicMs();
    const surroundings = { settings, timers: this.#timers };
    slot.thread = new LaneThread(`lane-${lane}`, this.#thread, surroundings, {
      onReport: (report) => this.#handler.onReport(lane, report),
      onGone: (detail, ingestId) => {
        slot.thread = undefined;
        if (this.#closing) return;
        this.#restartLater(lane, slot);
        this.#handler.onLaneLost(lane, detail, ingestId);
      },
    });
  }

  /** Also at once is later: nobody is to give work to a lane whose loss is just being told. */
  #restartLater(lane: number, slot: Slot): void {
    const { first, second, max } = RESTART_PAUSE_MS;
    const livedMs = this.#clock.monotonicMs() - slot.startedAtMs;
    const pauseMs = livedMs >= HEALTHY_AFTER_MS ? first : slot.pauseMs;
    slot.pauseMs = Math.min(max, Math.max(second, pauseMs * 2));
    slot.cancelRestart = this.#timers.after(pauseMs, () => this.#restart(lane, slot));
  }

  /** A system that gives no thread now may give one later; the other lanes go on meanwhile. */
  #restart(lane: number, slot: Slot): void {
    if (this.#settings === undefined) return;
    try {
      this.#spawn(lane, slot, this.#settings);
    } catch (error) {
      const fields = { lane, cause: sentenceOf(error) };
      const message = 'a lane could not be started again';
      this.#restartLater(lane, slot);
      this.#handler.onReport(lane, { kind: 'log', level: 'warn', message, fields });
    }
  }
}

/** The thread runs as built JavaScript, or as the TypeScript it is when this file does too. */
function laneEntry(): URL {
  return new URL(
    `./lane.worker${isSource(new URL(import.meta.url)) ? '.ts' : '.js'}`,
    import.meta.url,
  );
}

function isUsable({ certificate, privateKey }: CertificatePair): boolean {
  try {
    createSecureContext({ cert: certificate, key: privateKey });
    return true;
  } catch {
    return false;
  }
}
