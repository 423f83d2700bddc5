/** A test of an input costs a run: so many are worth it. */
const TRIES_MAX = 3000;

/**
 * A smaller input for which `isAlike` still holds, as it does for `input`: whole pieces are left
 * out, halves first and bytes last; then what is left is made zero where that changes nothing.
 */
export async function minimise(
  input: Buffer,
  isAlike: (input: Buffer) => Promise<boolean>,
): Promise<Buffer> {
  let smallest = input;
  let tries = 0;
  const attempt = async (smaller: Buffer): Promise<boolean> => {
    tries += 1;
    if (tries > TRIES_MAX || !(await isAlike(smaller))) return false;
    smallest = smaller;
    return true;
  };
  for (let piece = Math.ceil(input.length / 2); piece >= 1; piece = Math.floor(piece / 2)) {
    for (let at = 0; at < smallest.length;) {
      const without = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + piece)]);
      if (!(await attempt(without))) at += piece;
    }
  }
  for (let at = 0; at < smallest.length; at += 1) {
    if (smallest[at] === 0) continue;
    const zeroed = Buffer.from(smallest);
    zeroed[at] = 0;
    await attempt(zeroed);
  }
  return smallest;
}
