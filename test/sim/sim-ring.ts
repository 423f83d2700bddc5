import type { Timers } from '#kernel';
import { RingGauge, RingReader } from '#ring';
import type { Ledger } from './ledger.ts';
import { Witness } from './witness.ts';

/** A ring, watched. */
export class SimRing {
  readonly memory: SharedArrayBuffer;
  readonly witness: Witness;
  readonly reader: RingReader;
  readonly #gauge: RingGauge;
  readonly #waiting = new Set<() => void>();
  readonly #ledger: Ledger;
  /** Whoever writes to it now. */
  readonly #writers = new Set<{ readonly lane: object }>();

  constructor(memory: SharedArrayBuffer, ledger: Ledger) {
    this.#ledger = ledger;
    this.memory = memory;
    this.witness = new Witness(memory, ledger);
    this.reader = new RingReader(memory);
    this.#gauge = new RingGauge(memory);
  }

  get dataBytes(): number {
    return this.#gauge.dataBytes;
  }

  /** The lanes that its writers are in: one, unless a lane stands still that was told to stop. */
  get writers(): readonly object[] {
    return [...this.#writers].map(({ lane }) => lane);
  }

  /** An encoder, or a hold, begins to write; the answer is called when it ends. */
  enter(lane: object, writer: 'encoder' | 'hold'): () => void {
    const entry = { lane };
    this.#writers.add(entry);
    if (writer === 'encoder') this.witness.expectKeyframe();
    return () => this.#writers.delete(entry);
  }

  /** A lane is gone with all its writers. */
  forgetWriters(lane: object): void {
    for (const entry of this.#writers) if (entry.lane === lane) this.#writers.delete(entry);
  }

  /** After each batch that was written. */
  published(nowMs: number): void {
    const before = this.witness.places;
    this.witness.read(nowMs);
    this.#ledger.counts.framesPublished += this.witness.places - before;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** As `RingReader.changed`, in simulated time. */
  changed(sequence: number, timeoutMs: number, timers: Timers): Promise<void> {
    if (this.reader.headSequence() !== sequence) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = timers.after(timeoutMs, () => wake());
      const wake = (): void => {
        cancel();
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}
