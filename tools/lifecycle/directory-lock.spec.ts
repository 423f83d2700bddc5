import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './directory-lock.ts';

describe('lockDirectory', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'forkcast-lock-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('lets one in, and the next after it has left', async () => {
    const unlock = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(
      `Forkcast is already running in ${directory} (process ${process.pid})`,
    );
    await unlock();
    expect(await readdir(directory)).toEqual([]);
    await (
      await lockDirectory(directory)
    )();
  });

  it('lets exactly one of many in', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => lockDirectory(directory)),
    );
    expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });

  it('takes over the lock of a process that is gone, though its number lives', async () => {
    await writeFile(join(directory, 'start.lock'), `${process.pid} 1\n`);
    await (
      await lockDirectory(directory)
    )();
  });

  it('takes over a lock that a crash left empty', async () => {
    await writeFile(join(directory, 'start.lock'), '');
    await (
      await lockDirectory(directory)
    )();
  });

  it('says so when the directory cannot be used', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(lockDirectory(join(directory, 'file'))).rejects.toMatchObject({
      code: 'SETTING_INVALID',
    });
  });
});
