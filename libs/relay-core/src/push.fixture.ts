import type { FailureCode } from './failure.ts';
import { stepPush } from './push-machine.ts';
import type { PushEffect, PushEvent } from './push-machine.ts';
import { newPush } from './push-state.ts';
import type { PushState } from './push-state.ts';

const MIDDLE = (): number => 0.5;

/** One push and its time; every event is given by hand. */
export class Push {
  nowMs = 1_000;
  state: PushState;
  effects: readonly PushEffect[] = [];

  constructor(state?: PushState) {
    this.state = state ?? newPush(this.nowMs);
  }

  give(event: PushEvent): this {
    const step = stepPush(this.state, event, this.nowMs, MIDDLE);
    this.state = step.state;
    this.effects = step.effects;
    return this;
  }

  pass(durationMs: number): this {
    this.nowMs += durationMs;
    return this;
  }

  start(): this {
    return this.give({ kind: 'wanted', wanted: true }).give({ kind: 'broadcast-available' });
  }

  goLive(): this {
    const attemptId = this.attemptId();
    return this.give({ kind: 'dialling', attemptId }).give({ kind: 'publishAccepted', attemptId });
  }

  /** Its lane says how far behind it plays. */
  behind(behindMs: number): this {
    return this.give({ kind: 'behind', attemptId: this.attemptId(), behindMs });
  }

  fail(failure: FailureCode): this {
    return this.give({ kind: 'ended', attemptId: this.attemptId(), failure });
  }

  /** Waits until the retry is due and lets its timer fire. */
  retry(): this {
    this.nowMs = this.state.retry?.atMs ?? Number.NaN;
    return this.give({ kind: 'timer' });
  }

  attemptId(): number {
    return this.state.attempt?.id ?? Number.NaN;
  }

  retryInMs(): number {
    return (this.state.retry?.atMs ?? Number.NaN) - this.nowMs;
  }

  did(kind: PushEffect['kind']): PushEffect | undefined {
    return this.effects.find((effect) => effect.kind === kind);
  }
}
