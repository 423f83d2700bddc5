import type { Random } from '#kernel';
import { seededRandom } from '#testing';
import { FAULT_NAMES, faultKind } from './fault-kinds.ts';
import type { FaultKind, FaultName } from './fault-kinds.ts';

const PAUSE_MS_MIN = 5_000;
const PAUSE_MS_MAX = 20_000;
/** Nothing is done at the beginning, and nothing at the end: what is left is to be seen at rest. */
const FIRST_REST = { share: 0.05, msMax: 30_000 } as const;
const LAST_REST = { share: 0.1, msMax: 180_000 } as const;
/** Processes are killed only before this share of the time: the memory of the rest is judged. */
export const PROCESS_KILLS_UNTIL = 0.4;
/** A house recovers from one fault before the next one; a supervisor waits longer after each. */
const HOUSE_REST_MS = 15_000;

export interface PlannedFault {
  readonly number: number;
  readonly name: FaultName;
  /** From the beginning of the run. */
  readonly atMs: number;
  readonly forMs: number;
  /** `destination 1.3`, `stream 2`, `house` or `door`. */
  readonly target: string;
  /** 0 to 1: whatever else of it is a matter of chance. */
  readonly chance: number;
}

export interface PlanWish {
  readonly seed: number;
  readonly durationMs: number;
  /** Names of what faults may befall. */
  readonly destinations: readonly string[];
  readonly streams: readonly string[];
}

/**
 * What is done to the product, and when: every 5 to 20 s a fault from a shuffled deck of all of
 * them, so that each has its turn. One seed gives one plan.
 */
export function planFaults(wish: PlanWish): PlannedFault[] {
  const random = seededRandom(wish.seed);
  const deck = new Deck(random);
  const plan: PlannedFault[] = [];
  const freeAtMs = new Map<string, number>();
  const endMs = wish.durationMs - rest(wish, LAST_REST);
  let atMs = rest(wish, FIRST_REST);
  for (;;) {
    const isLate = atMs > wish.durationMs * PROCESS_KILLS_UNTIL;
    const found = deck.deal((name) =>
      placed(name, { wish, atMs, endMs, isLate, freeAtMs }, random),
    );
    if (found !== undefined) {
      const kind = faultKind(found.name);
      freeAtMs.set(found.target, atMs + found.forMs + pauseAfterMs(kind));
      plan.push({ ...found, number: plan.length + 1, chance: random() });
    }
    atMs += Math.round(PAUSE_MS_MIN + random() * (PAUSE_MS_MAX - PAUSE_MS_MIN));
    if (atMs >= endMs) return plan;
  }
}

function rest({ durationMs }: PlanWish, { share, msMax }: typeof FIRST_REST | typeof LAST_REST) {
  return Math.min(msMax, Math.round(durationMs * share));
}

function pauseAfterMs({ place, settleSeconds }: FaultKind): number {
  return settleSeconds * 1_000 + (place === 'house' ? HOUSE_REST_MS : 0);
}

interface Situation {
  readonly wish: PlanWish;
  readonly atMs: number;
  readonly endMs: number;
  readonly isLate: boolean;
  readonly freeAtMs: ReadonlyMap<string, number>;
}

/** The fault at that time, or undefined where it has no place then. */
function placed(name: FaultName, situation: Situation, random: Random) {
  const { wish, atMs, endMs, isLate, freeAtMs } = situation;
  const kind = faultKind(name);
  if (isLate && kind.startsProcess === true) return undefined;
  const seconds = kind.secondsMin + random() * (kind.secondsMax - kind.secondsMin);
  const forMs = Math.round(seconds * 1_000);
  if (atMs + forMs + kind.settleSeconds * 1_000 > endMs) return undefined;
  const free = targetsOf(kind, wish).filter((target) => (freeAtMs.get(target) ?? 0) <= atMs);
  const target = free[Math.floor(random() * free.length)];
  return target === undefined ? undefined : { name, atMs, forMs, target };
}

function targetsOf({ place }: FaultKind, { destinations, streams }: PlanWish): readonly string[] {
  switch (place) {
    case 'destination':
      return destinations;
    case 'stream':
      return streams;
    case 'house':
    case 'door':
      return [place];
  }
}

/** Each fault as often as it weighs, shuffled; dealt out before it is shuffled again. */
class Deck {
  readonly #random: Random;
  readonly #cards: FaultName[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** The first card that has a place now. One that has none stays for later. */
  deal<Place>(place: (name: FaultName) => Place | undefined): Place | undefined {
    return this.#first(place) ?? (this.#shuffle(), this.#first(place));
  }

  #first<Place>(place: (name: FaultName) => Place | undefined): Place | undefined {
    for (const [index, name] of this.#cards.entries()) {
      const found = place(name);
      if (found === undefined) continue;
      this.#cards.splice(index, 1);
      return found;
    }
    return undefined;
  }

  /** Below what is left, which comes first. */
  #shuffle(): void {
    const left = new Set(this.#cards);
    const all = FAULT_NAMES.filter((name) => !left.has(name)).flatMap((name) =>
      Array.from({ length: faultKind(name).weight }, () => name),
    );
    while (all.length > 0) {
      const index = Math.floor(this.#random() * all.length);
      this.#cards.push(...all.splice(index, 1));
    }
  }
}
