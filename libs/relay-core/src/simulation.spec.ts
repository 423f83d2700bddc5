import type { Random } from '#kernel';
import { seededRandom } from '#testing';
import { describe, it } from 'vitest';

import { QUICK_RETRY_MS_MIN, RETRY_DELAY_MS_MAX } from './back-off.ts';
import { FAILURES, isFailureCode } from './failure.ts';
import type { FailureCode } from './failure.ts';
import { ATTEMPT_MS_MAX, BEHIND_MS_MAX, ENDING_MS_MAX, stepPush } from './push-machine.ts';
import type { PushEffect, PushEvent } from './push-machine.ts';
import { newPush, rememberPush, restorePush } from './push-state.ts';
import type { EndMode, PushState } from './push-state.ts';

/** A failure names its seed; put it here, and 1 below, to see that run alone. */
const FIRST_SEED = 1;
const SEEDS = 2_000;
const TROUBLES = 60;
/** Far more than any honest run needs between two troubles. */
const TASKS_MAX = 20_000;
const TIMER_SLACK_MS = 250;
/**
 * A forgotten attempt meets its watchdog, or plays to its end, is torn down, waits the longest
 * back-off, connects.
 */
const LIVE_WITHIN_MS =
  ATTEMPT_MS_MAX + BEHIND_MS_MAX + 3 * ENDING_MS_MAX + RETRY_DELAY_MS_MAX + 10_000;

const CODES: readonly FailureCode[] = Object.keys(FAILURES).filter(isFailureCode);

class Chance {
  readonly random: Random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  between(min: number, max: number): number {
    return min + this.random() * (max - min);
  }

  once(share: number): boolean {
    return this.random() < share;
  }

  oneOf<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.random() * list.length)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  }
}

/** Simulated time: tasks in the order of their time, then of their making. */
class World {
  nowMs = 0;
  readonly #tasks: { atMs: number; order: number; run: () => void }[] = [];
  #order = 0;

  after(delayMs: number, run: () => void): void {
    this.#tasks.push({ atMs: this.nowMs + delayMs, order: (this.#order += 1), run });
  }

  runUntil(atMs: number): void {
    for (let run = 0; ; run += 1) {
      must(run < TASKS_MAX, 'a while of simulated time has an end');
      this.#tasks.sort((one, other) => one.atMs - other.atMs || one.order - other.order);
      const [next] = this.#tasks;
      if (next === undefined || next.atMs > atMs) break;
      this.#tasks.shift();
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = atMs;
  }
}

/**
 * The shell of one push, and a destination that does what chance tells it. Unlike the simulation
 * of the whole relay (test/sim), it also gives the machine what no honest shell would.
 */
class Simulation {
  readonly chance: Chance;
  readonly world = new World();
  state: PushState = newPush(0);
  calm = false;
  hasBackup = false;
  /** A new one for each life of the process: what an old life has planned no longer happens. */
  #life = 0;
  #timer = 0;
  #timerAtMs: number | null = null;
  readonly #alive = new Map<number, { ending: boolean }>();
  /** No attempt may begin before this, unless a person or a new broadcast asked for it. */
  #notBeforeMs = 0;

  constructor(seed: number) {
    this.chance = new Chance(seed);
  }

  give(event: PushEvent): void {
    const failuresBefore = this.state.lastFailure;
    const step = stepPush(this.state, event, this.world.nowMs, this.chance.random);
    this.state = step.state;
    if (
      [
        'wanted',
        'settings-changed',
        'retry-now',
        'broadcast-ended',
        'cut',
        'broadcast-cut',
      ].includes(event.kind)
    ) {
      this.#notBeforeMs = 0;
    } else if (this.state.lastFailure !== failuresBefore) {
      this.#noteFailure();
    }
    for (const effect of step.effects) this.#perform(effect);
    this.#check();
  }

  #noteFailure(): void {
    const waitMs = (this.state.retry?.atMs ?? Number.NaN) - this.world.nowMs;
    const inBounds = waitMs >= QUICK_RETRY_MS_MIN && waitMs <= RETRY_DELAY_MS_MAX;
    must(inBounds || this.#isEnding(), `a failure is retried within bounds, not in ${waitMs} ms`);
    this.#notBeforeMs = this.world.nowMs + waitMs;
  }

  #isEnding(): boolean {
    return this.state.attempt?.progress.step === 'ending';
  }

  #perform(effect: PushEffect): void {
    switch (effect.kind) {
      case 'start-attempt':
        must(this.#alive.size === 0, 'one attempt at a time');
        must(effect.target === 'main' || this.hasBackup, 'it goes to a URL that there is');
        must(this.world.nowMs >= this.#notBeforeMs, 'the back-off is waited out');
        this.#alive.set(effect.attemptId, { ending: false });
        this.#play(effect.attemptId);
        break;
      case 'end-attempt':
        this.#end(effect.attemptId, effect.mode);
        break;
      case 'set-timer':
        this.#setTimer(effect.atMs);
        break;
      case 'clear-timer':
        this.#timer += 1;
        this.#timerAtMs = null;
        break;
      case 'announce':
        must(effect.to === this.state.phase, 'the announced phase is the phase');
        break;
    }
  }

  /** Fires a little early at times, as timers do, or late. */
  #setTimer(atMs: number): void {
    this.#timer += 1;
    this.#timerAtMs = atMs;
    const timer = this.#timer;
    const delayMs = Math.max(0, atMs - this.world.nowMs + this.chance.between(-2, TIMER_SLACK_MS));
    this.#later(delayMs, () => {
      if (this.#timer !== timer) return;
      this.#timerAtMs = null;
      this.give({ kind: 'timer' });
    });
  }

  /** A drain plays for as long as it is behind, unless it hangs or is cut short. */
  #end(attemptId: number, mode: EndMode): void {
    const attempt = this.#alive.get(attemptId);
    must(attempt !== undefined, 'only a living attempt is ended');
    if (attempt.ending || (mode !== 'abort' && this.chance.once(0.2))) return;
    attempt.ending = mode !== 'drain';
    const playMs = mode === 'drain' ? (this.state.attempt?.behindMs ?? 0) : 0;
    const failure = mode === 'drain' && this.chance.once(0.2) ? this.chance.oneOf(CODES) : null;
    this.#later(playMs + this.chance.between(0, 1_000), () => this.#ended(attemptId, failure));
  }

  #ended(attemptId: number, failure: FailureCode | null): void {
    if (!this.#alive.delete(attemptId)) return;
    this.give({ kind: 'ended', attemptId, failure });
    if (this.chance.once(0.1)) this.give({ kind: 'ended', attemptId, failure });
  }

  #later(delayMs: number, run: () => void): void {
    const life = this.#life;
    this.world.after(delayMs, () => {
      if (this.#life === life) run();
    });
  }

  /** What the destination does with this attempt, step by step. */
  #play(attemptId: number): void {
    const { chance } = this;
    const steps = ['dialling', 'tcp', 'tls', 'publishAccepted'] as const;
    let delayMs = 0;
    for (const kind of steps) {
      delayMs += chance.between(0, 800);
      this.#later(delayMs, () => {
        if (!this.calm && chance.once(0.15)) this.#ended(attemptId, chance.oneOf(CODES));
        // From the gate on a watchdog runs; that it was left is the shell's own to say.
        const forgotten = kind !== 'dialling' && !this.calm && chance.once(0.02);
        if (this.#alive.has(attemptId) && !forgotten) this.give({ kind, attemptId });
      });
    }
    const lives = chance.oneOf([500, 5_000, 30_000, 120_000, 3_600_000, 43_200_000]);
    this.#later(delayMs + chance.between(0, lives), () => {
      const behindMs = chance.oneOf([0, 900, 5_000, 600_000, Infinity, Number.NaN]);
      if (this.#alive.has(attemptId)) this.give({ kind: 'behind', attemptId, behindMs });
    });
    for (const kind of ['degraded', 'recovered'] as const) {
      this.#later(delayMs + chance.between(0, lives), () => {
        if (this.#alive.has(attemptId) && !this.calm) this.give({ kind, attemptId });
      });
    }
    this.#later(delayMs + chance.between(0, lives), () => {
      if (!this.calm) this.#ended(attemptId, chance.oneOf(CODES));
    });
  }

  trouble(): void {
    const { chance } = this;
    const attemptId = Math.floor(chance.between(0, this.state.attemptsStarted));
    const old = chance.oneOf(['dialling', 'tcp', 'publishAccepted', 'degraded'] as const);
    const troubles: readonly (() => void)[] = [
      () => this.give({ kind: 'wanted', wanted: chance.once(0.7) }),
      () => this.give({ kind: 'broadcast-available' }),
      () => this.give({ kind: 'broadcast-available' }),
      () => this.give({ kind: chance.oneOf(['broadcast-lost', 'broadcast-ended']) }),
      () => this.give({ kind: 'cut' }),
      () => this.give({ kind: 'broadcast-cut', withinMs: chance.between(0, 5_000) }),
      () => this.changeTerms(),
      () => this.give({ kind: 'settings-changed' }),
      () => this.give({ kind: 'retry-now' }),
      () => this.give({ kind: 'timer' }),
      () => this.give({ kind: old, attemptId }),
      () => this.give({ kind: 'ended', attemptId, failure: chance.oneOf(CODES) }),
      () => this.#restart(),
    ];
    chance.oneOf(troubles)();
  }

  /** The owner gives it a second URL, takes it away, or sets when it is turned to. */
  changeTerms(): void {
    const backupAfter = this.chance.oneOf([null, 0, 1, 3]);
    this.hasBackup = backupAfter !== null;
    this.give({ kind: 'terms', terms: { backupAfter } });
  }

  /** The process dies and another takes over from what was remembered. */
  #restart(): void {
    const { nowMs } = this.world;
    const { wanted, broadcastAvailable } = this.state;
    const memory = rememberPush(this.state, nowMs, nowMs);
    this.#life += 1;
    this.#timer += 1;
    this.#timerAtMs = null;
    this.#alive.clear();
    this.state = restorePush(memory, { nowMs, wallMs: nowMs });
    const resumed = this.state.retry;
    this.changeTerms();
    if (wanted) this.give({ kind: 'wanted', wanted });
    this.#notBeforeMs = resumed?.atMs ?? 0;
    if (broadcastAvailable) this.give({ kind: 'broadcast-available' });
  }

  #check(): void {
    const { attempt, phase, retry } = this.state;
    must(attempt === null ? this.#alive.size === 0 : this.#alive.has(attempt.id), 'both know it');
    must(
      (phase === 'live' || phase === 'degraded') ===
        (attempt?.progress.step === 'live' && attempt.evidence.publishAcceptedAtMs !== null),
      'live rests on an accepted publish',
    );
    must(
      phase !== 'draining' ||
        (attempt?.progress.step === 'ending' && attempt.progress.mode === 'drain'),
      'a drain is an end',
    );
    const step = attempt?.progress.step;
    const waits = step === 'connecting' || step === 'ending' || phase === 'retrying';
    const sleeps = waits || phase === 'needs_attention';
    must(!sleeps || this.#timerAtMs !== null, 'someone will wake it');
    must((retry?.atMs ?? 0) <= this.world.nowMs + RETRY_DELAY_MS_MAX, 'no retry is too far away');
  }
}

function must(condition: boolean, belief: string): asserts condition {
  if (!condition) throw new Error(belief);
}

function simulatePush(seed: number): void {
  const simulation = new Simulation(seed);
  const { world, chance } = simulation;
  simulation.give({ kind: 'wanted', wanted: true });
  simulation.give({ kind: 'broadcast-available' });
  for (let count = 0; count < TROUBLES; count += 1) {
    world.runUntil(world.nowMs + chance.oneOf([0, 200, 3_000, 40_000, 400_000]) * chance.random());
    simulation.trouble();
  }
  simulation.calm = true;
  simulation.give({ kind: 'wanted', wanted: true });
  simulation.give({ kind: 'broadcast-available' });
  world.runUntil(world.nowMs + LIVE_WITHIN_MS);
  const { phase } = simulation.state;
  must(phase === 'live' || phase === 'degraded', `${phase} though the destination accepts`);
}

describe('whatever happens, in whatever order', () => {
  it('a push has one attempt at most, waits its turn, and is live in the end', () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
      try {
        simulatePush(seed);
      } catch (cause) {
        throw new Error(`seed ${seed}: ${String(cause)}`, { cause });
      }
    }
  });
});
