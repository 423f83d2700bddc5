import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { newId, openDatabase } from '#persistence';
import type {
  Database,
  NewDestination,
  StoredIngestKey,
  StreamSettings,
  WorkspaceDatabase,
} from '#persistence';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';

const HOUR_SECONDS = 3_600;
const DESTINATIONS_MAX = 3;

let fresh: FreshDatabase;
let database: Database;
let workspace: WorkspaceDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  workspace = database.workspace(DEFAULT_WORKSPACE_ID);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const hashOf = (text: string): string => Buffer.from(text).toString('hex').padEnd(64, '0');
const newStream = async (
  keyHash = hashOf(newId()),
  settings: Partial<StreamSettings> = {},
  backup?: StoredIngestKey,
) => {
  const wish = { name: 'Show', graceSeconds: 30, ...settings };
  const creation = await workspace.streams.create(wish, { hash: keyHash, hint: 'last' }, backup);
  if (creation.kind !== 'created') throw new Error(creation.kind);
  return creation.stream;
};
const destinationOf = (streamId: string): NewDestination => ({
  id: newId(),
  streamId,
  name: 'Main',
  platform: 'custom',
  url: 'rtmp://live.example/app',
  backupUrl: null,
  sealedKey: 'v1.sealed',
  keyHint: '5678',
  enabled: true,
  delaySeconds: 0,
});
const addDestination = async (streamId: string, changes: Partial<NewDestination> = {}) => {
  const creation = await workspace.destinations.create(
    { ...destinationOf(streamId), ...changes },
    DESTINATIONS_MAX,
  );
  if (creation.kind !== 'created') throw new Error(creation.kind);
  return creation.destination;
};

describe('streams', () => {
  it('are found by id with the hint of their newest key', async () => {
    const stream = await newStream();
    expect(await workspace.streams.find(stream.id)).toEqual(stream);
    expect(stream).toMatchObject({ name: 'Show', graceSeconds: 30, keyHint: 'last' });
  });

  it.each(['', 'not-an-id', newId()])('do not exist under the id %j', async (id) => {
    expect(await workspace.streams.find(id)).toBeUndefined();
    expect(await workspace.streams.change(id, { name: 'Other' })).toBeUndefined();
    expect(await workspace.streams.remove(id)).toBe(false);
    expect(await database.system.desired.load(id)).toBeUndefined();
  });

  it('change only what is named', async () => {
    const { id } = await newStream();
    const changed = await workspace.streams.change(id, { graceSeconds: 5 });
    expect(changed).toMatchObject({ name: 'Show', graceSeconds: 5 });
  });

  it('vanish with their keys and destinations, and leave no sealed key behind', async () => {
    const keyHash = hashOf('vanishing');
    const { id } = await newStream(keyHash);
    const destination = await addDestination(id);
    expect(await workspace.streams.remove(id)).toBe(true);
    expect(await workspace.streams.find(id)).toBeUndefined();
    expect(await database.system.ingestKeys.findByHash(keyHash)).toBeUndefined();
    expect(await workspace.destinations.find(destination.id)).toBeUndefined();
    expect(await database.system.desired.load(id)).toMatchObject({
      deleted: true,
      destinations: [],
    });
    const rows = await fresh.query('SELECT sealed_key FROM destinations WHERE id = $1', [
      destination.id,
    ]);
    expect(rows).toEqual([{ sealed_key: '' }]);
  });

  it('are listed newest first, page by page, each once, whatever is added meanwhile', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.unshift((await newStream()).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await workspace.streams.page({ limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      await newStream();
    } while (cursor !== undefined);
    expect(seen.filter((id) => made.includes(id))).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('ingest keys', () => {
  it('are found by their hash only', async () => {
    const keyHash = hashOf('found');
    const { id: streamId } = await newStream(keyHash);
    expect(await database.system.ingestKeys.findByHash(keyHash)).toMatchObject({
      streamId,
      keyHash,
    });
    expect(await database.system.ingestKeys.findByHash(hashOf('other'))).toBeUndefined();
  });

  it('work on beside their successor for the overlap', async () => {
    const [oldHash, newHash] = [hashOf('old'), hashOf('new')];
    const { id } = await newStream(oldHash);
    const key = { hash: newHash, hint: 'next' };
    const rotation = await workspace.ingestKeys.rotate(id, key, HOUR_SECONDS);
    expect(rotation?.stream.keyHint).toBe('next');
    expect(await database.system.ingestKeys.findByHash(oldHash)).toMatchObject({ streamId: id });
    expect(await database.system.ingestKeys.findByHash(newHash)).toMatchObject({ streamId: id });
  });

  it('end at once without an overlap, those of earlier overlaps included', async () => {
    const hashes = [hashOf('first'), hashOf('second'), hashOf('third')] as const;
    const { id } = await newStream(hashes[0]);
    await workspace.ingestKeys.rotate(id, { hash: hashes[1], hint: '' }, HOUR_SECONDS);
    await workspace.ingestKeys.rotate(id, { hash: hashes[2], hint: '' }, 0);
    const found = await Promise.all(
      hashes.map((hash) => database.system.ingestKeys.findByHash(hash)),
    );
    expect(found.map((key) => key !== undefined)).toEqual([false, false, true]);
  });

  it('never live longer through a later, longer overlap', async () => {
    const { id } = await newStream(hashOf('short'));
    await workspace.ingestKeys.rotate(id, { hash: hashOf('middle'), hint: '' }, 0);
    await workspace.ingestKeys.rotate(id, { hash: hashOf('long'), hint: '' }, HOUR_SECONDS);
    expect(await database.system.ingestKeys.findByHash(hashOf('short'))).toBeUndefined();
    expect(await database.system.ingestKeys.findByHash(hashOf('middle'))).toBeDefined();
  });

  it('leave exactly one newest key when two people rotate at once', async () => {
    const { id } = await newStream();
    await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        workspace.ingestKeys.rotate(id, { hash: hashOf(`race-${name}`), hint: name }, 0),
      ),
    );
    const open = await fresh.query(
      'SELECT 1 FROM ingest_keys WHERE stream_id = $1 AND expires_at IS NULL',
      [id],
    );
    expect(open).toHaveLength(1);
  });

  it('of the two inputs are rotated apart, and say which input they open', async () => {
    const [primary, backup, newer] = [hashOf('first-p'), hashOf('first-b'), hashOf('newer-b')];
    const key = { hash: backup, hint: 'b1' };
    const { id, backupKeyHint } = await newStream(primary, {}, key);
    expect(backupKeyHint).toBe('b1');
    const rotation = await workspace.ingestKeys.rotate(
      id,
      { hash: newer, hint: 'b2' },
      0,
      'backup',
    );
    expect(rotation?.stream).toMatchObject({ keyHint: 'last', backupKeyHint: 'b2' });
    expect(await database.system.ingestKeys.findByHash(primary)).toMatchObject({ role: 'primary' });
    expect(await database.system.ingestKeys.findByHash(newer)).toMatchObject({ role: 'backup' });
    expect(await database.system.ingestKeys.findByHash(backup)).toBeUndefined();
  });

  it('of the backup input are none before it was given one', async () => {
    const { id, backupKeyHint } = await newStream();
    expect(backupKeyHint).toBeNull();
    await workspace.ingestKeys.rotate(id, { hash: hashOf('given'), hint: 'b' }, 0, 'backup');
    expect(await workspace.streams.find(id)).toMatchObject({ keyHint: 'last', backupKeyHint: 'b' });
  });

  it('cannot be made for a stream that is not there', async () => {
    const key = { hash: hashOf('nowhere'), hint: '' };
    expect(await workspace.ingestKeys.rotate(newId(), key, 0)).toBeUndefined();
  });
});

describe('destinations', () => {
  it('are listed in the order in which they were made, without their sealed key', async () => {
    const { id: streamId } = await newStream();
    const first = await addDestination(streamId);
    const second = await addDestination(streamId);
    const page = await workspace.destinations.page(streamId, { limit: 10 });
    expect(page).toEqual({ items: [first, second], nextCursor: null });
    expect(JSON.stringify(page)).not.toContain('v1.sealed');
  });

  it('are refused past the limit, also when they come at once', async () => {
    const { id: streamId } = await newStream();
    const creations = await Promise.all(
      Array.from({ length: DESTINATIONS_MAX + 1 }, () =>
        workspace.destinations.create(destinationOf(streamId), DESTINATIONS_MAX),
      ),
    );
    expect(creations.map(({ kind }) => kind).sort()).toEqual([
      ...Array.from({ length: DESTINATIONS_MAX }, () => 'created'),
      'too-many',
    ]);
  });

  it('need a stream', async () => {
    const creation = await workspace.destinations.create(destinationOf(newId()), DESTINATIONS_MAX);
    expect(creation).toEqual({ kind: 'no-stream' });
  });

  it('tell the relay to connect anew only when asked', async () => {
    const { id: streamId } = await newStream();
    const { id } = await addDestination(streamId);
    await workspace.destinations.change(id, { name: 'Renamed' });
    expect((await database.system.desired.load(streamId))?.destinations[0]?.restartToken).toBe(0);
    await workspace.destinations.change(id, { url: 'rtmp://b.example/app', restart: true });
    expect((await database.system.desired.load(streamId))?.destinations[0]).toMatchObject({
      name: 'Renamed',
      url: 'rtmp://b.example/app',
      sealedKey: 'v1.sealed',
      restartToken: 1,
    });
  });

  it('are gone once removed', async () => {
    const { id: streamId } = await newStream();
    const { id } = await addDestination(streamId);
    expect(await workspace.destinations.remove(id)).toBe(true);
    expect(await workspace.destinations.remove(id)).toBe(false);
    expect(await workspace.destinations.change(id, { name: 'Ghost' })).toBeUndefined();
    expect((await database.system.desired.load(streamId))?.destinations).toEqual([]);
  });
});

describe('what the relay is told to want', () => {
  it('is by default what it was before there was a choice', async () => {
    const { id } = await newStream();
    await addDestination(id);
    expect(await database.system.desired.load(id)).toMatchObject({
      endOnUnpublish: false,
      takeover: 'takeover',
      destinations: [{ resume: 'live', backupAfter: 3, delaySeconds: 0 }],
    });
  });

  it('is what was chosen', async () => {
    const { id } = await newStream();
    await workspace.streams.change(id, { endOnUnpublish: true, takeover: 'backup' });
    await addDestination(id, { resume: 'rewind', backupAfter: 0 });
    expect(await database.system.desired.load(id)).toMatchObject({
      endOnUnpublish: true,
      takeover: 'backup',
      destinations: [{ resume: 'rewind', backupAfter: 0 }],
    });
  });
});

describe('users and sessions', () => {
  it('let exactly one of many first users in', async () => {
    const created = await Promise.all(
      ['a@example.org', 'b@example.org'].map((email) =>
        database.system.users.createFirst({ email, passwordHash: 'argon2' }),
      ),
    );
    expect(created.filter((user) => user !== undefined)).toHaveLength(1);
    expect(await database.system.users.count()).toBe(1);
  });

  it('take a set-up token once, and only the newest', async () => {
    await fresh.query('DELETE FROM users');
    const later = new Date(Date.now() + 60_000);
    await database.system.users.saveSetUpToken(hashOf('older'), later);
    await database.system.users.saveSetUpToken(hashOf('newer'), later);
    const user = { email: 'first@example.org', passwordHash: 'argon2' };
    const use = (token: string) => database.system.users.createFirstWithToken(hashOf(token), user);
    expect(await use('older')).toBeUndefined();
    expect(await use('newer')).toMatchObject({ email: 'first@example.org', isInstanceAdmin: true });
    await fresh.query('DELETE FROM users');
    expect(await use('newer')).toBeUndefined();
  });

  it('refuse a set-up token that is over', async () => {
    await database.system.users.saveSetUpToken(hashOf('late'), new Date(Date.now() - 1));
    const user = { email: 'late@example.org', passwordHash: 'argon2' };
    expect(await database.system.users.createFirstWithToken(hashOf('late'), user)).toBeUndefined();
  });

  it('end a session at its absolute end, after idling, and by signing out', async () => {
    await fresh.query('DELETE FROM users');
    const user = await database.system.users.createFirst({
      email: 'c@example.org',
      passwordHash: 'x',
    });
    const at = (seconds: number): Date => new Date(1_000_000_000_000 + seconds * 1_000);
    const tokenHash = hashOf('session');
    await database.system.sessions.create({
      userId: user?.id ?? '',
      tokenHash,
      createdAt: at(0),
      expiresAt: at(100),
    });
    const session = await database.system.sessions.find(tokenHash, at(10), at(-10));
    expect(session?.user.email).toBe('c@example.org');
    expect(await database.system.sessions.find(tokenHash, at(100), at(-10))).toBeUndefined();
    expect(await database.system.sessions.find(tokenHash, at(50), at(0))).toBeUndefined();
    await database.system.sessions.touch(session?.id ?? '', at(40));
    expect(await database.system.sessions.find(tokenHash, at(50), at(30))).toBeDefined();
    await database.system.sessions.remove(tokenHash);
    expect(await database.system.sessions.find(tokenHash, at(50), at(30))).toBeUndefined();
  });
});

describe('idempotency keys', () => {
  const request = (key: string, requestHash = 'hash') => ({ principal: 'me', key, requestHash });
  const longAgo = { staleBefore: new Date(0), forgottenBefore: new Date(0) };

  it('give the first answer to a repeated request', async () => {
    const begun = await database.system.idempotency.begin(request('repeat'), longAgo);
    if (begun.kind !== 'new') throw new Error(begun.kind);
    expect(await database.system.idempotency.begin(request('repeat'), longAgo)).toEqual({
      kind: 'in-progress',
    });
    await database.system.idempotency.complete(begun.id, 201, 'sealed');
    expect(await database.system.idempotency.begin(request('repeat'), longAgo)).toEqual({
      kind: 'done',
      id: begun.id,
      status: 201,
      sealedAnswer: 'sealed',
    });
  });

  it('notice another request under the same key, and keep callers apart', async () => {
    await database.system.idempotency.begin(request('shared'), longAgo);
    expect((await database.system.idempotency.begin(request('shared', 'b'), longAgo)).kind).toBe(
      'other-request',
    );
    const other = { ...request('shared'), principal: 'another' };
    expect((await database.system.idempotency.begin(other, longAgo)).kind).toBe('new');
  });

  it('start anew after a failure, or after a crash', async () => {
    const first = await database.system.idempotency.begin(request('again'), longAgo);
    await database.system.idempotency.abandon(first.kind === 'new' ? first.id : '');
    expect((await database.system.idempotency.begin(request('again'), longAgo)).kind).toBe('new');
    const later = { ...longAgo, staleBefore: new Date(Date.now() + 60_000) };
    expect((await database.system.idempotency.begin(request('again'), later)).kind).toBe('new');
  });

  it('are forgotten in time', async () => {
    const begun = await database.system.idempotency.begin(request('old'), longAgo);
    await database.system.idempotency.complete(begun.kind === 'new' ? begun.id : '', 201, 'sealed');
    const later = { ...longAgo, forgottenBefore: new Date(Date.now() + 60_000) };
    expect((await database.system.idempotency.begin(request('old'), later)).kind).toBe('new');
  });
});
