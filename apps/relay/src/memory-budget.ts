import { constrainedMemory } from 'node:process';
import { totalmem } from 'node:os';
import { SINK_KEPT_BYTES_MAX } from '#lanes';
import { createRingMemory, RingGauge, type RingSizes } from '#ring';
import type { Refusal } from './ingest-gate.ts';

const MIB = 1024 * 1024;

/**
 * What a node needs, added up:
 *
 *   node = base + lanes + streams × (ring + stream) + destinations × destination + tests × test
 *
 * Measured; see docs/operations.md.
 */
export const MEMORY_SUM = {
  /** The relay itself: Node, the stores' clients, the program, and garbage of their own. */
  baseBytes: 260 * MIB,
  laneBytes: 30 * MIB,
  /** Beside its ring's media: index, header messages, the encoder's connection, its state. */
  streamBytes: 2 * MIB,
  /** One push: its socket, TLS and cursor, its state. */
  destinationBytes: 200 * 1000,
  /** A test destination keeps the pictures since its last keyframe, so many bytes at most. */
  testBytes: SINK_KEPT_BYTES_MAX,
  /** What a ring is expected to become: 12 s of 6 Mbit/s. It counts until the ring came round. */
  ringExpectedBytes: 9 * MIB,
  /** Of its index; in `streamBytes`. */
  indexExpectedBytes: 8_192 * 40,
} as const;

/** The share of the machine's memory, or of the container's, that is the relay's by default. */
const DEFAULT_SHARE = 0.5;

export const MEMORY_MBYTES_MIN = 384;
export const MEMORY_MBYTES_MAX = 1024 * 1024;

/** Half of what this process may use, in MiB. */
export function memoryMbytesDefault(): number {
  // Without a limit it is 0, or a number beyond any machine.
  const limitBytes = constrainedMemory() || Infinity;
  const mbytes = Math.floor((Math.min(limitBytes, totalmem()) * DEFAULT_SHARE) / MIB);
  return Math.min(Math.max(mbytes, MEMORY_MBYTES_MIN), MEMORY_MBYTES_MAX);
}

/** What a stream that is live, or about to be, counts for. */
export interface MemoryClaim {
  readonly streamId: string;
  /** None while its broadcast is only about to begin. */
  readonly ring: RingGauge | undefined;
  readonly destinations: number;
  /** Of those, the ones that are built in. */
  readonly tests?: number;
}

/** For the log. */
type Warn = (message: string, fields: Readonly<Record<string, string | number>>) => void;

/** Keeps the sum: says whether another broadcast fits, and how far each ring may grow. */
export class MemoryBudget {
  readonly budgetBytes: number;
  readonly #restBytes: number;
  readonly #warn: Warn;
  readonly #toldShort = new WeakSet<RingGauge>();

  constructor(options: { readonly mbytes: number; readonly lanes: number }, warn: Warn) {
    this.budgetBytes = options.mbytes * MIB;
    const fixedBytes = MEMORY_SUM.baseBytes + options.lanes * MEMORY_SUM.laneBytes;
    this.#restBytes = this.budgetBytes - fixedBytes;
    this.#warn = warn;
  }

  /** What is left for streams when these are live; below 0 when they have more than there is. */
  leftBytes(claims: readonly MemoryClaim[]): number {
    return claims.reduce((left, claim) => left - claimBytes(claim), this.#restBytes);
  }

  /** For a broadcast that would begin now; `undefined` when it fits. Nobody else is disturbed. */
  refusal(claims: readonly MemoryClaim[], destinations: number): Refusal | undefined {
    const wantedBytes = claimBytes({ streamId: '', ring: undefined, destinations });
    const leftBytes = this.leftBytes(claims);
    if (wantedBytes <= leftBytes) return undefined;
    return {
      admitted: false,
      code: 'NetStream.Publish.BadName',
      description: 'This server has no memory left for another live stream. Try again later.',
      cause:
        `needs ${mbytes(wantedBytes)} MB, and ${mbytes(Math.max(leftBytes, 0))} MB are left ` +
        `of ${mbytes(this.budgetBytes)} MB with ${claims.length} live (RELAY_MEMORY_MBYTES)`,
    };
  }

  /** Memory for a new broadcast. It grows to what is expected, and further with `shareOut`. */
  openRing(sizes: RingSizes = {}): SharedArrayBuffer {
    const ring = createRingMemory(sizes);
    new RingGauge(ring).limitDataTo(MEMORY_SUM.ringExpectedBytes);
    return ring;
  }

  /**
   * What is left is promised to all rings in equal parts, on every beat. A ring that may not grow
   * any more holds less than its window: its owner's slow destinations are overtaken sooner.
   */
  shareOut(claims: readonly MemoryClaim[]): void {
    if (claims.length === 0) return;
    const leftBytes = this.leftBytes(claims);
    const shareBytes = Math.max(leftBytes, 0) / claims.length;
    for (const { streamId, ring } of claims) {
      if (ring === undefined) continue;
      ring.limitDataTo(ringBytes(ring) + shareBytes);
      if (!ring.isKeptShort || this.#toldShort.has(ring)) continue;
      this.#toldShort.add(ring);
      this.#warn('a ring holds less than its window: the memory is used up', {
        streamId,
        ringMbytes: mbytes(ring.dataBytes),
        leftMbytes: mbytes(leftBytes),
        budgetMbytes: mbytes(this.budgetBytes),
        live: claims.length,
      });
    }
  }
}

function claimBytes({ ring, destinations, tests = 0 }: MemoryClaim): number {
  const { streamBytes, ringExpectedBytes, indexExpectedBytes } = MEMORY_SUM;
  const { destinationBytes, testBytes } = MEMORY_SUM;
  const mediaBytes = ring === undefined ? ringExpectedBytes : ringBytes(ring);
  // The index of a ring for a long delay is larger than what a stream counts for.
  const indexBytes = Math.max(0, (ring?.indexBytes ?? 0) - indexExpectedBytes);
  const pushBytes = destinations * destinationBytes + tests * testBytes;
  return streamBytes + mediaBytes + indexBytes + pushBytes;
}

/** Until a ring has come round, its size says nothing of the bitrate yet. */
function ringBytes(ring: RingGauge): number {
  const { dataBytes } = ring;
  return ring.hasComeRound ? dataBytes : Math.max(dataBytes, MEMORY_SUM.ringExpectedBytes);
}

function mbytes(bytes: number): number {
  return Math.round(bytes / MIB);
}
