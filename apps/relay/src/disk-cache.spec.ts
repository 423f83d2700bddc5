import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_STREAM_RULES, type DesiredStream } from '#contracts';
import { Secret, sentenceOf } from '#kernel';
import { FakeTime, temporaryDirectory } from '#testing';
import { loadMasterKey, type MasterKey } from '#vault';
import { CONFIRM_AFTER_MS, DiskCache, GATHER_MS, KEPT_STREAMS_MAX } from './disk-cache.ts';
import { FakeDisk } from './fake-disk.fixture.ts';
import { KEPT_KEYS_MAX, KEPT_MS_MAX } from './kept-stream.ts';
import { destination } from './relay-under-test.fixture.ts';
import { FILE_BYTES_MAX, SealedFiles, type CacheFiles } from './sealed-files.ts';

const MINUTES_10 = 600_000;
const CANARY = 'c4n4ry-n4m3';
const MEMORY = {
  attempt: 3,
  failureClass: 'tls',
  nextRetryAtWallMs: 5_000,
  ghostUntilWallMs: null,
  target: 'main' as const,
};

function stream(change: Partial<DesiredStream> = {}): DesiredStream {
  return {
    ...NO_STREAM_RULES,
    streamId: randomUUID(),
    name: CANARY,
    graceSeconds: 60,
    endOnUnpublish: false,
    takeover: 'takeover',
    deleted: false,
    destinations: [destination('one')],
    ...change,
  };
}

const holderOf = ({ streamId }: DesiredStream, keyId = 'id') =>
  ({ streamId, keyId, role: 'primary' }) as const;

let time: FakeTime;
let troubles: string[];

beforeEach(() => {
  time = new FakeTime();
  troubles = [];
});

function cacheOn(files: CacheFiles): DiskCache {
  const onTrouble = (what: string, error: unknown) => {
    const cause = error instanceof Error ? error.cause : undefined;
    troubles.push(`${what}: ${sentenceOf(cause ?? error)}`);
  };
  return new DiskCache({ files, clock: time, timers: time, onTrouble });
}

/** What the next process finds. */
async function next(files: CacheFiles): Promise<DiskCache> {
  const cache = cacheOn(files);
  await cache.load();
  return cache;
}

describe('the cache on disk', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let master: MasterKey;
  const newKey = () =>
    loadMasterKey({
      value: new Secret(randomBytes(32).toString('base64')),
      dataDirectory: directory.path,
    });
  const files = (key = master, nodeId = 'local') =>
    new SealedFiles({ dataDirectory: directory.path, nodeId, master: key });
  const folder = () => join(directory.path, 'relay-cache', 'local');
  const fileOf = ({ streamId }: DesiredStream) => join(folder(), `${streamId}.sealed`);

  beforeEach(async () => {
    directory = await temporaryDirectory();
    master = await newKey();
  });

  afterEach(() => directory.remove());

  async function written(desired: DesiredStream): Promise<DesiredStream> {
    const cache = await next(files());
    cache.keepWishes(desired);
    cache.keepKey('hash', holderOf(desired));
    await cache.flush();
    return desired;
  }

  it('has for the next process what was told to the one before', async () => {
    const desired = stream();
    const id = desired.destinations[0]?.id ?? '';
    const cache = await next(files());
    expect(cache.isEmpty).toBe(true);
    cache.keepKey('hash', holderOf(desired));
    cache.keepWishes(desired);
    cache.keepPush(desired.streamId, id, { token: 7, memory: MEMORY });
    const broadcast = { id: randomUUID(), startedAtMs: 3 };
    cache.keepBroadcast(desired.streamId, broadcast);
    await cache.flush();
    const again = await next(files());
    expect(again.isEmpty).toBe(false);
    expect(again.wishes).toEqual([desired]);
    expect(again.keys).toMatchObject([{ hash: 'hash', holder: holderOf(desired), ageMs: 0 }]);
    expect(again.pushOf(desired.streamId, id)).toMatchObject({ token: 7, memory: MEMORY });
    expect(again.takeFormer(desired.streamId)).toEqual(broadcast);
    expect(again.takeFormer(desired.streamId)).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('is for its owner only, and shows nothing', async () => {
    const desired = await written(stream());
    expect((await stat(fileOf(desired))).mode & 0o777).toBe(0o600);
    expect((await stat(folder())).mode & 0o777).toBe(0o700);
    expect((await readFile(fileOf(desired))).includes(CANARY)).toBe(false);
    expect((await readdir(folder())).sort()).toEqual(
      [`${desired.streamId}.sealed`, 'alive'].sort(),
    );
  });

  it('passes over a torn file, and has the others', async () => {
    const torn = await written(stream());
    const whole = await written(stream());
    await truncate(fileOf(torn), (await stat(fileOf(torn))).size - 1);
    expect((await next(files())).wishes).toEqual([whole]);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/^a cached stream is not used: .* changed, torn/);
    await truncate(fileOf(torn), 0);
    expect((await next(files())).wishes).toEqual([whole]);
  });

  it('is of no use under another master key, nor to another node', async () => {
    const desired = await written(stream());
    expect((await next(files(await newKey()))).isEmpty).toBe(true);
    expect((await next(files(master, 'other'))).isEmpty).toBe(true);
    await copyFile(fileOf(desired), fileOf(desired).replace('/local/', '/other/'));
    expect((await next(files(master, 'other'))).isEmpty).toBe(true);
    expect(troubles.map((line) => line.split(': ')[1])).toEqual([
      'These bytes were sealed under another master key.',
      'These sealed bytes were changed, torn, or moved to another place.',
    ]);
  });

  it('does not take one stream’s file for another’s', async () => {
    const desired = await written(stream());
    await copyFile(fileOf(desired), fileOf(stream()));
    expect((await next(files())).wishes).toEqual([desired]);
    expect(troubles).toHaveLength(1);
  });

  it('reads a file of the largest size, and none that is larger', async () => {
    const name = randomUUID();
    const at = files();
    await at.readAll(() => undefined);
    const overhead = 40;
    await at.write(name, Buffer.alloc(FILE_BYTES_MAX - overhead));
    expect(await at.readAll(() => undefined)).toHaveLength(1);
    await expect(at.write(name, Buffer.alloc(FILE_BYTES_MAX - overhead + 1))).rejects.toMatchObject(
      { code: 'CACHE_FILE_TOO_LARGE' },
    );
    await writeFile(join(folder(), `${name}.sealed`), Buffer.alloc(FILE_BYTES_MAX + 1));
    expect(await at.readAll((_name, error) => troubles.push(sentenceOf(error)))).toEqual([]);
    expect(troubles[0]).toMatch(/more than one stream may have/);
  });

  it('goes on without a disk', async () => {
    await writeFile(join(directory.path, 'relay-cache'), 'a file, no folder');
    const cache = await next(files());
    cache.keepWishes(stream());
    await cache.flush();
    cache.noteAlive();
    expect(cache.wishes).toHaveLength(1);
    expect(troubles[0]).toMatch(/^the cache on disk cannot be read/);
    expect(troubles[1]).toMatch(/^the cache on disk cannot be written/);
  });
});

describe('what is kept', () => {
  it('is written a moment after the first change, once; what is told again is not', async () => {
    const disk = new FakeDisk();
    const cache = await next(disk);
    const desired = stream();
    const id = desired.destinations[0]?.id ?? '';
    const tell = () => {
      cache.keepWishes({ ...desired });
      cache.keepKey('hash', holderOf(desired));
      cache.keepPush(desired.streamId, id, { token: 1, memory: { ...MEMORY } });
    };
    tell();
    time.advance(GATHER_MS - 1);
    expect(disk.writes).toBe(0);
    time.advance(1);
    await cache.flush();
    expect(disk.writes).toBe(1);
    time.advance(CONFIRM_AFTER_MS - GATHER_MS - 1);
    tell();
    await cache.flush();
    expect(disk.writes).toBe(1);
    time.advance(1);
    tell();
    await cache.flush();
    expect(disk.writes).toBe(2);
  });

  it('is tried again when the disk was full', async () => {
    const disk = new FakeDisk();
    const cache = await next(disk);
    disk.mood = 'full';
    cache.keepWishes(stream());
    await cache.flush();
    disk.mood = 'there';
    time.advance(5_000);
    await cache.flush();
    expect((await next(disk)).wishes).toHaveLength(1);
  });

  it('is gone with the stream', async () => {
    const disk = new FakeDisk();
    const cache = await next(disk);
    const desired = stream();
    cache.keepWishes(desired);
    await cache.flush();
    cache.keepWishes({ ...desired, deleted: true });
    await cache.flush();
    expect(disk.files.size).toBe(0);
  });

  it('of keys is bounded, and a key that opens nothing any more is not kept', async () => {
    const disk = new FakeDisk();
    const cache = await next(disk);
    const desired = stream();
    cache.keepWishes(desired);
    for (let n = 0; n <= KEPT_KEYS_MAX; n += 1) cache.keepKey(`k${n}`, holderOf(desired));
    expect(cache.keys).toHaveLength(KEPT_KEYS_MAX);
    expect(cache.keys.map(({ hash }) => hash)).not.toContain('k0');
    cache.dropKey('k5', desired.streamId);
    await cache.flush();
    const hashes = (await next(disk)).keys.map(({ hash }) => hash);
    expect(hashes).toHaveLength(KEPT_KEYS_MAX - 1);
    expect(hashes).not.toContain('k5');
  });

  it('of streams is bounded: the one that changed the longest ago goes', async () => {
    const cache = await next(new FakeDisk());
    const first = stream();
    cache.keepWishes(first);
    for (let n = 1; n < KEPT_STREAMS_MAX; n += 1) cache.keepWishes(stream({ destinations: [] }));
    expect(cache.wishes).toContain(first);
    cache.keepWishes(stream());
    expect(cache.wishes).toHaveLength(KEPT_STREAMS_MAX);
    expect(cache.wishes).not.toContain(first);
  });

  it('of a push says also that there is nothing to know', async () => {
    const cache = await next(new FakeDisk());
    const desired = stream();
    const id = desired.destinations[0]?.id ?? '';
    cache.keepWishes(desired);
    cache.keepPush(desired.streamId, id, { token: 1, memory: null });
    expect(cache.pushOf(desired.streamId, id)).toBeUndefined();
    cache.keepPush(desired.streamId, id, { token: 1, memory: MEMORY });
    cache.keepPush(desired.streamId, id, { token: 2, memory: null });
    expect(cache.pushOf(desired.streamId, id)).toMatchObject({ token: 2, memory: null });
    cache.keepWishes({ ...desired, destinations: [] });
    expect(cache.pushOf(desired.streamId, id)).toBeUndefined();
  });
});

describe('how old it may be', () => {
  async function kept(live: boolean): Promise<{ disk: FakeDisk; desired: DesiredStream }> {
    const disk = new FakeDisk();
    const cache = await next(disk);
    const desired = stream();
    cache.keepWishes(desired);
    cache.keepKey('hash', holderOf(desired));
    const broadcast = { id: randomUUID(), startedAtMs: 0 };
    if (live) cache.keepBroadcast(desired.streamId, broadcast);
    await cache.flush();
    return { disk, desired };
  }

  it('is ten minutes for a key of a stream that was not live, a day for one that was', async () => {
    const [idle] = (await next((await kept(false)).disk)).keys;
    expect(idle).toMatchObject({ ageMs: 0, staleMsMax: MINUTES_10 });
    const { disk } = await kept(true);
    time.advance(MINUTES_10 + 1);
    const [live] = (await next(disk)).keys;
    expect(live).toMatchObject({ ageMs: MINUTES_10 + 1, staleMsMax: KEPT_MS_MAX });
  });

  it('is a day at most; then the file goes', async () => {
    const { disk } = await kept(true);
    time.advance(KEPT_MS_MAX);
    expect((await next(disk)).wishes).toHaveLength(1);
    time.advance(1);
    const cache = await next(disk);
    expect(cache.isEmpty).toBe(true);
    await cache.flush();
    expect(disk.files.size).toBe(0);
  });

  it('is the grace period for a broadcast, from when the process was last alive', async () => {
    const { disk, desired } = await kept(true);
    time.advance(3_600_000);
    await disk.touch(time.wallMs());
    time.advance(59_999);
    expect((await next(disk)).takeFormer(desired.streamId)).toBeDefined();
    const { disk: later, desired: wish } = await kept(true);
    time.advance(59_999);
    const cache = await next(later);
    expect(cache.expireFormer()).toBe(false);
    expect(cache.broadcastIds).toHaveLength(1);
    time.advance(1);
    expect(cache.takeFormer(wish.streamId)).toBeUndefined();
    expect(cache.expireFormer()).toBe(true);
    expect(cache.expireFormer()).toBe(false);
    expect(cache.broadcastIds).toEqual([]);
  });

  it('does not matter where another broadcast has begun: the former is an orphan', async () => {
    const { disk, desired } = await kept(true);
    const cache = await next(disk);
    time.advance(60_000);
    const broadcast = { id: randomUUID(), startedAtMs: 1 };
    cache.keepBroadcast(desired.streamId, broadcast);
    expect(cache.expireFormer()).toBe(true);
    expect(cache.broadcastIds).toEqual([broadcast.id]);
  });
});
