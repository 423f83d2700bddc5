import type { Timers } from '#kernel';
import type { Chance } from './chance.ts';

/** How one direction of a connection behaves. */
export interface PipeHabits {
  readonly latencyMs: number;
  /** What the kernels of both ends hold; more waits with the writer. */
  readonly capacityBytes: number;
  /** Whether bytes arrive split and merged anew. */
  readonly isCut: boolean;
}

interface Written {
  readonly bytes: Buffer;
  taken: number;
  readonly done: (() => void) | undefined;
}

/**
 * One direction of a simulated TCP connection. Bytes are copied when the "kernel" takes them, and
 * not before: what a writer lends it must stay as it is until then.
 */
export class Pipe {
  /** The reader reads nothing; what is under way stays there. */
  #stalled = false;
  #closed = false;
  #ended = false;
  #scheduled = false;
  #waitingBytes = 0;
  #takenBytes = 0;
  #kernelBytes = 0;
  readonly #waiting: Written[] = [];
  #kernel: Buffer[] = [];
  readonly #timers: Timers;
  readonly #chance: Chance;
  readonly #habits: PipeHabits;
  readonly #deliver: (bytes: Buffer) => void;
  readonly #onEnd: () => void;

  constructor(
    world: { readonly timers: Timers; readonly chance: Chance },
    habits: PipeHabits,
    reader: { readonly deliver: (bytes: Buffer) => void; readonly onEnd: () => void },
  ) {
    this.#timers = world.timers;
    this.#chance = world.chance;
    this.#habits = habits;
    this.#deliver = reader.deliver;
    this.#onEnd = reader.onEnd;
  }

  /** Bytes that the kernel has not taken: the writer's memory. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Bytes that the kernel has taken since the beginning. */
  get takenBytes(): number {
    return this.#takenBytes;
  }

  get isStalled(): boolean {
    return this.#stalled;
  }

  set isStalled(stalled: boolean) {
    this.#stalled = stalled;
    this.#schedule();
  }

  write(bytes: Buffer, done?: () => void): void {
    if (this.#closed || this.#ended) return;
    this.#waiting.push({ bytes, taken: 0, done });
    this.#waitingBytes += bytes.length;
    this.#pull();
  }

  /** The writer says that nothing more comes; the reader hears of it after the last byte. */
  end(): void {
    this.#ended = true;
    this.#schedule();
  }

  /** Nothing moves any more. */
  destroy(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#kernel = [];
  }

  #pull(): void {
    const { capacityBytes } = this.#habits;
    while (this.#kernelBytes < capacityBytes) {
      const next = this.#waiting[0];
      if (next === undefined) break;
      const { bytes, taken, done } = next;
      const part = bytes.subarray(taken, taken + capacityBytes - this.#kernelBytes);
      this.#kernel.push(Buffer.from(part));
      this.#kernelBytes += part.length;
      this.#waitingBytes -= part.length;
      this.#takenBytes += part.length;
      next.taken += part.length;
      if (next.taken < bytes.length) break;
      this.#waiting.shift();
      if (done !== undefined) this.#timers.after(0, () => void (this.#closed || done()));
    }
    this.#schedule();
  }

  #schedule(): void {
    const isIdle = this.#kernel.length === 0 && !this.#ended;
    if (this.#scheduled || this.#closed || this.#stalled || isIdle) return;
    this.#scheduled = true;
    this.#timers.after(this.#habits.latencyMs, () => {
      this.#scheduled = false;
      if (!this.#closed && !this.#stalled) this.#arrive();
    });
  }

  #arrive(): void {
    const all = this.#kernel.length === 1 ? this.#kernel[0] : Buffer.concat(this.#kernel);
    let bytes = all ?? Buffer.alloc(0);
    this.#kernel = [];
    while (bytes.length > 0) {
      const isSplit = this.#habits.isCut && this.#chance.once(0.5);
      const length = isSplit ? this.#chance.between(1, bytes.length + 1) : bytes.length;
      this.#kernelBytes -= length;
      this.#deliver(bytes.subarray(0, length));
      if (this.#closed) return;
      bytes = bytes.subarray(length);
      // Sometimes the rest is merged with what comes next.
      if (bytes.length > 0 && (this.#stalled || this.#chance.once(0.3))) {
        this.#kernel.unshift(bytes);
        break;
      }
    }
    this.#pull();
    const isEmpty = this.#kernel.length === 0 && this.#waiting.length === 0;
    if (!isEmpty || !this.#ended || this.#closed) return;
    this.#closed = true;
    this.#onEnd();
  }
}
