import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, StreamWithKey } from '#contracts';
import { Secret } from '#kernel';
import { openDatabase, type Database } from '#persistence';
import { keyFingerprint, MasterKey, openKey, sealingKeyId, sealKey } from '#vault';
import { countUses, resealAll } from '../../tools/keys/reseal.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const newText = (): string => randomBytes(32).toString('base64');
const [OLD, NEW] = [newText(), newText()];
const master = MasterKey.fromTexts({ current: NEW, previous: [OLD] });
const before = MasterKey.fromBase64(OLD);

let api: ApiUnderTest;
let database: Database;

beforeAll(async () => {
  api = await startApi({ ALLOW_PRIVATE_DESTINATIONS: '192.168.7.0/24' });
  database = openDatabase({ url: api.database.url });
});
afterAll(async () => {
  await database.close();
  await api.close();
});

/** A destination whose key the old master key has sealed. */
async function oldDestination(key: string): Promise<string> {
  const post = async <Body>(path: string, body: object): Promise<Body> => {
    const answer = await api.call('POST', `/api/v1${path}`, { body, headers: asBootstrap });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text) as Body;
  };
  const stream = await post<StreamWithKey>('/streams', { name: 'Show' });
  const wish = { name: 'Main', url: 'rtmp://192.168.7.9/app', streamKey: key };
  const { id } = await post<Destination>(`/streams/${stream.id}/destinations`, wish);
  const sealed = sealKey(before, id, new Secret(key));
  await api.database.query('UPDATE destinations SET sealed_key = $1 WHERE id = $2', [sealed, id]);
  return id;
}

async function rowOf(id: string) {
  const [row] = await api.database.query(
    'SELECT sealed_key, key_fingerprint, updated_at, restart_token FROM destinations WHERE id = $1',
    [id],
  );
  return row ?? {};
}

describe('a rotation of the master key', () => {
  it('knows every sealed column that there is', async () => {
    const rows = await api.database.query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name ~ '(^|_)sealed(_|$)'`,
    );
    const known = database.system.sealed.columns.map(({ table, column }) => `${table}.${column}`);
    expect(rows.map(({ name }) => String(name)).toSorted()).toEqual([...known].toSorted());
  });

  it('leaves nothing that needs the old key, and every key as it was', async () => {
    const { sealed } = database.system;
    await api.database.query('TRUNCATE idempotency_keys');
    const keys = Array.from({ length: 5 }, (_, n) => `stream-key-${n}`);
    const ids = await Promise.all(keys.map(oldDestination));
    const rows = await Promise.all(ids.map(rowOf));
    expect((await countUses(sealed, [before.id])).get(before.id)).toBe(5);
    expect(await resealAll(sealed, master)).toEqual({ resealed: 5, unreadable: [] });
    expect((await countUses(sealed, [before.id])).get(before.id)).toBe(0);
    for (const [n, id] of ids.entries()) {
      const after = await rowOf(id);
      expect(openKey(master, id, String(after['sealed_key'])).reveal()).toBe(keys[n]);
      expect(after['key_fingerprint']).toBe(
        keyFingerprint(master, '192.168.7.9', new Secret(keys[n] ?? '')),
      );
      // Nobody is told of a change: nothing that is live connects anew.
      const { updated_at, restart_token } = rows[n] ?? {};
      expect(after).toMatchObject({ updated_at, restart_token });
    }
    expect(await resealAll(sealed, master)).toEqual({ resealed: 0, unreadable: [] });
  });

  it('names what no key opens, and seals the rest', async () => {
    const { sealed } = database.system;
    const [good, foreign] = await Promise.all([oldDestination('good'), oldDestination('foreign')]);
    const stranger = MasterKey.fromBase64(newText());
    await api.database.query('UPDATE destinations SET sealed_key = $1 WHERE id = $2', [
      sealKey(stranger, foreign, new Secret('foreign')),
      foreign,
    ]);
    const { resealed, unreadable } = await resealAll(sealed, master);
    expect(resealed).toBe(1);
    expect(unreadable).toEqual([`destinations.sealed_key ${foreign}`]);
    expect(sealingKeyId(String((await rowOf(good))['sealed_key']))).toBe(master.id);
    await api.database.query('DELETE FROM destinations WHERE id = $1', [foreign]);
  });

  it('does not undo a change that came in between', async () => {
    const { sealed } = database.system;
    const [column] = sealed.columns.filter(({ table }) => table === 'destinations');
    const id = await oldDestination('at-first');
    if (column === undefined) throw new Error('destinations have keys');
    const values = await sealed.page(column, id.replace(/.$/, '0'), 200);
    const value = values.find(({ rowId }) => rowId === id);
    if (value === undefined) throw new Error('the key is there');
    const changed = sealKey(before, id, new Secret('meanwhile'));
    await api.database.query('UPDATE destinations SET sealed_key = $1 WHERE id = $2', [
      changed,
      id,
    ]);
    const late = sealKey(master, id, new Secret('at-first'));
    expect(await sealed.replaceKey(value, late, 'print')).toBe(false);
    expect((await rowOf(id))['sealed_key']).toBe(changed);
    await resealAll(sealed, master);
    expect(openKey(master, id, String((await rowOf(id))['sealed_key'])).reveal()).toBe('meanwhile');
  });

  it('is noted, and so is a key that is retired', async () => {
    const { sealed } = database.system;
    await sealed.noteKey(master.id, 3);
    await sealed.noteKey(master.id, 2);
    await sealed.noteRetired(before.id);
    const rows = await api.database.query('SELECT * FROM master_keys ORDER BY resealed DESC');
    expect(rows).toMatchObject([
      { id: master.id, resealed: 5, retired_at: null },
      { id: before.id, resealed: 0, retired_at: expect.any(Date) as Date },
    ]);
  });
});

describe('a copy of the database', () => {
  it('without its master key shows no key', async () => {
    const key = 'a-key-that-is-in-no-copy';
    const id = await oldDestination(key);
    const rows = await api.database.query('SELECT to_json(d)::text AS row FROM destinations d');
    expect(rows.map(({ row }) => row).join()).not.toContain(key);
    const stolen = String((await rowOf(id))['sealed_key']);
    const guess = MasterKey.fromBase64(newText());
    expect(() => openKey(guess, id, stolen)).toThrow(
      expect.objectContaining({ code: 'SEALED_BY_ANOTHER_KEY' }),
    );
    const relabelled = stolen.replace(before.id, guess.id);
    expect(() => openKey(guess, id, relabelled)).toThrow(
      expect.objectContaining({ code: 'SEALED_TAMPERED' }),
    );
  });
});
