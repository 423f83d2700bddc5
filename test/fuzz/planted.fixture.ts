/** What an engine that only guesses would need a long night for: a word, a length and a sum. */
export const PLANTED = 'planted';

function read(input: Buffer): string {
  if (input[0] !== 0x46) return 'no';
  if (input[1] !== 0x4c) return 'nearly';
  if (input.readUInt8(2) !== 0x56) return 'very nearly';
  const length = input[3] ?? 0;
  if (length < 4 || input.length < 4 + length) return 'cut';
  let sum = 0;
  for (const byte of input.subarray(4, 4 + length)) sum += byte;
  if (sum % 7 === 3) throw new RangeError('planted');
  return 'whole';
}

export const TARGETS = [
  {
    name: PLANTED,
    ground: ['planted.fixture.ts'],
    seeds: [Buffer.alloc(4)],
    // Told nothing: what it finds, it finds by the blocks that were run.
    run(input: Buffer): string {
      if (input.length >= 3) read(input);
      return '';
    },
  },
  {
    name: 'endless',
    ground: ['planted.fixture.ts'],
    seeds: [Buffer.of(1)],
    run(input: Buffer): string {
      while (input[0] === 1);
      return '';
    },
  },
];
