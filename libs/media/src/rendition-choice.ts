import type { AmfValue } from '#amf';
import type { Framing } from '#flv';

/** One track by its number, all that there are, or none. */
export type TrackChoice = number | 'all' | 'none';

/** What of a broadcast a rendition has. */
export interface RenditionChoice {
  readonly video: TrackChoice;
  readonly audio: TrackChoice;
  /** Of the tracks that are chosen by a number; a message of several stays as it is. */
  readonly framing: Framing;
  /** Put into the stream's metadata, in place of what the encoder says. */
  readonly metadata: ReadonlyMap<string, AmfValue>;
}

/** Without frames for this long, by the media's clock, a chosen track is missing. */
export const TRACK_MISSING_AFTER_MS = 3_000;

/**
 * Which track of a kind is sent: the one that was chosen, or track 0 while that is missing. A track
 * is taken up where it can be decoded from.
 */
export class ChosenTrack {
  readonly wanted: number;
  #current: number;
  #seenAtMs: number;

  /** `isThere`: it has a configuration, or has been heard. */
  constructor(wanted: number, isThere: boolean, nowMs: number) {
    this.wanted = wanted;
    this.#current = isThere ? wanted : 0;
    this.#seenAtMs = nowMs;
  }

  get current(): number {
    return this.#current;
  }

  get isMissing(): boolean {
    return this.#current !== this.wanted;
  }

  /** Its configuration came, or has gone for good. Says whether another track is sent now. */
  renew(isThere: boolean, nowMs: number): boolean {
    if (isThere || this.isMissing || this.wanted === 0) return false;
    this.#current = 0;
    this.#seenAtMs = nowMs;
    return true;
  }

  /**
   * A message with frames of these tracks. `isStart`: each of them can be decoded from here.
   * Says whether another track is sent from this message on.
   */
  onFrames(trackIds: readonly number[], isStart: boolean, nowMs: number): boolean {
    if (trackIds.includes(this.wanted)) {
      this.#seenAtMs = nowMs;
      return isStart && this.#take(this.wanted);
    }
    const isLate = nowMs - this.#seenAtMs > TRACK_MISSING_AFTER_MS;
    return isLate && isStart && trackIds.includes(0) && this.#take(0);
  }

  #take(trackId: number): boolean {
    if (this.#current === trackId) return false;
    this.#current = trackId;
    return true;
  }
}
