import type { Destination } from '#contracts';

/** What was asked for a destination, as long as it is not known to be so. */
export interface Wish {
  readonly destinationId: string;
  readonly enabled: boolean;
  readonly askedAtMs: number;
}

export type Wishes = Readonly<Record<string, Wish>>;

/** Whatever holds wishes among other things. */
interface Holder {
  readonly wishes: Wishes;
}

/** What was not granted after this is not shown as if it were about to be. */
export const wishMs = 10_000;

export function withWish<State extends Holder>(state: State, wish: Wish): State {
  return { ...state, wishes: { ...state.wishes, [wish.destinationId]: wish } };
}

/** Takes this wish back; one that was made after it stands. */
export function withoutWish<State extends Holder>(state: State, wish: Wish): State {
  if (state.wishes[wish.destinationId] !== wish) return state;
  const { [wish.destinationId]: _gone, ...wishes } = state.wishes;
  return { ...state, wishes };
}

/** Those that are not yet so: a wish ends with what the server says of the destination itself. */
export function withoutAgreed(
  wishes: Wishes,
  streams: ReadonlyArray<{ readonly destinations: readonly Wantable[] }>,
): Wishes {
  const held = Object.entries(wishes);
  const destinations = new Map(
    streams.flatMap((stream) => stream.destinations.map((each) => [each.id, each] as const)),
  );
  const left = held.filter(([id, wish]) => {
    const destination = destinations.get(id);
    return destination !== undefined && destination.enabled !== wish.enabled;
  });
  return left.length === held.length ? wishes : Object.fromEntries(left);
}

type Wantable = Pick<Destination, 'id' | 'enabled'>;

/** What is wanted of a destination: what was asked last, as long as there is hope for it. */
export interface Wanted {
  readonly enabled: boolean;
  /** It was asked for and is not yet so. */
  readonly pending: boolean;
}

const on: Wanted = { enabled: true, pending: false };
const off: Wanted = { enabled: false, pending: false };
const startAsked: Wanted = { enabled: true, pending: true };
const stopAsked: Wanted = { enabled: false, pending: true };

/** The same object for the same answer. */
export function wantedOf({ id, enabled }: Wantable, wishes: Wishes, nowMs: number): Wanted {
  const wish = wishes[id];
  if (wish === undefined || wish.enabled === enabled || nowMs - wish.askedAtMs >= wishMs) {
    return enabled ? on : off;
  }
  return wish.enabled ? startAsked : stopAsked;
}
