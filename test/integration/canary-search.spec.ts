import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDirectory } from '#testing';
import { Canaries, placesInDatabase, placesInFolder, placesInRedis } from '../canary.ts';
import type { Place } from '../canary.ts';
import { freshDatabase } from './fresh-database.ts';
import { startOwnRedis } from './own-redis.ts';

const SECRET = 'live_1234/abcdefghij?k=lmnopqrstuv';

function planted(): Canaries {
  const canaries = new Canaries();
  canaries.plant('a key', SECRET);
  return canaries;
}

describe('the search for secrets', () => {
  it.each([
    ['as it is', `key=${SECRET};`],
    ['in a URL', `rtmp://host/app/${encodeURIComponent(SECRET)}`],
    ['in JSON', JSON.stringify({ deep: { key: SECRET } })],
    ['cut short at its end', SECRET.slice(0, 16)],
    ['cut short at its beginning', SECRET.slice(-16)],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 after a byte', Buffer.from(`-${SECRET}--`).toString('base64')],
    ['in base64url after two', Buffer.from(`--${SECRET}-`).toString('base64url')],
  ])('finds one %s', (_, content) => {
    expect(planted().search([{ name: 'there', content }])).toEqual(['a key in there']);
  });

  it('finds nothing in a hint, and nothing where it may stand', () => {
    const canaries = planted();
    expect(canaries.search([{ name: 'hint', content: SECRET.slice(-4) }])).toEqual([]);
    canaries.plant('another', 'fc_0123456789abcdefghij', /^answer POST/);
    const content = 'fc_0123456789abcdefghij';
    const places = ['answer POST /streams', 'answer GET /streams'].map((name) => ({
      name,
      content,
    }));
    expect(canaries.search(places)).toEqual(['another in answer GET /streams']);
  });

  it('takes no secret that may stand somewhere by chance', () => {
    expect(() => new Canaries().plant('short', 'abcdefghijk')).toThrow(/too short/);
    expect(new Canaries().plant('long enough', 'abcdefghijkl')).toBe('abcdefghijkl');
  });

  it('looks into every table', async () => {
    const database = await freshDatabase();
    onTestFinished(() => database.drop());
    expect(planted().search(await placesInDatabase(database.url))).toEqual([]);
    await database.query('CREATE TABLE notes (list JSONB)');
    await database.query('INSERT INTO notes VALUES ($1)', [JSON.stringify([{ key: SECRET }])]);
    const seen = planted().search(await placesInDatabase(database.url));
    expect(seen).toEqual(['a key in table public.notes']);
  });

  it('looks into every kind of value in Redis', async () => {
    const own = await startOwnRedis();
    onTestFinished(() => own.stop());
    const redis = new Redis(own.url);
    await redis.set('plain', SECRET);
    await redis.hset('hash', 'field', SECRET);
    await redis.rpush('list', SECRET);
    await redis.sadd('set', SECRET);
    await redis.zadd('sorted', 1, SECRET);
    await redis.xadd('stream', '*', 'field', SECRET);
    await redis.set(SECRET, 'its name');
    await redis.set('innocent', 'value');
    redis.disconnect();
    const seen = planted().search(await placesInRedis(own.url));
    const names = ['hash', SECRET, 'list', 'plain', 'set', 'sorted', 'stream'];
    const wanted = names.map((name) => `a key in Redis key ${name}`);
    expect([...seen].toSorted()).toEqual(wanted.toSorted());
  });

  it('looks into every file of a folder', async () => {
    const directory = await temporaryDirectory();
    onTestFinished(() => directory.remove());
    const deep = join(directory.path, 'one', 'two');
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'file'), Buffer.concat([Buffer.alloc(70_000), Buffer.from(SECRET)]));
    await writeFile(join(directory.path, 'clean'), 'nothing');
    const places: Place[] = [];
    for await (const file of placesInFolder(directory.path)) places.push(file);
    expect(planted().search(places)).toEqual([`a key in file ${join(deep, 'file')}`]);
  });
});
