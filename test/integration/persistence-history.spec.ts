import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { HISTORY_BATCH_MAX, newId, openDatabase } from '#persistence';
import type { Database, HistoryRecord, WorkspaceDatabase } from '#persistence';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';

const START = '2026-11-20T10:00:00.000Z';
const PUBLISHED = '2026-11-20T10:10:00.000Z';
const END = '2026-11-20T11:00:00.000Z';

let fresh: FreshDatabase;
let database: Database;
let workspace: WorkspaceDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  workspace = database.workspace(DEFAULT_WORKSPACE_ID);
  await fresh.addStream(streamId);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const streamId = newId();
const LIVE_MS = Date.parse(END) - Date.parse(PUBLISHED);
const broadcastStarted = (id: string, at = START, nodeId = 'local'): HistoryRecord => ({
  kind: 'broadcast-started',
  id,
  streamId,
  streamName: 'Show',
  nodeId,
  at,
});
const attemptStarted = (id: string, broadcastId: string, nodeId = 'local'): HistoryRecord => ({
  kind: 'attempt-started',
  id,
  broadcastId,
  destinationId: newId(),
  destinationName: 'Main',
  nodeId,
  number: 1,
  at: START,
});
const attemptEnded = (id: string, message = 'gone'): HistoryRecord => ({
  kind: 'attempt-ended',
  id,
  at: END,
  publishedAt: START,
  code: 'PEER_RESET',
  class: 'transient',
  message,
  bytesWritten: 5_000_000_000,
});
const attemptPublished = (id: string, at = PUBLISHED): HistoryRecord => ({
  kind: 'attempt-published',
  id,
  at,
});
const event = (id: string, broadcastId: string, at = START, message = 'live'): HistoryRecord => ({
  kind: 'event',
  id,
  broadcastId,
  streamId,
  at,
  position: Date.parse(at),
  about: 'push',
  code: 'PUSH_LIVE',
  message,
});
const outcomes = async (broadcastId: string, until = END) =>
  (await workspace.broadcasts.outcomes([broadcastId], new Date(until))).get(broadcastId);

describe('history', () => {
  it('is the same when a batch is written twice', async () => {
    const [broadcastId, attemptId] = [newId(), newId()];
    const batch: HistoryRecord[] = [
      broadcastStarted(broadcastId),
      attemptStarted(attemptId, broadcastId),
      event(newId(), broadcastId),
      attemptPublished(attemptId, START),
      attemptEnded(attemptId),
      { kind: 'broadcast-ended', id: broadcastId, at: END, reason: 'ended' },
    ];
    await database.system.history.write(batch);
    await database.system.history.write(batch);
    expect(await workspace.broadcasts.find(broadcastId)).toMatchObject({
      streamName: 'Show',
      startedAt: new Date(START),
      endedAt: new Date(END),
      endReason: 'ended',
    });
    expect(await workspace.broadcasts.attempts(broadcastId)).toMatchObject([
      { id: attemptId, number: 1, code: 'PEER_RESET', bytesWritten: 5_000_000_000 },
    ]);
    const events = await workspace.broadcasts.events(broadcastId, { limit: 10 });
    expect(events.items).toHaveLength(1);
  });

  it('keeps the first end', async () => {
    const id = newId();
    await database.system.history.write([
      broadcastStarted(id),
      { kind: 'broadcast-ended', id, at: END, reason: 'first' },
      { kind: 'broadcast-ended', id, at: START, reason: 'second' },
    ]);
    expect(await workspace.broadcasts.find(id)).toMatchObject({ endReason: 'first' });
  });

  it('takes the rest of a story whose beginning was lost', async () => {
    const broadcastId = newId();
    await database.system.history.write([
      event(newId(), broadcastId),
      attemptPublished(newId()),
      attemptEnded(newId()),
      { kind: 'broadcast-ended', id: broadcastId, at: END, reason: 'ended' },
    ]);
    expect((await workspace.broadcasts.events(broadcastId, { limit: 10 })).items).toHaveLength(1);
  });

  it('tells since when an attempt is live before it has ended', async () => {
    const [broadcastId, attemptId] = [newId(), newId()];
    await database.system.history.write([
      broadcastStarted(broadcastId),
      attemptPublished(attemptId),
      attemptStarted(attemptId, broadcastId),
    ]);
    const running = { id: attemptId, publishedAt: new Date(PUBLISHED), endedAt: null };
    expect(await workspace.broadcasts.attempts(broadcastId)).toMatchObject([running]);
    await database.system.history.write([attemptPublished(attemptId, END)]);
    expect(await workspace.broadcasts.attempts(broadcastId)).toMatchObject([running]);
    expect(await workspace.broadcasts.attemptTotals(broadcastId)).toMatchObject([
      { bytesWritten: 0, untold: 1 },
    ]);
    expect(await outcomes(broadcastId)).toMatchObject([{ published: 1, liveMs: LIVE_MS }]);
    // A time before it was accepted is no time less than none.
    expect(await outcomes(broadcastId, START)).toMatchObject([{ liveMs: 0, wantedMs: 0 }]);
  });

  it('keeps since when an attempt was live, also where its end has no word of it', async () => {
    const [broadcastId, attemptId] = [newId(), newId()];
    await database.system.history.write([
      broadcastStarted(broadcastId),
      attemptStarted(attemptId, broadcastId),
      attemptPublished(attemptId),
      { ...attemptEnded(attemptId), publishedAt: null } as HistoryRecord,
    ]);
    expect(await workspace.broadcasts.attemptTotals(broadcastId)).toMatchObject([
      { bytesWritten: 5_000_000_000, untold: 0 },
    ]);
    expect(await outcomes(broadcastId)).toMatchObject([{ published: 1, liveMs: LIVE_MS }]);
  });

  it('is not held up by what a hostile destination says', async () => {
    const [broadcastId, attemptId] = [newId(), newId()];
    const hostile = `NUL \u0000 and half a pair \ud800${'x'.repeat(10_000)}`;
    await database.system.history.write([
      broadcastStarted(broadcastId),
      attemptStarted(attemptId, broadcastId),
      attemptEnded(attemptId, hostile),
      event(newId(), broadcastId, START, hostile),
    ]);
    const [attempt] = await workspace.broadcasts.attempts(broadcastId);
    expect(attempt?.message).toMatch(/^NUL {2}and half a pair \ufffdx+$/);
    expect(attempt?.message).toHaveLength(500);
  });

  it('takes batches beyond the size of one transaction', async () => {
    const broadcastId = newId();
    const batch = Array.from({ length: HISTORY_BATCH_MAX + 1 }, () => event(newId(), broadcastId));
    await database.system.history.write(batch);
    const [row] = await fresh.query('SELECT count(*)::int FROM events WHERE broadcast_id = $1', [
      broadcastId,
    ]);
    expect(row).toEqual({ count: HISTORY_BATCH_MAX + 1 });
  });

  it('closes what a dead relay left open, and nothing else', async () => {
    const [mine, other, attemptId] = [newId(), newId(), newId()];
    await database.system.history.write([
      broadcastStarted(mine, START, 'dead'),
      broadcastStarted(other, START, 'alive'),
      attemptStarted(attemptId, mine, 'dead'),
      attemptPublished(attemptId),
    ]);
    expect(await database.system.history.closeOrphans('dead', new Date(END))).toEqual({
      broadcasts: 1,
      attempts: 1,
    });
    expect(await workspace.broadcasts.find(mine)).toMatchObject({ endReason: 'relay-stopped' });
    expect(await workspace.broadcasts.find(other)).toMatchObject({ endedAt: null });
    expect(await workspace.broadcasts.attemptTotals(mine)).toMatchObject([{ untold: 1 }]);
    const codesOf = async (id: string) =>
      (await workspace.broadcasts.events(id, { limit: 10 })).items.map(({ code }) => code);
    expect(await codesOf(mine)).toEqual(['BROADCAST_ENDED']);
    expect(await codesOf(other)).toEqual([]);
  });
});

describe('history, read', () => {
  it('lists broadcasts newest first, also those of the same millisecond', async () => {
    const streamOfOwn = newId();
    await fresh.addStream(streamOfOwn);
    const ids = Array.from({ length: 5 }, () => newId());
    await database.system.history.write(
      ids.map((id) => ({ ...broadcastStarted(id), streamId: streamOfOwn }) as HistoryRecord),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await workspace.broadcasts.page({ limit: 2, cursor, streamId: streamOfOwn });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([...ids].sort().reverse());
  });

  it('lists events in the order in which they happened', async () => {
    const broadcastId = newId();
    const [first, second, third] = [newId(), newId(), newId()];
    await database.system.history.write([
      event(third, broadcastId, END),
      event(first, broadcastId, START),
      event(second, broadcastId, '2026-11-20T10:30:00.000Z'),
    ]);
    const page = await workspace.broadcasts.events(broadcastId, { limit: 2 });
    expect(page.items.map(({ id }) => id)).toEqual([first, second]);
    const cursor = page.nextCursor ?? '';
    const rest = await workspace.broadcasts.events(broadcastId, { limit: 2, cursor });
    expect(rest.items.map(({ id }) => id)).toEqual([third]);
  });

  it('counts no time in which nobody wanted a destination, and no return asked for', async () => {
    const [id, destinationId] = [newId(), newId()];
    const minute = (count: number) => new Date(Date.parse(START) + count * 60_000).toISOString();
    const tried = (from: number, over: number, kind = 'deliberate'): HistoryRecord[] => {
      const attempt = newId();
      const end = { ...attemptEnded(attempt), class: kind, publishedAt: minute(from) };
      return [
        { ...attemptStarted(attempt, id), destinationId, at: minute(from) } as HistoryRecord,
        { ...end, at: minute(over) },
      ];
    };
    const stop = (at: number, code: string) =>
      ({ ...event(newId(), id, minute(at)), code, destinationId }) as HistoryRecord;
    await database.system.history.write([
      broadcastStarted(id),
      // Added late; cut once; stopped; on again with other settings; cut, and stopped while away.
      ...tried(10, 12, 'transient'),
      ...tried(14, 20),
      stop(20, 'PUSH_STOPPED'),
      ...tried(40, 42),
      ...tried(42, 44, 'transient'),
      stop(45, 'PUSH_STOP_ASKED'),
      { kind: 'broadcast-ended', id, at: minute(60), reason: 'ended' },
    ]);
    expect(await outcomes(id)).toMatchObject([
      { liveMs: 12 * 60_000, wantedMs: 15 * 60_000, published: 4, reconnects: 1, failures: 2 },
    ]);
    // Without the stop it would have been missed to the end.
    await database.system.history.write(tried(50, 51, 'transient'));
    expect(await outcomes(id)).toMatchObject([{ liveMs: 13 * 60_000, wantedMs: 25 * 60_000 }]);
  });

  it('says what became of each destination, in the order of their first tries', async () => {
    const [ended, live] = [newId(), newId()];
    const [steady, shaky, other] = [newId(), newId(), newId()];
    const at = (minute: number) => new Date(Date.parse(START) + minute * 60_000).toISOString();
    const attempt = (
      broadcastId: string,
      destinationId: string,
      [started, published, over]: readonly [number, number | null, number | null],
      end: { code: string; class: string } = { code: 'PEER_RESET', class: 'transient' },
      destinationName = 'Main',
    ): HistoryRecord[] => {
      const id = newId();
      const of = { broadcastId, destinationId, destinationName, nodeId: 'local', number: 1 };
      return [
        { kind: 'attempt-started', id, ...of, at: at(started) },
        ...(published === null ? [] : [attemptPublished(id, at(published))]),
        ...(over === null
          ? []
          : [{ ...attemptEnded(id), ...end, at: at(over), publishedAt: null } as HistoryRecord]),
      ];
    };
    const wanted = { code: 'ENDED', class: 'deliberate' };
    await fresh.query(
      `INSERT INTO destinations (id, workspace_id, stream_id, name, platform, url, sealed_key,
         key_hint, enabled, updated_at)
       VALUES ($1, $2, $3, 'Now so', 'twitch', 'rtmp://x/live', 'sealed', '', false, now())`,
      [steady, DEFAULT_WORKSPACE_ID, streamId],
    );
    await database.system.history.write([
      broadcastStarted(ended),
      broadcastStarted(live),
      ...attempt(ended, shaky, [1, 2, 12]),
      ...attempt(ended, shaky, [13, null, 14], { code: 'KEY_REJECTED', class: 'rejected' }),
      ...attempt(ended, steady, [0, 1, 61], wanted, 'Then so'),
      ...attempt(ended, other, [20, 30, null]),
      ...attempt(live, steady, [0, 5, null]),
      ...attempt(live, shaky, [0, null, 1]),
      ...attempt(live, shaky, [2, 3, null]),
      { kind: 'broadcast-ended', id: ended, at: at(60), reason: 'ended' },
    ]);
    const until = new Date(at(10));
    const both = await workspace.broadcasts.outcomes([ended, live], until);
    const minutes = (id: string) =>
      both
        .get(id)
        ?.map(({ destinationId, liveMs, published, failures, lastCode }) => [
          destinationId,
          ...[liveMs / 60_000, published, failures, lastCode],
        ]);
    expect(minutes(ended)).toEqual([
      [steady, 60, 1, 0, null],
      [shaky, 10, 1, 2, 'KEY_REJECTED'],
      // Of a relay that died: as long as the broadcast went on.
      [other, 30, 1, 0, null],
    ]);
    expect(new Map(minutes(live)?.map(([id, ...rest]) => [id, rest]))).toEqual(
      new Map([
        [steady, [5, 1, 0, null]],
        [shaky, [7, 1, 1, null]],
      ]),
    );
    const [first, second] = both.get(ended) ?? [];
    expect(first).toMatchObject({ name: 'Then so', platform: 'twitch', lastClass: null });
    expect(second).toMatchObject({ name: 'Main', platform: null, lastClass: 'rejected' });
    expect(await workspace.broadcasts.outcomes([], until)).toEqual(new Map());
    const elsewhere = database.workspace(newId());
    expect(await elsewhere.broadcasts.outcomes([ended], until)).toEqual(new Map());
  });

  it('refuses a cursor that it did not give', async () => {
    await expect(workspace.broadcasts.page({ limit: 2, cursor: 'mine' })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });
});
