import { RecordFlag } from './ring-layout.ts';
import { emptyRecord, type RingReader, type RingRecord } from './ring-reader.ts';

/** What a ring holds that somebody can begin with, by time. */
export class RingSearch {
  readonly #reader: RingReader;
  readonly #record = emptyRecord();

  constructor(reader: RingReader) {
    this.#reader = reader;
  }

  /** Sequence of the newest join point at or before a time of the timeline, while it is held. */
  joinBefore(timelineMs: number): number | undefined {
    const oldest = this.#oldest();
    const after = this.#firstAfter(oldest, timelineMs);
    if (after === oldest || !this.#reader.record((after - 1) >>> 0, this.#record)) return undefined;
    const { joinPoints } = this.#record;
    return this.#joinNumbered(oldest, after, joinPoints);
  }

  /** Sequence of the oldest join point after a time of the timeline. */
  joinAfter(timelineMs: number): number | undefined {
    const after = this.#firstAfter(this.#oldest(), timelineMs);
    if (!this.#reader.record(after, this.#record)) return undefined;
    const { flags, joinPoints } = this.#record;
    if ((flags & RecordFlag.JOIN_POINT) !== 0) return after;
    return this.#joinNumbered(after, this.#reader.headSequence(), (joinPoints + 1) >>> 0);
  }

  /** A record's time; undefined when it is not held. */
  timeOf(sequence: number): number | undefined {
    return this.#reader.record(sequence, this.#record) ? this.#record.timestampMs : undefined;
  }

  /** Time of the oldest record that may be lent, and has the present headers, or none. */
  oldestMs(): number | undefined {
    return this.timeOf(this.#oldest());
  }

  /** Whether the ring has let go of something that somebody could have begun at. */
  get hasLetGo(): boolean {
    return this.#oldest() !== this.#reader.headersSince();
  }

  #oldest(): number {
    return this.#first(this.#reader.oldestSequence(), this.#reader.headSequence(), (record) =>
      this.#reader.isLendable(record.position),
    );
  }

  #firstAfter(from: number, timelineMs: number): number {
    return this.#first(
      from,
      this.#reader.headSequence(),
      (record) => record.timestampMs > timelineMs,
    );
  }

  /** Join points are counted through: the one with a number is the first that has reached it. */
  #joinNumbered(from: number, to: number, number: number): number | undefined {
    const found = this.#first(from, to, ({ joinPoints }) => ((joinPoints - number) | 0) >= 0);
    if (found === to || !this.#reader.record(found, this.#record)) return undefined;
    return (this.#record.flags & RecordFlag.JOIN_POINT) === 0 ? undefined : found;
  }

  /**
   * The first of the records from `from` to `to` of which `isFound` holds, as it does of all after
   * it; `to` when it holds of none. What is not held any more counts as before it.
   */
  #first(from: number, to: number, isFound: (record: RingRecord) => boolean): number {
    let low = from;
    let count = (to - from) >>> 0;
    while (count > 0) {
      const half = count >>> 1;
      const middle = (low + half) >>> 0;
      if (this.#reader.record(middle, this.#record) && isFound(this.#record)) {
        count = half;
      } else {
        low = (middle + 1) >>> 0;
        count -= half + 1;
      }
    }
    return low;
  }
}
