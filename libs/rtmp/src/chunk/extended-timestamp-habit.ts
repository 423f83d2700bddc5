/** Like decisions, with no other among them, after which the peer's habit is taken for known. */
const DECISIONS_TO_LATCH = 2;

/**
 * Whether a peer repeats the extended timestamp on headers of type 3. RTMP 1.0 (5.3.1.3) says so;
 * ffmpeg, SRS, nginx-rtmp and newer OBS do, OBS before 30.1 does not. So the four bytes are
 * compared with the value they would repeat, and after two continuations that agree the habit is
 * latched: bytes of media that happen to look like the timestamp cannot mislead the reader for
 * long.
 */
export class ExtendedTimestampHabit {
  #repeated = 0;
  #omitted = 0;

  /** Once known to omit it, nothing needs to be looked at, nor waited for. */
  get omits(): boolean {
    return this.#omitted === DECISIONS_TO_LATCH && this.#repeated === 0;
  }

  /**
   * Whether the four bytes at a continuation are a repeated timestamp: `isEqual` says that they
   * look like one. Not for headers that begin a message: there librtmp omits what it repeats
   * elsewhere.
   */
  judge(isEqual: boolean): boolean {
    if (this.#repeated === DECISIONS_TO_LATCH && this.#omitted === 0) return true;
    if (isEqual) this.#repeated += 1;
    else this.#omitted += 1;
    return isEqual;
  }
}
