/** Who looks at one destination at a time: a person, and whoever they show it to. */
export const PREVIEW_VIEWERS_MAX = 2;

/** Under what name the desk has what goes out of a stream itself, beside its destinations. */
export function streamShownId(streamId: string): string {
  return `streams/${streamId}`;
}

/** Somebody who looks: given bytes of FLV until told that there are no more. */
export interface PreviewViewer {
  write(bytes: Uint8Array): void;
  end(): void;
}

/** `begin`: he was given a beginning, and takes what goes on from it. */
interface Seat {
  readonly viewer: PreviewViewer;
  hasBegun: boolean;
}

interface Shown {
  readonly shownId: string;
  readonly viewersMax: number;
  readonly watch: (watching: boolean) => void;
  readonly seats: Set<Seat>;
}

export type PreviewRefusal = 'not-live' | 'too-many';

/**
 * The built-in destinations that attempts of this node go to, and who looks at them. Nothing is
 * asked of a lane while nobody looks.
 */
export class PreviewDesk {
  readonly #shown = new Map<string, Shown>();

  /**
   * An attempt goes to that built-in destination; `watch` tells its lane. `shownId`: the
   * destination's, or that of `streamShownId`.
   */
  began(
    shownId: string,
    attemptId: string,
    watch: (watching: boolean) => void,
    viewersMax = PREVIEW_VIEWERS_MAX,
  ): void {
    this.#shown.set(attemptId, { shownId, viewersMax, watch, seats: new Set() });
  }

  /** It is over, and with it what there was to see. */
  ended(attemptId: string): void {
    const shown = this.#shown.get(attemptId);
    this.#shown.delete(attemptId);
    for (const { viewer } of shown?.seats ?? []) viewer.end();
  }

  /** The answer is called when the viewer goes; it is not called `end` on then. */
  open(shownId: string, viewer: PreviewViewer): (() => void) | PreviewRefusal {
    const shown = [...this.#shown.values()].findLast((one) => one.shownId === shownId);
    if (shown === undefined) return 'not-live';
    if (shown.seats.size >= shown.viewersMax) return 'too-many';
    const seat: Seat = { viewer, hasBegun: false };
    shown.seats.add(seat);
    shown.watch(true);
    return () => {
      if (shown.seats.delete(seat) && shown.seats.size === 0) shown.watch(false);
    };
  }

  /** `isStart`: a whole beginning, for whoever has none yet; else what goes on from one. */
  onMedia(attemptId: string, isStart: boolean, bytes: Uint8Array): void {
    for (const seat of this.#shown.get(attemptId)?.seats ?? []) {
      if (seat.hasBegun === isStart) continue;
      seat.hasBegun = true;
      seat.viewer.write(bytes);
    }
  }
}
