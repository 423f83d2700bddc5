import type { LaneCommand } from '#lanes';

/** The lanes as the relay commands them; `LanePool` is what runs. Their reports come to `Relay`. */
export interface Lanes {
  readonly size: number;
  /**
   * Whether it can be given new work: false between the death of a lane and the start of its
   * successor, and while its event loop stands still.
   */
  isUp(lane: number): boolean;
  /** What is sent to a lane that has died is lost: the relay is told of the death. */
  send(lane: number, command: LaneCommand): void;
  broadcast(command: LaneCommand): void;
}
