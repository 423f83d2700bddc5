import { describe, expect, it, onTestFinished } from 'vitest';
import { newId, openDatabase } from '#persistence';
import { freshDatabase } from './fresh-database.ts';

const about = {
  type: 'certificate.expiring',
  code: 'CERTIFICATE_EXPIRING',
  message: 'It expires soon.',
} as const;

describe('what concerns every workspace', () => {
  it('is told to each once, and to the endpoints that ask for it', async () => {
    const fresh = await freshDatabase();
    onTestFinished(() => fresh.drop());
    const database = openDatabase({ url: fresh.url });
    onTestFinished(() => database.close());
    const [other, gone] = [newId(), newId()];
    const add =
      'INSERT INTO workspaces (id, name, updated_at, deleted_at) VALUES ($1, $2, now(), $3)';
    await fresh.query(add, [other, 'Other', null]);
    await fresh.query(add, [gone, 'Gone', new Date()]);
    await fresh.query(
      `INSERT INTO webhook_endpoints (id, workspace_id, name, format, target_sealed, target_hint,
         kinds, updated_at) VALUES ($1, $2, 'one', 'standard', '', '', $3, now())`,
      [newId(), other, ['certificate.expiring']],
    );
    const tell = (key: string) => database.system.tellEveryWorkspace({ ...about, key });
    await tell('one certificate, 21');
    await tell('one certificate, 21');
    const events = async () =>
      fresh.query('SELECT workspace_id, sequence::int, type FROM outbox_events ORDER BY sequence');
    expect(await events()).toHaveLength(2);
    expect((await events()).map(({ workspace_id: id }) => id)).not.toContain(gone);
    await tell('one certificate, 7');
    expect((await events()).map(({ sequence }) => sequence)).toEqual([1, 1, 2, 2]);
    const deliveries = await fresh.query('SELECT workspace_id FROM webhook_deliveries');
    expect(deliveries).toEqual([{ workspace_id: other }, { workspace_id: other }]);
  });
});
