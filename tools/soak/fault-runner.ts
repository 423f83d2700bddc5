import { setTimeout as delay } from 'node:timers/promises';
import { sentenceOf } from '#kernel';
import { monotonicMs } from '#testing';
import type { Act } from './act.ts';
import { DOOR_FAULTS } from './door-faults.ts';
import { faultKind, LADDER_SECONDS } from './fault-kinds.ts';
import type { FaultName } from './fault-kinds.ts';
import type { PlannedFault } from './fault-plan.ts';
import { HOUSE_FAULTS } from './house-faults.ts';
import { holdsUp } from './judge.ts';
import type { Period } from './judge.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { OWNER_FAULTS } from './owner-faults.ts';
import type { Scene, SoakPush } from './scene.ts';
import type { StatusWatch } from './status-watch.ts';

const ACTS: Readonly<Record<FaultName, Act>> = {
  ...NETWORK_FAULTS,
  ...OWNER_FAULTS,
  ...HOUSE_FAULTS,
  ...DOOR_FAULTS,
};

const LOOK_MS = 200;
/** Media that is older is not live. */
const FRESH_MS = 1_500;
/** What is not as before after so many times the time it has is waited for no longer. */
const PATIENCE = 3;
const PATIENCE_MS_MIN = 60_000;
/** A push that was live for so long begins its ladder anew. */
const HEALTHY_MS = 61_000;
/** What a fault has cost is heard a moment later. */
const ECHO_MS = 3_000;

export interface DoneFault extends PlannedFault {
  /** From the beginning of the run, as `atMs`. */
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  /** When all was as before; null: never, as far as was waited. */
  readonly recoveredAtMs: number | null;
  /** Of that, how long after its end, without the time in which other things were broken. */
  readonly tookMs: number;
  /** What it had time for. */
  readonly withinMs: number;
  /** `not done`: it could not be; `left out`: what it was for was still in trouble. */
  readonly outcome: 'as expected' | 'late' | 'never' | 'not done' | 'left out';
  readonly note: string;
}

export interface FaultRunnerPorts {
  readonly scene: Scene;
  readonly status: () => StatusWatch;
  readonly beganAtMs: number;
  readonly say: (line: string) => void;
}

/** Does what was planned when it is due, and looks how each of it ends. */
export class FaultRunner {
  readonly done: DoneFault[] = [];
  /** What the faults so far may have cost, and to whom. */
  readonly periods: Period[] = [];
  readonly #ports: FaultRunnerPorts;
  readonly #busy = new Set<string>();
  readonly #waiting = new Set<Promise<void>>();

  constructor(ports: FaultRunnerPorts) {
    this.#ports = ports;
  }

  /** Something of the product itself is broken now. */
  get isHouseDisturbed(): boolean {
    const nowMs = this.#now();
    return this.periods.some(({ place, toMs }) => place === 'house' && toMs >= nowMs);
  }

  /** Resolves when all of the plan has been done and looked at. */
  async run(plan: readonly PlannedFault[]): Promise<void> {
    for (const fault of plan) {
      await delay(Math.max(0, fault.atMs - this.#now()));
      const doing = this.#do(fault).finally(() => this.#waiting.delete(doing));
      this.#waiting.add(doing);
    }
    await Promise.all(this.#waiting);
  }

  async #do(fault: PlannedFault): Promise<void> {
    const beganAtMs = this.#now();
    if (this.#busy.has(fault.target)) {
      const none = { recoveredAtMs: null, tookMs: 0, outcome: 'left out' } as const;
      const note = 'the one before is not over';
      this.#tell({ ...fault, beganAtMs, endedAtMs: beganAtMs, withinMs: 0, ...none, note });
      return;
    }
    this.#busy.add(fault.target);
    const { place, costs } = faultKind(fault.name);
    const period = { number: fault.number, place, costs, target: fault.target };
    const open = { ...period, fromMs: beganAtMs, toMs: Infinity };
    this.periods.push(open);
    this.#ports.say(`${clock(beganAtMs)} ${fault.number} ${fault.name}, ${fault.target}`);
    const withinMs = this.#settleMs(fault);
    const note = await this.#act(fault);
    const endedAtMs = this.#now();
    const recovery = await this.#recovery(fault, endedAtMs, withinMs);
    open.toMs = this.#now() + ECHO_MS;
    this.#busy.delete(fault.target);
    this.#tell({ ...fault, beganAtMs, endedAtMs, withinMs, ...recovery, ...note });
  }

  async #act(fault: PlannedFault): Promise<{ note: string; outcome?: 'not done' }> {
    try {
      return { note: (await ACTS[fault.name](this.#ports.scene, fault)) ?? '' };
    } catch (thrown) {
      return { note: sentenceOf(thrown), outcome: 'not done' };
    }
  }

  /** What it has time for, by how its push stands when it begins. */
  #settleMs({ name, target }: PlannedFault): number {
    const { settleSeconds, climbs } = faultKind(name);
    if (climbs !== true) return settleSeconds * 1_000;
    const told = this.#ports.status().told(this.#ports.scene.push(target), 0);
    const liveMs = told?.state === 'live' ? Date.now() - Date.parse(told.since) : 0;
    return 1_000 * (liveMs > HEALTHY_MS ? settleSeconds : LADDER_SECONDS);
  }

  async #recovery(fault: PlannedFault, endedAtMs: number, settleMs: number) {
    const patienceMs = Math.max(PATIENCE_MS_MIN, settleMs * PATIENCE);
    const since = monotonicMs();
    let tookMs = 0;
    for (let lastMs = endedAtMs; ;) {
      if (await this.#isAsBefore(fault, since)) {
        const outcome = tookMs <= settleMs ? ('as expected' as const) : ('late' as const);
        return { recoveredAtMs: this.#now(), tookMs: Math.round(tookMs), outcome };
      }
      if (tookMs > patienceMs) {
        return { recoveredAtMs: null, tookMs: Math.round(tookMs), outcome: 'never' as const };
      }
      await delay(LOOK_MS);
      const nowMs = this.#now();
      if (!this.#isDisturbedFor(fault)) tookMs += nowMs - lastMs;
      lastMs = nowMs;
    }
  }

  /** Its own recovery waits for that of another fault. */
  #isDisturbedFor(fault: PlannedFault): boolean {
    const nowMs = this.#now();
    return this.periods.some(
      (period) =>
        period.number !== fault.number && period.toMs >= nowMs && holdsUp(period, fault.target),
    );
  }

  async #isAsBefore({ name, target }: PlannedFault, sinceMs: number): Promise<boolean> {
    const { scene } = this.#ports;
    const isWell = (push: SoakPush): boolean => this.#isWell(push, sinceMs);
    switch (faultKind(name).place) {
      case 'destination':
        return isWell(scene.push(target));
      case 'stream':
        return scene
          .stream(target)
          .pushes.filter(({ proxy }) => proxy === undefined)
          .every(isWell);
      case 'house':
      case 'door':
        return scene.witnesses.every(isWell) && (await scene.house.isReady());
    }
  }

  /** It is told to be live, and what comes to it is of now. */
  #isWell(push: SoakPush, sinceMs: number): boolean {
    const { receiver } = push;
    const told = this.#ports.status().told(push, sinceMs);
    const nowMs = monotonicMs();
    return (
      told?.state === 'live' &&
      receiver.isPublishing &&
      receiver.frameAtMs > sinceMs &&
      nowMs - receiver.frameAtMs < FRESH_MS &&
      receiver.lastAgeMs < FRESH_MS
    );
  }

  #tell(fault: DoneFault): void {
    this.done.push(fault);
    const { number, name, outcome, tookMs, note } = fault;
    const seconds = (tookMs / 1_000).toFixed(1);
    const isDone = outcome !== 'not done' && outcome !== 'left out';
    const how = !isDone ? outcome : `${outcome}, ${seconds} s after its end`;
    const why = note === '' ? '' : ` (${note})`;
    this.#ports.say(`${clock(this.#now())} ${number} ${name}: ${how}${why}`);
  }

  #now(): number {
    return monotonicMs() - this.#ports.beganAtMs;
  }
}

/** `12:34` minutes of the run. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
