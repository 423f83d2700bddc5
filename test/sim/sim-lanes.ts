import type { LaneCommand, LaneReport } from '#lanes';
import type { Lanes } from '../../apps/relay/src/lanes-port.ts';
import { SimLane, type LanePorts, type RunningAttempt, type RunningHold } from './sim-lane.ts';
import type { SimRing } from './sim-ring.ts';

/** From a lane's thread to the main thread, and back. */
const HOP_MS = 1;
/** How long the supervisor takes to start a lane again. */
const RESTART_MS = 300;

export interface LanesHandler {
  onReport(lane: number, report: LaneReport): void;
  onLaneLost(lane: number, detail: string): void;
}

/** The lanes of one node, with the supervisor's manners: a lane that dies is started again. */
export class SimLanes implements Lanes {
  readonly size: number;
  readonly #ports: Omit<LanePorts, 'report'>;
  readonly #lanes: (SimLane | undefined)[];
  #killedAtMs = Number.NEGATIVE_INFINITY;
  #handler: LanesHandler | undefined;

  constructor(ports: Omit<LanePorts, 'report'>, size = 2) {
    this.size = size;
    this.#ports = ports;
    this.#lanes = Array.from({ length: size }, (_, lane) => this.#newLane(lane));
  }

  reportTo(handler: LanesHandler): void {
    this.#handler = handler;
  }

  lane(lane: number): SimLane | undefined {
    return this.#lanes[lane];
  }

  laneOf(timers: unknown): number {
    return this.#lanes.findIndex((lane) => lane === timers);
  }

  get attempts(): readonly (RunningAttempt & { readonly lane: SimLane })[] {
    return this.#lanes.flatMap((lane) =>
      lane === undefined ? [] : [...lane.attempts.values()].map((one) => ({ ...one, lane })),
    );
  }

  /** When a lane last stood still. */
  get busyAtMs(): number {
    return Math.max(...this.#lanes.map((lane) => lane?.busyAtMs ?? Number.NEGATIVE_INFINITY));
  }

  /** Whether an encoder that was let in is in any lane. */
  get hasEncoder(): boolean {
    return this.#lanes.some((lane) => lane !== undefined && lane.encoders > 0);
  }

  /** Encoders that were let in, in lanes whose event loop turns. */
  get encoders(): number {
    const now = this.#ports.world.time.monotonicMs();
    const awake = this.#lanes.filter((lane) => lane !== undefined && lane.busyAtMs < now - HOP_MS);
    return awake.reduce((sum, lane) => sum + (lane?.encoders ?? 0), 0);
  }

  /** When a lane was last killed. */
  get killedAtMs(): number {
    return this.#killedAtMs;
  }

  get holds(): readonly RunningHold[] {
    return this.#lanes.flatMap((lane) => lane?.runningHolds ?? []);
  }

  /** Whether it is up, and has not stood still for so long. */
  isAwake(lane: object, forMs: number): boolean {
    const known = this.#lanes.find((one) => one === lane);
    return known !== undefined && this.#ports.world.time.monotonicMs() - known.busyAtMs > forMs;
  }

  /** Those that a lane that is up knows. */
  get rings(): ReadonlySet<SimRing> {
    return new Set(this.#lanes.flatMap((lane) => lane?.knownRings ?? []));
  }

  isUp(lane: number): boolean {
    return this.#lanes[lane] !== undefined;
  }

  send(lane: number, command: LaneCommand): void {
    const receiver = this.#lanes[lane];
    if (receiver === undefined) return;
    this.#ports.world.time.after(HOP_MS, () => receiver.run(() => receiver.onCommand(command)));
  }

  broadcast(command: LaneCommand): void {
    for (let lane = 0; lane < this.size; lane += 1) this.send(lane, command);
  }

  kill(lane: number): void {
    const victim = this.#lanes[lane];
    if (victim === undefined) return;
    victim.die();
    this.#killedAtMs = this.#ports.world.time.monotonicMs();
    this.#lanes[lane] = undefined;
    const { time } = this.#ports.world;
    time.after(HOP_MS, () => this.#handler?.onLaneLost(lane, 'killed'));
    time.after(RESTART_MS, () => {
      if (this.#handler !== undefined) this.#lanes[lane] = this.#newLane(lane);
    });
  }

  /** The whole process is gone. */
  die(): void {
    this.#handler = undefined;
    for (const lane of this.#lanes) lane?.die();
    this.#lanes.fill(undefined);
  }

  #newLane(lane: number): SimLane {
    return new SimLane({
      ...this.#ports,
      // What a thread has posted arrives, also when the thread dies right after.
      report: (report) =>
        this.#ports.world.time.after(HOP_MS, () => this.#handler?.onReport(lane, report)),
    });
  }
}
