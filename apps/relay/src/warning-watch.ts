import type { LiveWarning } from '#contracts';

/** What is over sooner was a swing, not a state. */
export const WARN_AFTER_MS = 3_000;
/** And what comes back sooner was never gone. */
export const CALM_AFTER_MS = 10_000;

/** What a rule found; when it began is for the watch to say. */
export type FoundWarning = Omit<LiveWarning, 'sinceAt'>;

interface Watched {
  /** As it was found last. */
  found: FoundWarning;
  readonly firstSeenMs: number;
  readonly sinceAt: string;
  lastSeenMs: number;
  isRaised: boolean;
}

/** What a look changed: who is told of it is told once. */
export interface WarningNews {
  readonly begun: readonly LiveWarning[];
  readonly over: readonly LiveWarning[];
}

/** Of one stream: what was found for long enough to be said, until it is gone for long enough. */
export class WarningWatch {
  readonly #watched = new Map<string, Watched>();

  /** What stands, the oldest first. */
  get warnings(): readonly LiveWarning[] {
    return [...this.#watched.values()].filter(({ isRaised }) => isRaised).map(warningOf);
  }

  /** Called on a beat with all that is found now. `nowMs` is monotonic. */
  look(found: readonly FoundWarning[], nowMs: number, wallMs: number): WarningNews {
    const begun: LiveWarning[] = [];
    const over: LiveWarning[] = [];
    const sinceAt = new Date(wallMs).toISOString();
    for (const one of found) this.#note(one, nowMs, sinceAt);
    for (const [key, watched] of this.#watched) {
      const isSeen = watched.lastSeenMs === nowMs;
      if (isSeen && !watched.isRaised && nowMs - watched.firstSeenMs >= WARN_AFTER_MS) {
        watched.isRaised = true;
        begun.push(warningOf(watched));
      } else if (!isSeen && this.#isGone(watched, nowMs)) {
        this.#watched.delete(key);
        if (watched.isRaised) over.push(warningOf(watched));
      }
    }
    return { begun, over };
  }

  #note(found: FoundWarning, nowMs: number, sinceAt: string): void {
    const key = keyOf(found);
    const known = this.#watched.get(key);
    if (known === undefined) {
      const times = { firstSeenMs: nowMs, lastSeenMs: nowMs, sinceAt };
      this.#watched.set(key, { found, isRaised: false, ...times });
    } else {
      known.found = found;
      known.lastSeenMs = nowMs;
    }
  }

  /** One that was not said yet has to be found again and again without a gap. */
  #isGone({ isRaised, lastSeenMs }: Watched, nowMs: number): boolean {
    return !isRaised || nowMs - lastSeenMs >= CALM_AFTER_MS;
  }
}

/** The same fault of the same destinations, whatever is measured of it by now. */
function keyOf({ code, limit, destinationIds }: FoundWarning): string {
  return [code, limit, ...destinationIds].join(' ');
}

function warningOf({ found, sinceAt }: Watched): LiveWarning {
  return { ...found, sinceAt };
}
