import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, openDatabase, STATISTICS_POINTS_MAX } from '#persistence';
import type { Database, StatisticsPoint, StatisticsRecord } from '#persistence';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';

const START = '2026-11-21T10:00:00.000Z';
const START_MS = Date.parse(START);

let fresh: FreshDatabase;
let database: Database;
let workspaceId: string;
let streamId: string;
let broadcastId: string;
let destinationId: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});
beforeEach(async () => {
  [workspaceId, streamId, broadcastId] = [newId(), newId(), newId()];
  const workspace = `INSERT INTO workspaces (id, name, updated_at) VALUES ($1, 'Team', now())`;
  await fresh.query(workspace, [workspaceId]);
  const stream = `INSERT INTO streams (id, workspace_id, name, grace_seconds, updated_at)
    VALUES ($1, $2, 'Show', 30, now())`;
  await fresh.query(stream, [streamId, workspaceId]);
  destinationId = await newDestination('twitch');
  const begun = { kind: 'broadcast-started', streamName: 'Show', nodeId: 'n', at: START } as const;
  await database.system.history.write([{ ...begun, id: broadcastId, streamId }]);
});

async function newDestination(platform: string): Promise<string> {
  const id = newId();
  const sql = `INSERT INTO destinations (id, workspace_id, stream_id, name, platform, url,
    sealed_key, key_hint, enabled, updated_at)
    VALUES ($1, $2, $3, 'Main', $4, 'rtmps://x', 'sealed', 'hint', true, now())`;
  await fresh.query(sql, [id, workspaceId, streamId, platform]);
  return id;
}

/** Seconds from the start of the broadcast, each with as many kbit/s as `kbps` says. */
function record(
  second: number,
  kbps: readonly number[],
  more: Partial<StatisticsRecord> = {},
): StatisticsRecord {
  return {
    kind: 'statistics',
    streamId,
    broadcastId,
    destinationId,
    at: at(second).toISOString(),
    kbps,
    lagMs: kbps.map(() => 5),
    dropped: kbps.map(() => 1),
    reconnects: 0,
    bytes: kbps.reduce((sum, one) => sum + one * 125, 0),
    ...more,
  };
}

const at = (second: number) => new Date(START_MS + second * 1_000);
const tens = (count: number, kbps = 1_000) =>
  Array.from({ length: count }, (_, ten) => record(ten * 10, Array<number>(10).fill(kbps)));

async function points(
  resolution: 1 | 10 | 60,
  [from, to]: readonly [number, number] = [0, 3_600],
): Promise<readonly StatisticsPoint[]> {
  const span = { from: at(from), to: at(to), resolution, destinationId };
  const [series] = await database.workspace(workspaceId).statistics.series(broadcastId, span);
  return series?.points ?? [];
}

const usage = () =>
  fresh.query(
    `SELECT day::text, push_seconds::int, bytes_out::int, out_kbps_peak FROM usage_days
      WHERE workspace_id = $1 ORDER BY day`,
    [workspaceId],
  );

describe('statistics', () => {
  it('are kept by the second, by ten and by the minute', async () => {
    const rising = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const first = record(0, rising, { lagMs: rising, reconnects: 2 });
    await database.system.statistics.write([first, record(10, [100]), record(60, [7])]);
    expect((await points(1)).map(({ kbpsAvg }) => kbpsAvg)).toEqual([...rising, 100, 7]);
    expect((await points(1)).at(10)).toMatchObject({ at: at(10), seconds: 1, lagMsMax: 5 });
    expect(await points(10)).toEqual([
      {
        at: at(0),
        seconds: 10,
        kbpsAvg: 6,
        kbpsMin: 1,
        kbpsMax: 10,
        lagMsMax: 10,
        dropped: 10,
        reconnects: 2,
        bytes: 55 * 125,
      },
      expect.objectContaining({ at: at(10), seconds: 1, kbpsAvg: 100 }),
      expect.objectContaining({ at: at(60), seconds: 1, kbpsAvg: 7 }),
    ]);
    expect(await points(60)).toMatchObject([
      { at: at(0), seconds: 11, kbpsMin: 1, kbpsMax: 100, dropped: 11, reconnects: 2 },
      { at: at(60), seconds: 1 },
    ]);
  });

  it('are the same when a batch is written twice, also in parts', async () => {
    const batch = tens(6);
    await database.system.statistics.write(batch.slice(0, 4));
    await database.system.statistics.write(batch);
    await Promise.all([1, 2, 3].map(() => database.system.statistics.write(batch)));
    expect(await points(60)).toMatchObject([{ seconds: 60, dropped: 60, kbpsAvg: 1_000 }]);
    expect(await usage()).toMatchObject([{ push_seconds: 60, bytes_out: 60 * 125_000 }]);
  });

  it('add up to the same, however they are cut and in whatever order they come', async () => {
    const seconds = fc.array(fc.nat(9_000), { minLength: 30, maxLength: 120 });
    const cuts = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 120, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(seconds, cuts, fc.nat(), async (kbps, lengths, seed) => {
        broadcastId = newId();
        const begun = { streamName: 'Show', nodeId: 'n', at: START, streamId } as const;
        await database.system.history.write([
          { ...begun, kind: 'broadcast-started', id: broadcastId },
        ]);
        const records: StatisticsRecord[] = [];
        let second = 0;
        for (const length of lengths) {
          const end = Math.min(kbps.length, second + length, second + 10 - (second % 10));
          if (end > second) records.push(record(second, kbps.slice(second, end)));
          second = end;
        }
        const mixed = records.toSorted((one, other) => orderOf(one, seed) - orderOf(other, seed));
        await database.system.statistics.write(mixed.slice(3));
        await database.system.statistics.write(mixed);
        const minutes = await points(60);
        expect(minutes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(
          kbps.reduce((sum, one) => sum + one * 125, 0),
        );
        expect(minutes.reduce((sum, { seconds: known }) => sum + known, 0)).toBe(kbps.length);
        expect(Math.max(...minutes.map(({ kbpsMax }) => kbpsMax))).toBe(Math.max(...kbps));
        expect((await points(1)).map(({ kbpsAvg }) => kbpsAvg)).toEqual(kbps);
      }),
      { numRuns: 15 },
    );
  });

  it('are given from a time to a time, and so many points at most', async () => {
    await database.system.statistics.write(tens(120));
    expect((await points(1, [15, 17])).map(({ at: moment }) => moment)).toEqual([at(15), at(16)]);
    expect((await points(10, [10, 30])).map(({ at: moment }) => moment)).toEqual([at(10), at(20)]);
    expect(await points(1)).toHaveLength(STATISTICS_POINTS_MAX);
  });

  it('are those of the workspace alone', async () => {
    await database.system.statistics.write(tens(1));
    const others = database.workspace(newId()).statistics;
    for (const resolution of [1, 10, 60] as const) {
      const span = { from: at(0), to: at(60), resolution };
      expect(await others.series(broadcastId, span)).toEqual([]);
    }
    expect(await others.totals(broadcastId)).toEqual([]);
  });

  it('are summed up over a broadcast, the encoder apart', async () => {
    const ingest = tens(6, 8_000).map((one) => ({ ...one, destinationId: null }));
    await database.system.statistics.write([...tens(12), ...ingest]);
    const totals = await database.workspace(workspaceId).statistics.totals(broadcastId);
    expect(totals.find((total) => total.destinationId === null)).toMatchObject({
      seconds: 60,
      kbpsAvg: 8_000,
    });
    expect(totals.find((total) => total.destinationId === destinationId)).toMatchObject({
      seconds: 120,
      kbpsAvg: 1_000,
      lagMsMax: 5,
      dropped: 120,
    });
  });
});

describe('usage', () => {
  it('counts what was sent to destinations, on its day, and no rehearsal', async () => {
    const rehearsal = await newDestination('test');
    const idle = record(0, [0, 0, 0], { destinationId: await newDestination('twitch') });
    await database.system.statistics.write([
      record(0, [0, 1_000, 1_000]),
      record(0, [1_000], { destinationId: null }),
      record(0, [1_000], { destinationId: rehearsal }),
      record(14 * 3_600, [1_000]),
      idle,
    ]);
    expect(await usage()).toMatchObject([
      { day: '2026-11-21', push_seconds: 2, bytes_out: 250_000 },
      { day: '2026-11-22', push_seconds: 1, bytes_out: 125_000 },
    ]);
  });

  it('keeps the peak of what was sent to all at once', async () => {
    const other = await newDestination('twitch');
    await database.system.statistics.write([
      record(0, Array<number>(10).fill(3_000)),
      record(0, Array<number>(10).fill(4_000), { destinationId: other }),
      record(0, Array<number>(10).fill(50_000), { destinationId: null }),
      record(10, Array<number>(10).fill(6_000)),
    ]);
    await database.system.statistics.notePeaks(at(30));
    expect(await usage()).toMatchObject([{ out_kbps_peak: 7_000 }]);
  });
});

describe('retention of figures', () => {
  it('keeps seconds for two hours, tens for a day, and minutes', async () => {
    await database.system.statistics.write([record(0, [1]), record(10, [2])]);
    const twoHours = 7_200;
    await database.system.statistics.removeFine(at(twoHours));
    expect(await points(1)).toHaveLength(2);
    await database.system.statistics.removeFine(at(twoHours + 1));
    expect((await points(1)).map(({ kbpsAvg }) => kbpsAvg)).toEqual([2]);
    const aDay = 86_400;
    await database.system.statistics.removeFine(at(aDay));
    expect(await points(10)).toHaveLength(2);
    await database.system.statistics.removeFine(at(aDay + 1));
    expect(await points(10)).toHaveLength(1);
    expect(await points(60)).toMatchObject([{ seconds: 2 }]);
  });
});

/** Chance, from a seed. */
function orderOf({ at: moment }: StatisticsRecord, seed: number): number {
  return Math.sin(Date.parse(moment) / 1_000 + seed);
}
