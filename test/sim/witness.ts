import { emptyRecord, RingReader } from '#ring';
import { look, LOOK_BYTES, VIDEO } from './frames.ts';
import type { Ledger } from './ledger.ts';

/** A frame as it stands in the ring: what every destination is to get of it. */
export interface Published {
  /** Its place among the frames of this ring. */
  readonly place: number;
  readonly typeId: number;
  readonly isKey: boolean;
  readonly mark: number;
  readonly timestampMs: number;
  readonly atMs: number;
}

/** The header before each message in the ring. */
const DELTA_HEADER_BYTES = 8;

/** Reads along with the writer of one ring, and knows all that was ever published in it. */
export class Witness {
  readonly #reader: RingReader;
  readonly #record = emptyRecord();
  readonly #frames = new Map<number, Published>();
  readonly #inOrder: Published[] = [];
  readonly #ledger: Ledger;
  #next = 0;
  /** Of each frame: what comes after the one before it, where a reader stands that lacks it. */
  readonly #from: { readonly sequence: number; readonly position: number }[] = [];
  /** Of each frame that cannot be lent any more: since when. */
  readonly #letGoAtMs: number[] = [];
  #isKeyframeDue = false;

  constructor(ring: SharedArrayBuffer, ledger: Ledger) {
    this.#reader = new RingReader(ring);
    this.#ledger = ledger;
  }

  /** When a frame was published last. */
  get lastAtMs(): number {
    return this.#inOrder.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  }

  /** Another encoder writes from now on: what decodes the one before cannot go on in between. */
  expectKeyframe(): void {
    this.#isKeyframeDue = true;
  }

  of(id: number): Published | undefined {
    return this.#frames.get(id);
  }

  get places(): number {
    return this.#inOrder.length;
  }

  /** How many frames were published up to that time. */
  placesUntil(atMs: number): number {
    let places = this.#inOrder.length;
    while (places > 0 && (this.#inOrder[places - 1]?.atMs ?? 0) > atMs) places -= 1;
    return places;
  }

  /** When the ring let go of what a reader needs to go on with that frame. */
  letGoAtMs(place: number): number {
    return this.#letGoAtMs[place] ?? Infinity;
  }

  /** To be called after each batch that was published, before the ring can come round. */
  read(nowMs: number): void {
    const head = this.#reader.headSequence();
    for (; this.#next !== head; this.#next = (this.#next + 1) >>> 0) {
      const record = this.#record;
      if (!this.#reader.record(this.#next, record)) throw new Error('a witness reads every record');
      const { typeId, timestampMs, sequence, position } = record;
      this.#from[this.#inOrder.length] ??= { sequence, position };
      const seen = look(typeId, this.#firstBytes());
      if (seen?.kind !== 'frame') continue;
      const { isKey, mark } = seen;
      if (typeId === VIDEO) this.#judgeEntry(isKey);
      this.#judgeTime(timestampMs);
      const place = this.#inOrder.length;
      const frame = { place, typeId, isKey, mark, timestampMs, atMs: nowMs };
      this.#inOrder.push(frame);
      this.#frames.set(seen.id, frame);
    }
    this.#seeLetGo(nowMs);
  }

  /** A ring that grows may lend again what it had let go of: its readers have lost it. */
  #seeLetGo(nowMs: number): void {
    for (;;) {
      const from = this.#from[this.#letGoAtMs.length];
      if (from === undefined) return;
      if (this.#reader.isHeld(from.sequence) && this.#reader.isLendable(from.position)) return;
      this.#letGoAtMs.push(nowMs);
    }
  }

  #judgeEntry(isKey: boolean): void {
    const isDue = this.#isKeyframeDue;
    this.#isKeyframeDue = false;
    this.#ledger.must(isKey || !isDue, () => 'splice: an encoder begins with no keyframe');
  }

  #judgeTime(timestampMs: number): void {
    const lastMs = this.#inOrder.at(-1)?.timestampMs ?? 0;
    this.#ledger.must(
      ((timestampMs - lastMs) | 0) >= 0,
      () => `splice: the timeline goes back from ${lastMs} to ${timestampMs} ms`,
    );
  }

  #firstBytes(): Buffer {
    const { offset, wireBytes } = this.#record;
    const wanted = Math.min(LOOK_BYTES, wireBytes - DELTA_HEADER_BYTES);
    return this.#reader.view(offset + DELTA_HEADER_BYTES, wanted);
  }
}
