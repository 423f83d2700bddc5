import type { Bench } from './bench.ts';
import { SECOND_BYTES } from './sample-second.ts';

const PIECE_BYTES = 4096;
const HASHED_BYTES = 512 * 1024;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

const source = Buffer.alloc(SECOND_BYTES, 0x5a);
const target = Buffer.alloc(SECOND_BYTES);

/**
 * What all else is compared with: a second's bytes copied in pieces, and part of them hashed. It
 * uses nothing of ours, so only the machine and Node change what it costs. Changed, it makes every
 * budget void.
 */
export const reference: Bench = {
  name: 'reference',
  unit: 'second',
  unitsPerRound: 1,
  stepsPerRound: 1,
  run: () => {
    for (let at = 0; at < SECOND_BYTES; at += PIECE_BYTES) {
      source.copy(target, at, at, at + PIECE_BYTES);
    }
    target[0] = hash(target, HASHED_BYTES) & 0xff;
  },
};

/**
 * FNV-1a over each quarter, all at the same time: like the code it stands beside, it keeps more of
 * the processor busy than one chain of multiplications, and suffers as much from a busy neighbour.
 */
function hash(bytes: Buffer, end: number): number {
  const quarter = end / 4;
  let [first, second, third, fourth] = [FNV_OFFSET, FNV_OFFSET, FNV_OFFSET, FNV_OFFSET];
  for (let at = 0; at < quarter; at += 1) {
    first = Math.imul(first ^ (bytes[at] ?? 0), FNV_PRIME);
    second = Math.imul(second ^ (bytes[at + quarter] ?? 0), FNV_PRIME);
    third = Math.imul(third ^ (bytes[at + 2 * quarter] ?? 0), FNV_PRIME);
    fourth = Math.imul(fourth ^ (bytes[at + 3 * quarter] ?? 0), FNV_PRIME);
  }
  return first ^ second ^ third ^ fourth;
}
