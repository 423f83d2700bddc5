import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { newId, openDatabase } from '#persistence';
import type { Database } from '#persistence';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';

const AWAY = { code: 'DATABASE_UNAVAILABLE' };
const SOON = { connectMs: 100, queryMs: 200, transactionMs: 400 };

describe('a Postgres that accepts connections and never answers', () => {
  const sockets = new Set<Socket>();
  let silent: Server;
  let database: Database;

  beforeAll(async () => {
    silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    database = openDatabase({ url: `postgresql://x@127.0.0.1:${port}/x`, deadlines: SOON });
  });
  afterAll(async () => {
    await database.close();
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('fails a query', async () => {
    await expect(
      database.workspace(DEFAULT_WORKSPACE_ID).streams.find(ANY_ID),
    ).rejects.toMatchObject(AWAY);
  });

  it('fails a transaction', async () => {
    await expect(
      database.workspace(DEFAULT_WORKSPACE_ID).streams.remove(ANY_ID),
    ).rejects.toMatchObject(AWAY);
  });

  it('fails a ping', async () => {
    await expect(database.ping(50)).rejects.toMatchObject(AWAY);
  });
});

describe('a Postgres that is not there', () => {
  const database = openDatabase({ url: 'postgresql://x@127.0.0.1:1/x' });
  afterAll(() => database.close());

  it('fails queries and transactions with a code', async () => {
    await expect(
      database.workspace(DEFAULT_WORKSPACE_ID).streams.find(ANY_ID),
    ).rejects.toMatchObject(AWAY);
    await expect(
      database.workspace(DEFAULT_WORKSPACE_ID).streams.remove(ANY_ID),
    ).rejects.toMatchObject(AWAY);
    await expect(database.ping(1_000)).rejects.toMatchObject(AWAY);
  });
});

describe('a Postgres that ends connections', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());

  it('is asked again over a new connection', async () => {
    const faults: Error[] = [];
    const database = openDatabase({ url: fresh.url, onIdleFault: (fault) => faults.push(fault) });
    await database.ping(1_000);
    await fresh.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await expect.poll(() => faults.length).toBeGreaterThan(0);
    await expect(database.ping(1_000)).resolves.toBeUndefined();
    await database.close();
    await database.close();
  });

  it('fails a question that waits for a lock, and answers the next', async () => {
    const database = openDatabase({ url: fresh.url, deadlines: { queryMs: 200 } });
    const workspace = database.workspace(DEFAULT_WORKSPACE_ID);
    const streamId = newId();
    await fresh.addStream(streamId);
    const locking = fresh.query(
      `DO $$ BEGIN PERFORM 1 FROM streams FOR UPDATE; PERFORM pg_sleep(1); END $$`,
    );
    const key = { hash: 'next', hint: '' };
    await expect
      .poll(() => fresh.query(`SELECT 1 FROM pg_locks WHERE mode = 'RowShareLock'`))
      .not.toEqual([]);
    await expect(workspace.ingestKeys.rotate(streamId, key, 0)).rejects.toMatchObject(AWAY);
    await locking;
    expect(await workspace.ingestKeys.rotate(streamId, key, 0)).toBeDefined();
    await database.close();
  });
});

const ANY_ID = '01920000-0000-7000-8000-000000000000';
