import type { Clock, Timers } from '#kernel';

/**
 * With so few cursors in a lane media is written as it arrives: a timer's wake-up would cost more
 * than the writes that it saves.
 */
const AT_ONCE_CURSORS_MAX = 4;
/** Each further cursor lengthens the beat, for fewer and larger writes. */
const BEAT_PER_CURSOR_MS = 1.5;
export const BEAT_MAX_MS = 30;
export const WORK_MADE_UP_MS_MAX = 4;
/** A shorter beat brings a message or two of a stream: leaving them unread would save nothing. */
const UNREAD_FROM_BEAT_MS = 16;
/** Of what the beats before took, so much is in what the next one is judged by. */
const WORK_WEIGHT = 0.2;

/** How old data may become before it is written, in a lane with so many cursors; 0: not at all. */
export function beatMs(cursors: number): number {
  return Math.min(BEAT_MAX_MS, BEAT_PER_CURSOR_MS * Math.max(0, cursors - AT_ONCE_CURSORS_MAX));
}

/**
 * How long data gathers where reading and writing then take `workMs`. Only so much of it is made up
 * for: a lane with hundreds of streams would write smaller pieces the busier it is.
 */
export function gatherMs(cursors: number, workMs: number): number {
  return Math.max(0, beatMs(cursors) - Math.min(workMs, WORK_MADE_UP_MS_MAX));
}

/** A ring's side of a beat, where its writer is in another lane. */
export interface Changing {
  headSequence(): number;
  /** Resolves as soon as there is more than `sequence`, or after a while without news. */
  changed(sequence: number, timeoutMs: number): Promise<void>;
}

/** What a writer reads from, which can be left unread while a beat gathers. */
export interface Tap {
  close(): void;
  open(): void;
}

/** Calls the task once all that can be read has been read. */
export type AfterReads = (task: () => void) => void;

/** Called with the monotonic time: writes what is new to one destination. */
export type Pump = (nowMs: number) => void;

/** However little happens, every cursor is looked at so often: for what stalls, and what is due. */
export const LOOK_MS = 250;

interface RingPumps {
  readonly ring: Changing;
  readonly pumps: Set<Pump>;
  /** Something came since its cursors were pumped. */
  isDue: boolean;
  /** What the ring held when they were. */
  pumpedHead: number;
  isWatched: boolean;
}

/**
 * The beat of one lane: armed by arriving data, silent without it. What comes until it ends leaves
 * in one write per cursor, over all rings, so that a lane wakes once for many streams. A writer in
 * the same lane says when it has written, and is not read from while a beat gathers: the kernel
 * holds its bytes, and wakes nobody. So beat follows beat until one brings nothing. A writer in
 * another lane wakes this one through the ring.
 */
export class Beat {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #afterReads: AfterReads;
  readonly #rings = new Map<string, RingPumps>();
  /** How many writers of each ring are in this lane: for a moment it can be two. */
  readonly #writers = new Map<string, number>();
  readonly #taps = new Map<Tap, string>();
  /** Those that the beat under way has closed. */
  #closed: Tap[] = [];
  #cursors = 0;
  /** What a beat takes from its end until all is written, smoothed. */
  #workMs = 0;
  #isArmed = false;
  #isLooking = false;
  /** A beat is under way. */
  #isPumping = false;

  constructor(clock: Clock, timers: Timers, afterReads: AfterReads = afterPoll) {
    this.#clock = clock;
    this.#timers = timers;
    this.#afterReads = afterReads;
  }

  /** Calls `pump` on every beat of that ring until the answer is called. */
  join(ringId: string, ring: Changing, pump: Pump): () => void {
    const entry = this.#rings.get(ringId) ?? this.#open(ringId, ring);
    entry.pumps.add(pump);
    this.#cursors += 1;
    this.#watch(ringId, entry);
    this.#look();
    return () => this.#leave(ringId, entry, pump);
  }

  /**
   * A writer of the ring is in this lane, and calls `arrived`, until the answer is called. What it
   * reads from is its `tap`, if that can be closed.
   */
  writesHere(ringId: string, tap?: Tap): () => void {
    this.#writers.set(ringId, (this.#writers.get(ringId) ?? 0) + 1);
    if (tap !== undefined) this.#taps.set(tap, ringId);
    return () => {
      if (tap !== undefined) this.#taps.delete(tap);
      const left = (this.#writers.get(ringId) ?? 0) - 1;
      if (left > 0) this.#writers.set(ringId, left);
      else this.#writers.delete(ringId);
      const entry = this.#rings.get(ringId);
      if (entry !== undefined) this.#watch(ringId, entry);
    };
  }

  /** There is more in the ring. */
  arrived(ringId: string): void {
    const entry = this.#rings.get(ringId);
    if (entry === undefined) return;
    if (this.#isPumping) {
      entry.isDue = true;
      return;
    }
    if (beatMs(this.#cursors) === 0) {
      this.#pump(entry, this.#clock.monotonicMs());
      return;
    }
    entry.isDue = true;
    if (this.#isArmed) return;
    this.#closeTaps();
    this.#arm();
  }

  #arm(): void {
    this.#isArmed = true;
    this.#timers.after(gatherMs(this.#cursors, this.#workMs), () => this.#endGathering());
  }

  /** A ring that is read in other lanes alone is not held up by the beat of this one. */
  #closeTaps(): void {
    if (beatMs(this.#cursors) < UNREAD_FROM_BEAT_MS) return;
    for (const [tap, ringId] of this.#taps) {
      if (!this.#rings.has(ringId)) continue;
      tap.close();
      this.#closed.push(tap);
    }
  }

  #endGathering(): void {
    const endedAtMs = this.#clock.monotonicMs();
    if (this.#closed.length === 0) {
      this.#pumpDue(endedAtMs);
      return;
    }
    for (const tap of this.#closed) tap.open();
    this.#closed = [];
    this.#afterReads(() => this.#pumpDue(endedAtMs));
  }

  #open(ringId: string, ring: Changing): RingPumps {
    const entry = {
      ring,
      pumps: new Set<Pump>(),
      isDue: false,
      isWatched: false,
      pumpedHead: ring.headSequence(),
    };
    this.#rings.set(ringId, entry);
    return entry;
  }

  #leave(ringId: string, entry: RingPumps, pump: Pump): void {
    if (!entry.pumps.delete(pump)) return;
    this.#cursors -= 1;
    if (entry.pumps.size === 0) this.#rings.delete(ringId);
  }

  #pumpDue(endedAtMs: number): void {
    this.#isArmed = false;
    const isBusy = this.#pumpAllDue(this.#clock.monotonicMs());
    const tookMs = this.#clock.monotonicMs() - endedAtMs;
    this.#workMs += WORK_WEIGHT * (tookMs - this.#workMs);
    if (!isBusy) return;
    // More is on its way: it need not wake the lane to say so.
    this.#closeTaps();
    if (this.#closed.length > 0) this.#arm();
  }

  /**
   * Whoever is pumped may write to another ring, as a rendition is made: what is fed from that one
   * belongs to the same beat, whichever of the two comes first.
   */
  #pumpAllDue(nowMs: number): boolean {
    let isBusy = false;
    this.#isPumping = true;
    for (let isLeft = true; isLeft;) {
      isLeft = false;
      for (const entry of this.#rings.values()) {
        if (!entry.isDue) continue;
        isLeft = true;
        this.#pump(entry, nowMs);
      }
      isBusy ||= isLeft;
    }
    this.#isPumping = false;
    return isBusy;
  }

  #pump(entry: RingPumps, nowMs: number): void {
    entry.isDue = false;
    entry.pumpedHead = entry.ring.headSequence();
    for (const pump of entry.pumps) pump(nowMs);
  }

  /** Waits for a writer in another lane; at most once at a time for each ring. */
  #watch(ringId: string, entry: RingPumps): void {
    if (entry.isWatched) return;
    entry.isWatched = true;
    this.#awaitChange(ringId, entry);
  }

  #awaitChange(ringId: string, entry: RingPumps): void {
    if (entry.pumps.size === 0 || this.#writers.has(ringId)) {
      entry.isWatched = false;
      return;
    }
    const head = entry.pumpedHead;
    void entry.ring.changed(head, LOOK_MS).then(() => {
      if (entry.ring.headSequence() !== head) this.arrived(ringId);
      // Set after the beat's own timer, so that it comes after the beat.
      this.#timers.after(beatMs(this.#cursors), () => this.#awaitChange(ringId, entry));
    });
  }

  #look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#timers.after(LOOK_MS, () => {
      this.#isLooking = false;
      if (this.#cursors === 0) return;
      const nowMs = this.#clock.monotonicMs();
      for (const entry of this.#rings.values()) this.#pump(entry, nowMs);
      this.#look();
    });
  }
}

/** Node reads between its timers and its immediates. */
function afterPoll(task: () => void): void {
  setImmediate(task);
}
