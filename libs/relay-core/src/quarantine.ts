/** So many times within the window, and the stream is refused. */
export const QUARANTINE_DEATHS = 3;
export const QUARANTINE_WINDOW_MS = 60_000;
/** From its last death on. */
export const QUARANTINE_MS = 300_000;
/** Streams that are remembered; the one that was added first is forgotten first. */
export const QUARANTINE_STREAMS_MAX = 1_000;

/**
 * A stream whose bytes end the lane that reads them takes all down that the lane carries, and its
 * encoder comes back by itself: again and again, unless the stream is refused for a while. Times
 * are monotonic.
 */
export class Quarantine {
  readonly #diedAtMs = new Map<string, readonly number[]>();
  readonly #refusedUntilMs = new Map<string, number>();

  /** A lane has died of the stream's bytes. True: from now on it is refused. */
  died(streamId: string, nowMs: number): boolean {
    const recent = (this.#diedAtMs.get(streamId) ?? []).filter(
      (atMs) => nowMs - atMs < QUARANTINE_WINDOW_MS,
    );
    const deaths = [...recent, nowMs];
    if (deaths.length < QUARANTINE_DEATHS) {
      remember(this.#diedAtMs, streamId, deaths);
      return false;
    }
    this.#diedAtMs.delete(streamId);
    remember(this.#refusedUntilMs, streamId, nowMs + QUARANTINE_MS);
    return true;
  }

  isRefused(streamId: string, nowMs: number): boolean {
    const untilMs = this.#refusedUntilMs.get(streamId);
    if (untilMs === undefined) return false;
    if (nowMs < untilMs) return true;
    this.#refusedUntilMs.delete(streamId);
    return false;
  }
}

function remember<Value>(map: Map<string, Value>, streamId: string, value: Value): void {
  map.delete(streamId);
  map.set(streamId, value);
  const [first] = map.keys();
  if (map.size > QUARANTINE_STREAMS_MAX && first !== undefined) map.delete(first);
}
