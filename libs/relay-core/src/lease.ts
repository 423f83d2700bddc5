import { unreachable } from '#kernel';

/**
 * A node's right to speak for one stream, as far as the node can know. All times are its own
 * monotonic milliseconds: no two nodes need the same clock, only clocks that run equally fast.
 *
 *     none ──granted──▶ held ──refused──▶ lost
 *      │ unanswered      ▲ │ unanswered    │ granted
 *      ▼                 │ ▼ after its end ▼
 *     unknown ──granted──┘ unknown        held
 */
export type LeaseState =
  /** Never asked for, or given back. */
  | { readonly standing: 'none'; readonly askedAtMs: number }
  /** Ours until then. Counted from the question, so it ends here before it ends in the store. */
  | { readonly standing: 'held'; readonly askedAtMs: number; readonly untilMs: number }
  /** The store is away, and nobody was seen to have the stream. */
  | { readonly standing: 'unknown'; readonly askedAtMs: number }
  /** Another node has the stream, or had it when the store last spoke. */
  | { readonly standing: 'lost'; readonly askedAtMs: number; readonly owner: string };

/** What came of asking the store. `askedAtMs`: when the question was sent. */
export type LeaseEvent =
  | { readonly kind: 'granted'; readonly askedAtMs: number; readonly forMs: number }
  | { readonly kind: 'refused'; readonly askedAtMs: number; readonly owner: string }
  /** The store is away, or was too slow. */
  | { readonly kind: 'unanswered'; readonly askedAtMs: number }
  /** We gave it back. */
  | { readonly kind: 'released'; readonly askedAtMs: number };

export function newLease(): LeaseState {
  return { standing: 'none', askedAtMs: Number.NEGATIVE_INFINITY };
}

/** The answer to an older question never takes the place of one to a newer. */
export function stepLease(state: LeaseState, event: LeaseEvent, nowMs: number): LeaseState {
  const { askedAtMs } = event;
  if (askedAtMs < state.askedAtMs) return state;
  switch (event.kind) {
    case 'granted':
      return { standing: 'held', askedAtMs, untilMs: askedAtMs + event.forMs };
    case 'refused':
      return { standing: 'lost', askedAtMs, owner: event.owner };
    case 'unanswered':
      // Whoever had the stream when the store was last heard may have it still.
      if (state.standing === 'lost' || isHeld(state, nowMs)) return state;
      return { standing: 'unknown', askedAtMs };
    case 'released':
      return { standing: 'none', askedAtMs };
    default:
      return unreachable(event);
  }
}

/** Ours for certain: no other node can have taken it yet. */
export function isHeld(state: LeaseState, nowMs: number): boolean {
  return state.standing === 'held' && nowMs < state.untilMs;
}

/**
 * Whether a push may open a connection now: when the stream is ours, or when nobody can be asked
 * and nobody was seen to have it. A lease that ran out unrenewed says neither: ask first.
 */
export function mayDial(state: LeaseState, nowMs: number): boolean {
  return isHeld(state, nowMs) || state.standing === 'unknown';
}
