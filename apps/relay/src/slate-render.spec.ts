import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlateCoding } from '#still';
import { FakeTime, temporaryDirectory } from '#testing';
import { renderSlate } from './slate-render.ts';

const coding: SlateCoding = {
  width: 640,
  height: 360,
  codedWidth: 640,
  codedHeight: 368,
  bitDepth: 8,
  chromaFormat: 1,
  chromaOffset: 0,
  isArithmetic: true,
  hasLargeTransform: false,
};

/** Prints what it was given, in place of a picture. */
const HELPER = `#!${process.execPath}
const parts = [];
process.stdin.on('data', (part) => parts.push(part)).on('end', () => {
  const input = Buffer.concat(parts).toString();
  process.stdout.write(JSON.stringify({ words: process.argv.slice(2), env: process.env, input }));
});
`;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  await writeFile(join(directory.path, 'helper'), HELPER);
  await chmod(join(directory.path, 'helper'), 0o755);
});
afterAll(() => directory.remove());

describe('the helper that codes slates', () => {
  it('is given words of ours alone, the picture as its input, and no secret', async () => {
    const evil = '$(touch hacked); `touch hacked` && touch hacked | touch hacked\n-i /etc/passwd';
    const image = { mime: 'image/png', bytes: Buffer.from(evil) } as const;
    const helper = { program: join(directory.path, 'helper'), path: '/usr/bin' };
    const answer = await renderSlate(helper, image, coding, new FakeTime());
    const given = JSON.parse(Buffer.from(answer).toString()) as {
      words: string[];
      env: Record<string, string>;
      input: string;
    };
    expect(given.input).toBe(evil);
    expect(given.words.join(' ')).not.toMatch(/touch|passwd/);
    expect(given.words).toContain('png_pipe');
    expect(Object.keys(given.env)).toEqual(['PATH']);
    expect(await readdir(directory.path)).toEqual(['helper']);
  });

  it('is a program, and never a line for a shell', async () => {
    const hacked = join(directory.path, 'hacked');
    const helper = { program: `${directory.path}/helper; touch ${hacked}`, path: '/usr/bin' };
    const image = { mime: 'image/png', bytes: Buffer.alloc(0) } as const;
    await expect(renderSlate(helper, image, coding, new FakeTime())).rejects.toMatchObject({
      code: 'SLATE_HELPER_MISSING',
    });
    expect(await readdir(directory.path)).toEqual(['helper']);
  });
});
