import type { FailureClass } from '#relay-core';
import type { Ledger } from './ledger.ts';

/** Of each delay, what chance may take away. */
const SHORTEST = 0.8;
const QUICK_MS = 250;
const HEALTHY_MS = 60_000;
/** A dead session of ours may hold the key for so long: what it refuses is tried sooner. */
const GHOST_MS = 180_000;

/** The least that is waited after the first, second, … failure of a class in a row. */
const LEAST_MS: Readonly<Record<FailureClass, readonly number[]>> = {
  transient: [1_000],
  congested: [1_000],
  internal: [1_000],
  rejected: [5_000, 75_000],
  tls: [60_000],
  config: [60_000],
  content: [30_000, 60_000],
  limit: [30_000, 60_000],
  fenced: [30_000, 60_000],
};
const LEAST_WITH_GHOST_MS = [2_000, 5_000, 10_000, 30_000];
const TRANSIENT = new Set<string>(['transient', 'congested', 'internal']);

interface Failed {
  readonly atMs: number;
  readonly leastMs: number;
  readonly failureClass: string;
  readonly inRow: number;
}

export interface AttemptEnd {
  readonly class: string;
  readonly nowMs: number;
  /** How long it was live; undefined when it never was. */
  readonly liveMs: number | undefined;
  /** What the push was told by Redis when it began may be of a session that nobody ended. */
  readonly mayFollowGhost: boolean;
}

/** Whether each destination is left in peace as long as it must be; it knows the table by heart. */
export class BackOffCheck {
  readonly #ledger: Ledger;
  readonly #failed = new Map<string, Failed>();
  readonly #lastLiveMs = new Map<string, number>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** A person, or a new broadcast, makes past failures worthless. */
  forgive(push: string): void {
    this.#failed.delete(push);
  }

  forgiveAll(): void {
    this.#failed.clear();
  }

  started(push: string, nowMs: number): void {
    const failed = this.#failed.get(push);
    if (failed === undefined) return;
    const { atMs, leastMs, failureClass, inRow } = failed;
    const waitedMs = nowMs - atMs;
    this.#ledger.must(
      waitedMs >= leastMs - 2,
      () =>
        `back-off: ${push} was tried ${waitedMs.toFixed(0)} ms after failure ${inRow} in a row ` +
        `of class ${failureClass}, not after ${leastMs} ms`,
    );
  }

  ended(push: string, end: AttemptEnd): void {
    const { nowMs, liveMs } = end;
    const ghostUntilMs = (this.#lastLiveMs.get(push) ?? Number.NEGATIVE_INFINITY) + GHOST_MS;
    const mayBeGhost = end.mayFollowGhost || nowMs < ghostUntilMs;
    if (liveMs !== undefined) this.#lastLiveMs.set(push, nowMs);
    if (end.class === 'deliberate') {
      this.forgive(push);
      return;
    }
    const before =
      liveMs !== undefined && liveMs >= HEALTHY_MS ? undefined : this.#failed.get(push);
    const inRow = before?.failureClass === end.class ? before.inRow + 1 : 1;
    const failureClass = end.class as FailureClass;
    const ladder =
      failureClass === 'rejected' && mayBeGhost ? LEAST_WITH_GHOST_MS : LEAST_MS[failureClass];
    const isQuick = TRANSIENT.has(end.class) && liveMs !== undefined && before === undefined;
    const rungMs = (ladder[Math.min(inRow, ladder.length) - 1] ?? 0) * SHORTEST;
    const leastMs = isQuick ? QUICK_MS : rungMs;
    this.#failed.set(push, { atMs: nowMs, leastMs, failureClass, inRow });
  }
}
