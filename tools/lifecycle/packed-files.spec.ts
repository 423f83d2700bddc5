import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { packFiles } from './packed-files.ts';

test('what is text and not small has a packed copy beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'forkcast-packed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'assets'));
  const text = 'let word = 1;\n'.repeat(100);
  const given = {
    'assets/app.js': text,
    'assets/app.css': text,
    'assets/sign.svg': text,
    'assets/least.js': 'x'.repeat(1_000),
    'assets/less.js': 'x'.repeat(999),
    'assets/noise.js': randomBytes(2_000),
    'assets/picture.png': text,
    'index.html': text,
  };
  for (const [name, content] of Object.entries(given)) await writeFile(join(folder, name), content);
  await packFiles(folder);
  const packed = (await readdir(join(folder, 'assets'))).filter((name) => name.endsWith('.gz'));
  expect(packed.toSorted()).toEqual(['app.css.gz', 'app.js.gz', 'least.js.gz', 'sign.svg.gz']);
  expect(await readdir(folder)).toHaveLength(2);
  expect(gunzipSync(await readFile(join(folder, 'assets/app.js.gz'))).toString()).toBe(text);
});
