import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#testing';
import { runProgram } from '../services/run-program.ts';
import { sourcesHash } from './sources-hash.ts';

const FILES = 200;
const DESCRIPTORS = 64;

describe('what the sources hold', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    ({ path: folder, remove } = await temporaryDirectory());
    await mkdir(join(folder, 'libs'));
    const names = Array.from({ length: FILES }, (_, index) => join(folder, 'libs', `${index}.ts`));
    await Promise.all(names.map((name) => writeFile(name, name)));
  });
  afterEach(() => remove());

  it('changes with the content of one file, and not with a spec', async () => {
    const before = await sourcesHash(folder, ['libs'], []);
    await writeFile(join(folder, 'libs', 'one.spec.ts'), 'a test');
    expect(await sourcesHash(folder, ['libs'], [])).toBe(before);
    await writeFile(join(folder, 'libs', `${FILES - 1}.ts`), 'something else');
    expect(await sourcesHash(folder, ['libs'], [])).not.toBe(before);
  });

  it('is found with fewer file descriptors than there are files', async () => {
    const module = join(import.meta.dirname, 'sources-hash.ts');
    const call = `sourcesHash('${folder}', ['libs'], [])`;
    const script = `console.log(await (await import('${module}')).${call})`;
    const limited = `ulimit -n ${DESCRIPTORS}; exec "$0" --input-type=module --eval "$1"`;
    const parameters = ['-c', limited, process.execPath, script];
    const { stdout, stderr } = await runProgram('sh', parameters, { deadlineMs: 10_000 });
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe(await sourcesHash(folder, ['libs'], []));
  });
});
