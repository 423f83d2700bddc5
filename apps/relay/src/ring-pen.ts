import { randomUUID } from 'node:crypto';
import type { Timers } from '#kernel';

/** Who is to write to a broadcast's ring; nobody, once it is over. */
export type PenTarget =
  | { readonly kind: 'ingest'; readonly ingestId: string; readonly lane: number }
  /** Pictures and silence of the relay's own, in whatever lane has room. */
  | { readonly kind: 'hold' };

export type PenHolder =
  | { readonly kind: 'ingest'; readonly id: string; readonly lane: number }
  | { readonly kind: 'hold'; readonly id: string; readonly lane: number };

export interface PenPorts {
  readonly timers: Timers;
  takeRing(ingestId: string): void;
  yieldRing(ingestId: string): void;
  startHold(holdId: string, lane: number): void;
  endHold(holdId: string): void;
  /** A lane that is up: that one, if it is; undefined when none is. */
  holdLane(preferred: number | undefined): number | undefined;
}

/** How long a lane may take to say that a writer has let go; then it is not waited for. */
export const LANE_ANSWER_MS = 500;
/** A hold for which no lane is up is tried again after this. */
export const LANE_AGAIN_MS = 250;

interface Pass {
  readonly to: PenTarget | null;
  readonly done: (outcome: 'passed' | 'gone') => void;
}

/**
 * A ring has one writer at a time. The pen goes from one to the next in order: the one who has it
 * is told to let go and says so, and only then the next is told to write. A lane that does not
 * answer is not waited for; should its writer come to itself later, the ring itself turns it away.
 */
export class RingPen {
  readonly #ports: PenPorts;
  #holder: PenHolder | null = null;
  /** The newest order, until it is carried out or nothing is left to carry out. */
  #pass: Pass | undefined;
  /** Who should have it: a hold that ends by itself, or dies with its lane, is made anew. */
  #target: PenTarget | null = null;
  /** Set while the holder was told to let go and has not said that it did. */
  #cancelWait: (() => void) | undefined;
  #cancelAgain: (() => void) | undefined;
  #lastLane: number | undefined;
  /** Words of `ingest-yielded` that answer an order from before, by ingest. */
  readonly #owed = new Map<string, number>();

  constructor(ports: PenPorts) {
    this.#ports = ports;
  }

  get holder(): PenHolder | null {
    return this.#holder;
  }

  /** It was let in as the writer of a ring that nobody writes. */
  given(ingestId: string, lane: number): void {
    this.#target = { kind: 'ingest', ingestId, lane };
    this.#hold({ kind: 'ingest', id: ingestId, lane });
  }

  /**
   * Replaces the order before, which is answered with `gone`, as is one whose ingest is gone. Never
   * rejects.
   */
  pass(to: PenTarget | null): Promise<'passed' | 'gone'> {
    return new Promise((resolve) => {
      this.#pass?.done('gone');
      this.#pass = { to, done: resolve };
      this.#target = to;
      this.#settle();
    });
  }

  /** An armed ingest is not needed after all. */
  disarm(ingestId: string): void {
    this.#yield(ingestId);
  }

  /** A lane says that the ingest writes no more, as it was told or of itself. */
  yielded(ingestId: string): void {
    const owed = this.#owed.get(ingestId) ?? 0;
    if (owed > 1) this.#owed.set(ingestId, owed - 1);
    else this.#owed.delete(ingestId);
    // The answer to an order from before it was given the pen says nothing of now.
    const isLate = owed > (this.#isAwaited(ingestId) ? 1 : 0);
    if (!isLate) this.#letGo(ingestId);
  }

  /** A hold writes no more, as it was told or of itself. */
  holdEnded(holdId: string): void {
    this.#letGo(holdId);
  }

  /**
   * The ingest has let go of itself, and cannot be given the pen before it was asked for again.
   * `hasWritten`: since it was given the pen. Where it has not, the order to write may have passed
   * its word on the way, and is taken back.
   */
  frozen(ingestId: string, hasWritten: boolean): void {
    this.#forget(ingestId);
    const holder = this.#holder;
    if (hasWritten || holder?.id !== ingestId) this.#letGo(ingestId);
    else if (this.#cancelWait === undefined) this.#revoke(holder);
  }

  /** Its connection is gone. */
  gone(ingestId: string): void {
    this.#owed.delete(ingestId);
    this.#forget(ingestId);
    this.#letGo(ingestId);
  }
  /** Whatever wrote in that lane is gone. */
  laneLost(lane: number): void {
    if (this.#holder?.lane !== lane) return;
    const { id, kind } = this.#holder;
    if (kind === 'ingest') this.gone(id);
    else this.#letGo(id);
  }

  #forget(ingestId: string): void {
    if (this.#target?.kind !== 'ingest' || this.#target.ingestId !== ingestId) return;
    this.#target = null;
    const pass = this.#pass;
    this.#pass = undefined;
    pass?.done('gone');
  }

  #isAwaited(id: string): boolean {
    return this.#holder?.id === id && this.#cancelWait !== undefined;
  }

  #letGo(id: string): void {
    if (this.#holder?.id !== id) return;
    this.#release();
    this.#settle();
  }

  #release(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    this.#holder = null;
  }

  /** Takes the next step towards the target, if there is one to take. */
  #settle(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = undefined;
    const holder = this.#holder;
    if (holder !== null) {
      if (this.#isTarget(holder)) this.#finish();
      else if (this.#cancelWait === undefined) this.#revoke(holder);
      return;
    }
    this.#grant();
  }

  #isTarget({ kind, id }: PenHolder): boolean {
    const target = this.#target;
    // One that was told to let go does, although it may be wanted again by now.
    if (this.#cancelWait !== undefined || target === null) return false;
    return target.kind === 'hold' ? kind === 'hold' : target.ingestId === id;
  }

  #revoke({ kind, id }: PenHolder): void {
    this.#cancelWait = this.#ports.timers.after(LANE_ANSWER_MS, () => this.#letGo(id));
    if (kind === 'hold') this.#ports.endHold(id);
    else this.#yield(id);
  }

  #grant(): void {
    const target = this.#target;
    if (target === null) {
      this.#finish();
      return;
    }
    if (target.kind === 'ingest') {
      this.#hold({ kind: 'ingest', id: target.ingestId, lane: target.lane });
      this.#ports.takeRing(target.ingestId);
      this.#finish();
      return;
    }
    const lane = this.#ports.holdLane(this.#lastLane);
    if (lane === undefined) {
      this.#cancelAgain = this.#ports.timers.after(LANE_AGAIN_MS, () => this.#settle());
      return;
    }
    const id = randomUUID();
    this.#hold({ kind: 'hold', id, lane });
    this.#ports.startHold(id, lane);
    this.#finish();
  }

  #hold(holder: PenHolder): void {
    this.#holder = holder;
    this.#lastLane = holder.lane;
  }

  #finish(): void {
    const pass = this.#pass;
    this.#pass = undefined;
    pass?.done('passed');
  }

  #yield(ingestId: string): void {
    this.#owed.set(ingestId, (this.#owed.get(ingestId) ?? 0) + 1);
    this.#ports.yieldRing(ingestId);
  }
}
