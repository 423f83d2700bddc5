import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broadcast, BroadcastEvent } from '#contracts';
import { statisticsAnswerSchema } from '#control';
import type { StatisticsAnswer } from '#control';
import { newId, openDatabase } from '#persistence';
import type { HistoryRecord, StatisticsRecord } from '#persistence';
import { broadcastExportSchema } from '../../apps/api/src/statistics/broadcast-export.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const START_MS = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
/** One more than a report shows. */
const EVENTS = 1_001;
const HOSTILE = '<img src=x onerror=alert(1)>|**bold**';

const [streamId, broadcastId, destinationId] = [newId(), newId(), newId()];
const emptyId = newId();

let api: ApiUnderTest;

const at = (second: number) => new Date(START_MS + second * 1_000).toISOString();
const path = (rest: string, id = broadcastId) => `/api/v1/broadcasts/${id}/${rest}`;
const get = (rest: string, headers: Record<string, string> = {}) =>
  api.call('GET', path(rest), { headers: { ...asBootstrap, ...headers } });
const statistics = async (query = ''): Promise<StatisticsAnswer> => {
  const answer = await get(`statistics${query}`);
  expect(answer.status).toBe(200);
  return statisticsAnswerSchema.parse(await answer.json());
};

beforeAll(async () => {
  api = await startApi();
  await api.database.addStream(streamId);
  const database = openDatabase({ url: api.database.url });
  await database.system.history.write(history());
  await database.system.statistics.write([
    ...figures(null, 8_000),
    ...figures(destinationId, 6_000),
  ]);
  await database.close();
});
afterAll(() => api.close());

function history(): HistoryRecord[] {
  const begun = { kind: 'broadcast-started', streamId, nodeId: 'local' } as const;
  const attempt = {
    broadcastId,
    destinationId,
    destinationName: HOSTILE,
    nodeId: 'local',
  } as const;
  const attempts = Array.from({ length: 3 }, (_, index): HistoryRecord[] => {
    const id = newId();
    return [
      { ...attempt, kind: 'attempt-started', id, number: index + 1, at: at(index * 100) },
      {
        kind: 'attempt-ended',
        id,
        at: at(index * 100 + 60),
        publishedAt: index === 0 ? null : at(index * 100),
        code: 'RESET_BY_PEER',
        class: 'transient',
        message: 'Cut.',
        remoteWords: HOSTILE,
        bytesWritten: 1_000_000,
      },
    ];
  });
  const events = Array.from({ length: EVENTS }, (_, index): HistoryRecord => ({
    kind: 'event',
    id: newId(),
    broadcastId,
    streamId,
    destinationId,
    at: at(index),
    position: Date.parse(at(index)),
    about: 'push',
    code: 'RESET_BY_PEER',
    message: `line ${index}`,
    remoteWords: index === 0 ? HOSTILE : null,
  }));
  return [
    { ...begun, id: broadcastId, streamName: HOSTILE, at: at(0) },
    { ...begun, id: emptyId, streamName: 'Empty', at: at(0) },
    ...attempts.flat(),
    ...events,
    { kind: 'broadcast-ended', id: broadcastId, at: at(300), reason: 'end-now' },
  ];
}

function figures(of: string | null, kbps: number, id = broadcastId): StatisticsRecord[] {
  return Array.from({ length: 30 }, (_, ten) => ({
    kind: 'statistics',
    streamId,
    broadcastId: id,
    destinationId: of,
    at: at(ten * 10),
    kbps: Array<number>(10).fill(kbps),
    lagMs: Array<number>(10).fill(ten),
    dropped: Array<number>(10).fill(0),
    reconnects: 0,
    bytes: kbps * 1_250,
  }));
}

describe('statistics of a broadcast', () => {
  it('are as fine as fits, with the names of the destinations', async () => {
    const answer = await statistics();
    expect(answer).toMatchObject({ resolution: 1, from: at(0) });
    expect(answer.series.map(({ name, points }) => [name, points.length])).toEqual(
      expect.arrayContaining([
        [null, 300],
        [HOSTILE, 300],
      ]),
    );
  });

  it('are of one series, by the minute, from a time to a time', async () => {
    const query = `?destinationId=${destinationId}&resolution=60&from=${at(60)}&to=${at(180)}`;
    const answer = await statistics(query);
    expect(answer).toMatchObject({ resolution: 60, from: at(60), to: at(180) });
    expect(answer.series).toHaveLength(1);
    expect(answer.series[0]?.points).toMatchObject([
      { at: at(60), seconds: 60, kbps: { avg: 6_000 }, lagMsMax: 11, bytes: 45_000_000 },
      { at: at(120), lagMsMax: 17 },
    ]);
    const encoder = await statistics('?destinationId=ingest&resolution=10');
    expect(encoder.series).toMatchObject([{ destinationId: null }]);
    expect(encoder.series[0]?.points).toHaveLength(30);
  });

  it.each(['resolution=2', 'from=yesterday', 'destinationId=mine'])(
    'are refused for %s',
    async (query) => {
      const answer = await get(`statistics?${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'VALIDATION_FAILED' });
    },
  );
});

describe('the export', () => {
  it('is one JSON file with all that is kept', async () => {
    const answer = await get('export');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="broadcast-${broadcastId}.json"`,
    );
    const whole = broadcastExportSchema.parse(await answer.json());
    expect(whole.broadcast).toMatchObject({ id: broadcastId, streamName: HOSTILE });
    expect(whole.attempts).toHaveLength(3);
    expect(whole.attempts[0]).toMatchObject({ number: 1, remoteWords: HOSTILE });
    expect(whole.events.map(({ message }) => message)).toEqual(
      Array.from({ length: EVENTS }, (_, index) => `line ${index}`),
    );
    expect(whole.statistics).toHaveLength(1);
    expect(whole.statistics[0]?.series).toHaveLength(2);
  });

  it('is whole for a broadcast of which nothing is kept but its name', async () => {
    const answer = await api.call('GET', path('export', emptyId), { headers: asBootstrap });
    expect(broadcastExportSchema.parse(await answer.json())).toMatchObject({
      attempts: [],
      events: [],
    });
  });
});

describe('the report', () => {
  it('is Markdown, or HTML for who asks for that', async () => {
    const markdown = await get('report');
    expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(markdown.headers.get('content-disposition')).toMatch(
      /^inline; filename="broadcast-.+\.md"$/,
    );
    const text = await markdown.text();
    expect(text).toContain('| Duration | 0:05:00 |');
    expect(text).toContain('Only the first 1000 entries are shown');
    expect(text).toContain('| line 999 |');
    expect(text).not.toContain('line 1000');
    expect(text).toContain(
      '0:02:00 (40 % of the time wanted) | 3 | once | 0 | 0.0 s | 6000 kbit/s | 3.0 MB |',
    );
    const html = await get('report', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html.headers.get('vary')).toContain('Accept');
  });

  it('knows what is live and what was sent before its end, and after a relay died', async () => {
    const id = newId();
    const [one, two] = [newId(), newId()];
    const begun = { streamId, nodeId: 'killed', at: at(0) };
    const attempts = [one, two].map((of): HistoryRecord[] => {
      const told = { nodeId: 'killed', broadcastId: id, destinationId: of, number: 1, at: at(0) };
      const attemptId = newId();
      return [
        { kind: 'attempt-started', id: attemptId, destinationName: 'Main', ...told },
        { kind: 'attempt-published', id: attemptId, at: at(60) },
      ];
    });
    const database = openDatabase({ url: api.database.url });
    await database.system.history.write([
      { kind: 'broadcast-started', id, streamName: 'Show', ...begun },
      ...attempts.flat(),
    ]);
    await database.system.statistics.write([
      ...figures(one, 6_000, id),
      ...figures(two, 3_000, id),
    ]);
    const report = async () =>
      (await api.call('GET', path('report', id), { headers: asBootstrap })).text();
    const live = await report();
    expect(live).toMatch(
      /\| 0:\d\d:\d\d \([1-9][0-9]* % of the time wanted\) \| 1 \| .*6000 kbit\/s \| 225\.0 MB/,
    );
    expect(live).toMatch(/3000 kbit\/s \| 112\.5 MB/);
    expect(live).not.toContain('0:00:00 (');
    const whole = await api.call('GET', `/api/v1/broadcasts/${id}`, { headers: asBootstrap });
    const published = { publishedAt: at(60), endedAt: null };
    expect(await whole.json()).toMatchObject({ attempts: [published, published] });
    await database.system.history.closeOrphans('killed', new Date(at(300)));
    await database.close();
    const dead = await report();
    expect(dead).toMatch(/0:04:00 \(80 % of the time wanted\) \| 1 \| .*6000 kbit\/s \| 225\.0 MB/);
    expect(dead).toMatch(/0:04:00 \(80 % of the time wanted\) \| 1 \| .*3000 kbit\/s \| 112\.5 MB/);
  });

  it('shows what strangers said as text, and nothing of it as mark-up', async () => {
    const html = await (await get('report', { accept: 'text/html' })).text();
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toContain('<img');
    const markdown = await (await get('report')).text();
    expect(markdown).toContain('\\<img src\\=x');
    expect(markdown).not.toMatch(/(?<!\\)[<>]/);
  });
});

describe('of a broadcast that is not there', () => {
  it.each(['statistics', 'export', 'report'])('there is no %s', async (rest) => {
    for (const id of [newId(), 'no-id']) {
      const answer = await api.call('GET', path(rest, id), { headers: asBootstrap });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'BROADCAST_NOT_FOUND' });
    }
  });
});

describe('the timeline', () => {
  it('has what each line is about, and the words of the platform under it', async () => {
    const answer = await get('events?limit=1');
    const { items } = (await answer.json()) as { items: BroadcastEvent[] };
    expect(items).toMatchObject([{ kind: 'push', remoteWords: HOSTILE, actor: null }]);
    const list = await api.call('GET', '/api/v1/broadcasts', { headers: asBootstrap });
    const { items: broadcasts } = (await list.json()) as { items: Broadcast[] };
    expect(Object.keys(broadcasts[0] ?? {})).not.toContain('workspaceId');
  });
});
