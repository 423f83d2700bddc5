import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CRASH, readInputs } from '../../tools/fuzz/corpus-folder.ts';
import { INPUTS_MAX } from '../../tools/fuzz/reduce-corpus.ts';
import { TARGETS } from '../../tools/fuzz/targets/index.ts';

const CORPUS = join(import.meta.dirname, 'corpus');
const CORPUS_BYTES_MAX = 1024 * 1024;

const targets = TARGETS.map((target) => {
  const inputs = readInputs(join(CORPUS, target.name));
  const crashes = inputs.filter(({ name }) => name.startsWith(CRASH));
  return { name: target.name, target, inputs, crashes };
});

afterAll(async () => {
  for (const { target } of targets) await target.close?.();
});

describe.each(targets)('inputs of $name', ({ target, inputs, crashes }) => {
  it.each(crashes)('do no harm any more: $name', async ({ bytes }) => {
    await expect(Promise.resolve(bytes).then((input) => target.run(input))).resolves.toBeTypeOf(
      'string',
    );
  });

  it('do no harm', async () => {
    expect(inputs.length).toBeGreaterThan(0);
    for (const { name, bytes } of inputs) {
      const run = Promise.resolve(Buffer.from(bytes)).then((input) => target.run(input));
      await expect(run, name).resolves.toBeTypeOf('string');
    }
  });
});

describe('the corpus', () => {
  it('is small enough to be replayed each time', () => {
    const bytes = targets.flatMap(({ inputs }) => inputs.map((input) => input.bytes.length));
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(CORPUS_BYTES_MAX);
    expect(targets.filter(({ inputs }) => inputs.length > INPUTS_MAX)).toEqual([]);
  });

  it('has no inputs of a target that is gone', () => {
    const folders = existsSync(CORPUS) ? readdirSync(CORPUS) : [];
    expect(folders.toSorted()).toEqual(TARGETS.map(({ name }) => name).toSorted());
  });
});
