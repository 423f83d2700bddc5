import type { Cancel, Clock, Random, Timers } from '#kernel';

/** How one way of a connection behaves. What is left out is as on a cable. */
export interface Toxics {
  /** Every byte comes so much later; `jitterMs` more or less, without overtaking. */
  readonly latencyMs: number;
  readonly jitterMs: number;
  readonly bytesPerSecond: number;
  /** Never more bytes than this at a time, each piece in its own turn of the event loop. */
  readonly sliceBytes: number;
  /** Nothing is read and nothing delivered; goes on where it stood. */
  readonly isStopped: boolean;
  /** One byte of so many becomes another. */
  readonly corruptEveryBytes: number;
  /** Everything is read, and nothing delivered: gone for good. */
  readonly isBlackHole: boolean;
}

export const CLEAN: Toxics = {
  latencyMs: 0,
  jitterMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  sliceBytes: Number.POSITIVE_INFINITY,
  isStopped: false,
  corruptEveryBytes: Number.POSITIVE_INFINITY,
  isBlackHole: false,
};

/** A narrow way lets through at most so much of a second at a time: else it would come in lumps. */
const LUMP_MS = 20;
/** More that could leave, were the way not narrow, is left with whoever sends. */
const READY_BYTES_MAX = 64 * 1024;
/** More that is only late is left there, too. */
const LATE_BYTES_MAX = 16 * 1024 * 1024;

export interface ShapePorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  /** The next turn of the event loop. */
  readonly nextTurn: (task: () => void) => void;
  /** False: the receiver is full, and `Shape.resume` says when it no longer is. */
  readonly deliver: (bytes: Buffer) => boolean;
  /** After the last byte, when the sender has ended. */
  readonly onEnd: () => void;
  /** The sender may go on, or is to wait. */
  readonly onFull: (isFull: boolean) => void;
}

interface Late {
  readonly dueAtMs: number;
  readonly bytes: Buffer;
}

/**
 * One way of a connection as bytes over time, without a socket: late first, then narrow, then cut
 * into pieces. Order is kept, and only corruption and the black hole change what arrives.
 */
export class Shape {
  readonly #ports: ShapePorts;
  #toxics: Toxics = CLEAN;
  readonly #late: Late[] = [];
  #lateBytes = 0;
  readonly #ready: Buffer[] = [];
  #readyBytes = 0;
  #dueAtMs = 0;
  /** When the narrow way is free again. */
  #freeAtMs = 0;
  #untilCorruptBytes = Number.POSITIVE_INFINITY;
  #isEnding = false;
  #isReceiverFull = false;
  #wasFull = false;
  /** The next piece has its own turn of the event loop. */
  #isInTurn = false;
  #cancelTimer: Cancel = () => undefined;
  #isClosed = false;
  #deliveredBytes = 0;

  constructor(ports: ShapePorts) {
    this.#ports = ports;
  }

  get toxics(): Toxics {
    return this.#toxics;
  }

  /** What is under way already keeps its latency. */
  set toxics(toxics: Toxics) {
    this.#toxics = toxics;
    this.#untilCorruptBytes = toxics.corruptEveryBytes;
    this.#freeAtMs = 0;
    this.#pump();
  }

  /** Bytes taken and not delivered. */
  get heldBytes(): number {
    return this.#lateBytes + this.#readyBytes;
  }

  get deliveredBytes(): number {
    return this.#deliveredBytes;
  }

  /** The sender is to wait. */
  get isFull(): boolean {
    const { isStopped } = this.#toxics;
    return isStopped || this.#readyBytes >= READY_BYTES_MAX || this.#lateBytes >= LATE_BYTES_MAX;
  }

  /** The bytes are the shape's from here on. */
  take(bytes: Buffer): void {
    if (this.#isClosed || this.#toxics.isBlackHole) return;
    const { latencyMs, jitterMs } = this.#toxics;
    const lateMs = latencyMs + jitterMs * (2 * this.#ports.random() - 1);
    const nowMs = this.#ports.clock.monotonicMs();
    this.#dueAtMs = Math.max(this.#dueAtMs, nowMs + Math.max(0, lateMs));
    this.#late.push({ dueAtMs: this.#dueAtMs, bytes: this.#corrupted(bytes) });
    this.#lateBytes += bytes.length;
    this.#pump();
  }

  /** The sender has said that nothing more comes. */
  end(): void {
    this.#isEnding = true;
    this.#pump();
  }

  /** The receiver has room again. */
  resume(): void {
    this.#isReceiverFull = false;
    this.#pump();
  }

  /** Nothing moves any more. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#late.length = 0;
    this.#ready.length = 0;
    this.#lateBytes = 0;
    this.#readyBytes = 0;
  }

  #pump(): void {
    this.#ripen();
    while (this.#canDeliver()) {
      this.#deliverOne();
      if (Number.isFinite(this.#toxics.sliceBytes)) {
        this.#inNextTurn();
        break;
      }
    }
    this.#tellFull();
    this.#armTimer();
    const { isStopped, isBlackHole } = this.#toxics;
    const isDone = this.#isEnding && this.heldBytes === 0 && !isStopped && !isBlackHole;
    if (!isDone || this.#isClosed) return;
    this.close();
    this.#ports.onEnd();
  }

  #ripen(): void {
    const nowMs = this.#ports.clock.monotonicMs();
    for (;;) {
      const [first] = this.#late;
      if (first === undefined || first.dueAtMs > nowMs) return;
      this.#late.shift();
      this.#lateBytes -= first.bytes.length;
      this.#ready.push(first.bytes);
      this.#readyBytes += first.bytes.length;
    }
  }

  #canDeliver(): boolean {
    if (this.#readyBytes === 0 || this.#isReceiverFull || this.#isClosed) return false;
    if (this.#toxics.isStopped || this.#isInTurn) return false;
    return this.#ports.clock.monotonicMs() >= this.#freeAtMs;
  }

  #deliverOne(): void {
    const { sliceBytes, bytesPerSecond, isBlackHole } = this.#toxics;
    const lumpBytes = Math.max(1, Math.floor((bytesPerSecond * LUMP_MS) / 1000));
    const [first = Buffer.alloc(0)] = this.#ready;
    const piece = first.subarray(0, Math.min(sliceBytes, lumpBytes));
    if (piece.length === first.length) this.#ready.shift();
    else this.#ready[0] = first.subarray(piece.length);
    this.#readyBytes -= piece.length;
    if (Number.isFinite(bytesPerSecond)) {
      const nowMs = this.#ports.clock.monotonicMs();
      // A timer that was late is made up for, but not a way that stood idle.
      const fromMs = Math.max(this.#freeAtMs, nowMs - LUMP_MS);
      this.#freeAtMs = fromMs + (piece.length * 1000) / bytesPerSecond;
    }
    if (isBlackHole) return;
    this.#deliveredBytes += piece.length;
    this.#isReceiverFull = !this.#ports.deliver(piece);
  }

  /** Told on each change only. */
  #tellFull(): void {
    if (this.isFull === this.#wasFull || this.#isClosed) return;
    this.#wasFull = this.isFull;
    this.#ports.onFull(this.#wasFull);
  }

  /** One timer at most: of the first that is late, or of the way that is not free. */
  #armTimer(): void {
    this.#cancelTimer();
    if (this.#isInTurn || this.#isClosed || this.#toxics.isStopped) return;
    const isReady = this.#readyBytes > 0 && !this.#isReceiverFull;
    const atMs = isReady ? this.#freeAtMs : this.#late[0]?.dueAtMs;
    if (atMs === undefined) return;
    const delayMs = Math.max(0, atMs - this.#ports.clock.monotonicMs());
    this.#cancelTimer = this.#ports.timers.after(delayMs, () => this.#pump());
  }

  #inNextTurn(): void {
    this.#isInTurn = true;
    this.#ports.nextTurn(() => {
      this.#isInTurn = false;
      this.#pump();
    });
  }

  #corrupted(bytes: Buffer): Buffer {
    if (this.#untilCorruptBytes > bytes.length) {
      this.#untilCorruptBytes -= bytes.length;
      return bytes;
    }
    const changed = Buffer.from(bytes);
    let at = this.#untilCorruptBytes - 1;
    for (; at < changed.length; at += this.#toxics.corruptEveryBytes) {
      const otherwise = 1 + Math.floor(this.#ports.random() * 255);
      changed.writeUInt8(changed.readUInt8(at) ^ otherwise, at);
    }
    this.#untilCorruptBytes = at - changed.length + 1;
    return changed;
  }
}
