import type { Cancel, Clock, Timers } from '#kernel';
import { ConnectGate } from '#relay-core';

/** The connect gate with its timer: calls back when a push may dial. */
export class GateKeeper {
  readonly #gate: ConnectGate;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #callbacks = new Map<string, () => void>();
  #cancelTimer: Cancel = () => undefined;

  constructor(clock: Clock, timers: Timers, gate: ConnectGate = new ConnectGate()) {
    this.#gate = gate;
    this.#clock = clock;
    this.#timers = timers;
  }

  /** `onAdmitted` is called once, perhaps before this returns, unless the push leaves first. */
  ask(pushId: string, onAdmitted: () => void): void {
    this.#callbacks.set(pushId, onAdmitted);
    this.#gate.ask(pushId);
    this.#admit();
  }

  /** Live, failed or given up: the place is free for the next. */
  leave(pushId: string): void {
    this.#callbacks.delete(pushId);
    this.#gate.leave(pushId);
    this.#admit();
  }

  #admit(): void {
    const { admitted, nextAtMs } = this.#gate.admit(this.#clock.monotonicMs());
    this.#cancelTimer();
    if (nextAtMs !== null) {
      const waitMs = Math.max(1, nextAtMs - this.#clock.monotonicMs());
      this.#cancelTimer = this.#timers.after(waitMs, () => this.#admit());
    }
    for (const pushId of admitted) {
      const callback = this.#callbacks.get(pushId);
      this.#callbacks.delete(pushId);
      callback?.();
    }
  }
}
