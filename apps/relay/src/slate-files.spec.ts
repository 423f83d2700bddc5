import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryDirectory } from '#testing';
import { SlateFiles, SLATE_FILES_MAX } from './slate-files.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

it('keeps slates, and forgets the oldest beyond the limit', async () => {
  const files = new SlateFiles(directory.path);
  expect(await files.read('0')).toBeUndefined();
  for (let name = 0; name < SLATE_FILES_MAX; name += 1) {
    await files.write(`${name}`, Buffer.of(name & 0xff));
  }
  expect(await files.read('0')).toEqual(Buffer.of(0));
  await files.write('last', Buffer.of(1));
  expect((await readdir(join(directory.path, 'slates'))).length).toBe(SLATE_FILES_MAX);
  expect(await files.read('last')).toEqual(Buffer.of(1));
});
