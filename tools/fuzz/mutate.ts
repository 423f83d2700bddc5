import type { Random } from '#kernel';
import { NUMBERS } from './words.ts';

/** What inputs are made from. */
export interface Stock {
  readonly words: readonly Uint8Array[];
  /** Another input, to cross with. */
  readonly other: Uint8Array;
  readonly bytesMax: number;
}

type Mutation = (input: Buffer, random: Random, stock: Stock) => Buffer;

const MUTATIONS_MAX = 6;
const PIECE_BYTES_MAX = 32;
const STEP_MAX = 16;

const below = (random: Random, end: number): number => Math.floor(random() * end);
const pick = <T>(random: Random, list: readonly T[]): T | undefined =>
  list[below(random, list.length)];

/** A new input like `input`, which is left as it is. Chance alone decides: pure. */
export function mutate(input: Uint8Array, random: Random, stock: Stock): Buffer {
  let mutated: Buffer = Buffer.from(input);
  // Mostly few: what leads deep is seldom several steps away.
  const count = 1 + below(random, 1 + below(random, MUTATIONS_MAX));
  for (let step = 0; step < count; step += 1) {
    const mutation = pick(random, mutated.length === 0 ? growing : mutations);
    if (mutation !== undefined) mutated = mutation(mutated, random, stock);
    if (mutated.length > stock.bytesMax) mutated = mutated.subarray(0, stock.bytesMax);
  }
  return mutated;
}

const flipBit: Mutation = (input, random) => {
  const at = below(random, input.length);
  input[at] = (input[at] ?? 0) ^ (1 << below(random, 8));
  return input;
};

const setByte: Mutation = (input, random) => {
  input[below(random, input.length)] = below(random, 256);
  return input;
};

const stepByte: Mutation = (input, random) => {
  const at = below(random, input.length);
  input[at] = ((input[at] ?? 0) + below(random, 2 * STEP_MAX + 1) - STEP_MAX) & 0xff;
  return input;
};

/** A number of one to four bytes, of either byte order. */
const setNumber: Mutation = (input, random) => {
  const bytes = Math.min(1 + below(random, 4), input.length);
  const value = (pick(random, NUMBERS) ?? 0) % 2 ** (8 * bytes);
  const at = below(random, input.length - bytes + 1);
  if (random() < 0.8) input.writeUIntBE(value, at, bytes);
  else input.writeUIntLE(value, at, bytes);
  return input;
};

/** The same number, a little more or less: lengths that are nearly right. */
const stepNumber: Mutation = (input, random) => {
  const bytes = Math.min(2 + below(random, 3), input.length);
  const at = below(random, input.length - bytes + 1);
  const value = input.readUIntBE(at, bytes) + below(random, 2 * STEP_MAX + 1) - STEP_MAX;
  const range = 2 ** (8 * bytes);
  input.writeUIntBE((value + range) % range, at, bytes);
  return input;
};

const remove: Mutation = (input, random) => {
  const from = below(random, input.length);
  const to = from + 1 + below(random, Math.min(input.length - from, PIECE_BYTES_MAX * 4));
  return Buffer.concat([input.subarray(0, from), input.subarray(to)]);
};

const cut: Mutation = (input, random) => input.subarray(0, below(random, input.length));

const repeat: Mutation = (input, random) => {
  const piece = pieceOf(input, random);
  const count = 1 + below(random, random() < 0.1 ? 40 : 3);
  return insertAt(input, random, Buffer.concat(Array.from({ length: count }, () => piece)));
};

const insertBytes: Mutation = (input, random) => {
  const length = 1 + below(random, 8);
  return insertAt(input, random, Buffer.from(Array.from({ length }, () => below(random, 256))));
};

const insertWord: Mutation = (input, random, { words }) =>
  insertAt(input, random, pick(random, words) ?? Buffer.alloc(1));

const setWord: Mutation = (input, random, { words }) => {
  const word = pick(random, words) ?? Buffer.alloc(1);
  input.set(word.subarray(0, input.length), below(random, Math.max(1, input.length - word.length)));
  return input;
};

const insertOther: Mutation = (input, random, { other }) =>
  insertAt(input, random, pieceOf(other, random));

const cross: Mutation = (input, random, { other }) => {
  const head = input.subarray(0, below(random, input.length + 1));
  return Buffer.concat([head, other.subarray(below(random, other.length + 1))]);
};

function pieceOf(bytes: Uint8Array, random: Random): Uint8Array {
  const from = below(random, bytes.length);
  return bytes.subarray(from, from + 1 + below(random, PIECE_BYTES_MAX));
}

function insertAt(input: Buffer, random: Random, piece: Uint8Array): Buffer {
  const at = below(random, input.length + 1);
  return Buffer.concat([input.subarray(0, at), piece, input.subarray(at)]);
}

const growing: readonly Mutation[] = [insertBytes, insertWord, insertOther];
const mutations: readonly Mutation[] = [
  ...[flipBit, setByte, setByte, stepByte, setNumber, setNumber, stepNumber],
  ...[remove, cut, repeat, insertBytes, insertWord, insertWord, setWord, insertOther, cross],
];
