import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';

export interface FreshDatabase {
  readonly url: string;
  /** Asks as the server's owner, past every repository. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** A stream for history to be about: of one that never was, nobody sees it. */
  addStream(id: string, workspaceId?: string): Promise<void>;
  drop(): Promise<void>;
}

/**
 * A database of one spec's own on the run's Postgres: a copy of the one that the migrations made
 * for this run, or an empty one.
 */
export async function freshDatabase({ migrated = true } = {}): Promise<FreshDatabase> {
  const serverUrl = inject('databaseUrl');
  const name = `spec_${randomBytes(6).toString('hex')}`;
  const template = migrated ? inject('migratedDatabase') : 'template1';
  await onServer(serverUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`),
  );
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const query: FreshDatabase['query'] = async (sql, values = []) =>
    onServer(url.href, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
      return rows;
    });
  return {
    url: url.href,
    query,
    async addStream(id, workspaceId = DEFAULT_WORKSPACE_ID) {
      await query(
        `INSERT INTO streams (id, workspace_id, name, grace_seconds, updated_at)
         VALUES ($1, $2, 'Show', 30, now())`,
        [id, workspaceId],
      );
    },
    drop: () =>
      onServer(serverUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
