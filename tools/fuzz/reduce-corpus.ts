import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BlockCoverage } from './block-coverage.ts';
import { CRASH, inputName, readInputs, writeInput } from './corpus-folder.ts';
import type { FuzzTarget } from './target.ts';

/** A folder of the corpus has no more: all of them are replayed with each `npm test`. */
export const INPUTS_MAX = 200;
/** Of each, and so of all together: a larger one is left to those that find it anew. */
const BYTES_MAX = 64 * 1024;

/**
 * Makes `corpus` the smallest inputs of both folders that run everything they all run, beside what
 * once did harm; empties `found`.
 */
export async function reduceCorpus(
  target: FuzzTarget,
  corpus: string,
  found: string,
): Promise<void> {
  const all = readInputs(corpus);
  const inputs = [...all, ...readInputs(found)]
    .filter(({ name }) => !name.startsWith(CRASH))
    .toSorted((one, other) => one.bytes.length - other.bytes.length);
  const coverage = new BlockCoverage(target.ground);
  const kept = new Set<string>();
  let bytesLeft = BYTES_MAX;
  for (const { bytes } of inputs) {
    coverage.skip();
    if (!(await isHarmless(target, bytes))) continue;
    if (kept.size === INPUTS_MAX || bytes.length > bytesLeft || coverage.keepNew() === 0) continue;
    kept.add(inputName(bytes));
    bytesLeft -= bytes.length;
    writeInput(corpus, inputName(bytes), bytes);
  }
  coverage.close();
  await target.close?.();
  for (const { name } of all) {
    if (!name.startsWith(CRASH) && !kept.has(name)) rmSync(join(corpus, name));
  }
  rmSync(found, { recursive: true, force: true });
}

/** What is not will be found again, and told then. */
async function isHarmless(target: FuzzTarget, bytes: Buffer): Promise<boolean> {
  return Promise.resolve(Buffer.from(bytes))
    .then((input) => target.run(input))
    .then(
      () => true,
      () => false,
    );
}
