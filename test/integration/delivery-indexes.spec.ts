import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { newId } from '#persistence';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';

/** So many that a walk past them all costs more than any index. */
const DELIVERED = 20_000;

let fresh: FreshDatabase;
const endpointId = newId();

beforeAll(async () => {
  fresh = await freshDatabase();
  await fresh.query(
    `INSERT INTO webhook_endpoints
       (id, workspace_id, name, format, target_sealed, target_hint, kinds, updated_at)
     VALUES ($1, $2, 'Hook', 'standard', 'v1.x.y', 'example.org', '{push.live}', now())`,
    [endpointId, DEFAULT_WORKSPACE_ID],
  );
  await fresh.query(
    `INSERT INTO outbox_events (id, workspace_id, sequence, at, type, payload)
     SELECT gen_random_uuid(), $1, n, now(), 'push.live', '{}' FROM generate_series(0, $2) AS n`,
    [DEFAULT_WORKSPACE_ID, DELIVERED],
  );
  await fresh.query(
    `INSERT INTO webhook_deliveries
       (id, workspace_id, endpoint_id, event_id, sequence, state, next_try_at, give_up_at)
     SELECT gen_random_uuid(), workspace_id, $1, id, sequence,
       CASE sequence WHEN $2 THEN 'pending' ELSE 'delivered' END, now(), now()
     FROM outbox_events`,
    [endpointId, DELIVERED],
  );
  await fresh.query('ANALYZE webhook_deliveries');
});
afterAll(() => fresh.drop());

const planOf = async (sql: string): Promise<string> => {
  const rows = await fresh.query(`EXPLAIN ${sql}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

it('the first in an endpoint’s line is found without a walk past what was delivered', async () => {
  const plan = await planOf(
    `SELECT id FROM webhook_deliveries WHERE endpoint_id = '${endpointId}' AND state = 'pending'
       AND blocking ORDER BY sequence LIMIT 1`,
  );
  expect(plan).toContain('webhook_deliveries_line_idx');
});

it('as is what is due', async () => {
  const plan = await planOf(
    `SELECT id FROM webhook_deliveries WHERE state = 'pending' AND NOT blocking
       AND next_try_at <= now() ORDER BY next_try_at LIMIT 100`,
  );
  expect(plan).toContain('webhook_deliveries_due_idx');
});
