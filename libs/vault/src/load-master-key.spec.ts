import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Secret } from '#kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadMasterKey, MASTER_KEY_FILE_NAME } from './load-master-key.ts';
import { MasterKey } from './master-key.ts';

const text = Buffer.alloc(32, 3).toString('base64');
const place = { root: '' };

beforeEach(async () => {
  place.root = await mkdtemp(join(tmpdir(), 'forkcast-vault-'));
});

afterEach(async () => {
  await rm(place.root, { recursive: true });
});

describe('where the master key comes from', () => {
  it('is the value when there is one, and nothing is written', async () => {
    const dataDirectory = join(place.root, 'data');
    const key = await loadMasterKey({ value: new Secret(text), file: '/nowhere', dataDirectory });
    expect(key.id).toBe(MasterKey.fromBase64(text).id);
    expect(await readdir(place.root)).toEqual([]);
  });

  it('is the file when one is named', async () => {
    const file = join(place.root, 'named');
    await writeFile(file, `${text}\n`);
    const key = await loadMasterKey({ file, dataDirectory: place.root });
    expect(key.id).toBe(MasterKey.fromBase64(text).id);
  });

  it('is made once in the data directory, for its owner only', async () => {
    const dataDirectory = join(place.root, 'data');
    const first = await loadMasterKey({ dataDirectory });
    const second = await loadMasterKey({ dataDirectory });
    expect(second.id).toBe(first.id);
    const { mode } = await stat(join(dataDirectory, MASTER_KEY_FILE_NAME));
    expect(mode & 0o777).toBe(0o600);
    expect(await readdir(dataDirectory)).toEqual([MASTER_KEY_FILE_NAME]);
  });

  it('is the same for processes that start together', async () => {
    const dataDirectory = join(place.root, 'data');
    const starting = Array.from({ length: 8 }, () => loadMasterKey({ dataDirectory }));
    const keys = await Promise.all(starting);
    expect(new Set(keys.map((key) => key.id)).size).toBe(1);
    expect(await readdir(dataDirectory)).toEqual([MASTER_KEY_FILE_NAME]);
  });
});

describe('what goes wrong', () => {
  it('a named file that is missing is not made', async () => {
    const file = join(place.root, 'missing');
    await expect(loadMasterKey({ file, dataDirectory: place.root })).rejects.toMatchObject({
      code: 'MASTER_KEY_UNREADABLE',
    });
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a key in the data directory that is broken is never replaced', async () => {
    const path = join(place.root, MASTER_KEY_FILE_NAME);
    await writeFile(path, 'half a k');
    await expect(loadMasterKey({ dataDirectory: place.root })).rejects.toMatchObject({
      code: 'MASTER_KEY_INVALID',
    });
    expect(await readFile(path, 'utf8')).toBe('half a k');
  });

  it('a data directory that cannot be one is named', async () => {
    const file = join(place.root, 'file');
    await writeFile(file, '');
    await expect(loadMasterKey({ dataDirectory: file })).rejects.toMatchObject({
      code: 'MASTER_KEY_UNREADABLE',
      message: expect.stringContaining(file) as string,
    });
  });
});
