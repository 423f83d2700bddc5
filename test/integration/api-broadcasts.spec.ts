import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamStatusSchema } from '#contracts';
import type { Broadcast, BroadcastDetail, BroadcastEvent, Page, Platform } from '#contracts';
import { newId, openDatabase } from '#persistence';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const START = '2026-11-20T10:00:00.000Z';
const END = '2026-11-20T11:00:00.000Z';
const [streamId, broadcastId, attemptId, destinationId] = [newId(), newId(), newId(), newId()];
const otherStreamId = newId();
const eventIds = [newId(), newId(), newId()] as const;

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi();
  const database = openDatabase({ url: api.database.url });
  await api.database.addStream(streamId);
  await api.database.addStream(otherStreamId);
  await database.system.history.write([
    {
      kind: 'broadcast-started',
      id: broadcastId,
      streamId,
      streamName: 'Show',
      nodeId: 'local',
      at: START,
    },
    {
      kind: 'attempt-started',
      id: attemptId,
      broadcastId,
      destinationId,
      destinationName: 'Main',
      nodeId: 'local',
      number: 1,
      at: START,
    },
    {
      kind: 'attempt-ended',
      id: attemptId,
      at: END,
      publishedAt: START,
      code: 'PEER_RESET',
      class: 'transient',
      message: 'The connection was reset.',
      remoteWords: 'go away',
      bytesWritten: 7,
    },
    ...eventIds.map((id, index) => ({
      kind: 'event' as const,
      id,
      broadcastId,
      streamId,
      destinationId,
      at: START,
      position: Date.parse(START) - index,
      about: 'push' as const,
      code: 'PUSH_LIVE',
      message: 'Main is live.',
    })),
    { kind: 'broadcast-ended', id: broadcastId, at: END, reason: 'ended' },
    {
      kind: 'broadcast-started',
      id: newId(),
      streamId: otherStreamId,
      streamName: 'Other',
      nodeId: 'local',
      at: END,
    },
  ]);
  await database.close();
});
afterAll(() => api.close());

const get = (path: string) => api.call('GET', `/api/v1${path}`, { headers: asBootstrap });
const read = async <T>(path: string): Promise<T> => (await get(path)).json() as T;

const broadcast: Broadcast = {
  id: broadcastId,
  streamId,
  streamName: 'Show',
  nodeId: 'local',
  startedAt: START,
  endedAt: END,
  endReason: 'ended',
};

const item = {
  ...broadcast,
  durationMs: 3_600_000,
  destinations: [
    {
      destinationId,
      name: 'Main',
      platform: null,
      liveMs: 3_600_000,
      livePercent: 100,
      reconnects: 0,
      failures: 1,
      lastCode: 'PEER_RESET',
      lastClass: 'transient',
    },
  ],
};

describe('broadcasts', () => {
  it('are listed newest first, of all streams or of one', async () => {
    const all = await read<Page<Broadcast>>('/broadcasts');
    expect(all.items.map(({ streamName }) => streamName)).toEqual(['Other', 'Show']);
    const one = await read<Page<Broadcast>>(`/broadcasts?streamId=${streamId}`);
    expect(one).toEqual({ items: [item], nextCursor: null });
  });

  it.each([
    [`from=${START}`, ['Other', 'Show']],
    [`to=${END}`, ['Show']],
    [`from=${END}`, ['Other']],
    [`from=${START}&to=${END}`, ['Show']],
    [`from=${END}&to=${START}`, []],
    [`to=${START}`, []],
  ])('are listed by when they began: %s', async (query, expected) => {
    const { items } = await read<Page<Broadcast>>(`/broadcasts?${query}`);
    expect(items.map(({ streamName }) => streamName)).toEqual(expected);
    expect((await get(`/broadcasts?${query.replace('Z', '')}`)).status).toBe(400);
  });

  it('are read with the attempts of each push', async () => {
    expect(await read<BroadcastDetail>(`/broadcasts/${broadcastId}`)).toEqual({
      ...item,
      attempts: [
        {
          id: attemptId,
          destinationId,
          destinationName: 'Main',
          number: 1,
          startedAt: START,
          publishedAt: START,
          endedAt: END,
          code: 'PEER_RESET',
          class: 'transient',
          message: 'The connection was reset.',
          remoteWords: 'go away',
          bytesWritten: 7,
        },
      ],
    });
  });

  it('tell their incidents page by page', async () => {
    const path = `/broadcasts/${broadcastId}/events?limit=2`;
    const first = await read<Page<BroadcastEvent>>(path);
    const second = await read<Page<BroadcastEvent>>(`${path}&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(eventIds.toReversed());
    expect(second.nextCursor).toBeNull();
  });

  it.each([`/broadcasts/${newId()}`, '/broadcasts/no-id', `/broadcasts/${newId()}/events`])(
    'are not found at %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'BROADCAST_NOT_FOUND' });
    },
  );
});

describe('platforms', () => {
  it('are listed with their servers and where to find the key', async () => {
    const { items } = await read<{ items: Platform[] }>('/platforms');
    const youtube = items.find(({ id }) => id === 'youtube');
    expect(youtube?.servers[0]?.url).toBe('rtmps://a.rtmps.youtube.com:443/live2');
    expect(items.every(({ keyHelp }) => keyHelp !== '')).toBe(true);
  });
});

/** The part of an OpenAPI path that is looked at. */
interface Documented {
  readonly post?: {
    readonly responses: Readonly<
      Record<
        string,
        {
          readonly content?: Readonly<
            Record<string, { readonly example?: unknown; readonly examples?: object }>
          >;
        }
      >
    >;
  };
}

describe('the OpenAPI document', () => {
  it('describes what these resources take and give', async () => {
    const answer = await api.call('GET', '/api/openapi.json', { headers: asBootstrap });
    const document = (await answer.json()) as {
      paths: Record<string, Record<string, { responses: object; requestBody?: object }>>;
    };
    const create = document.paths['/api/v1/streams/{id}/destinations']?.['post'];
    expect(JSON.stringify(create?.requestBody)).toContain('CreateDestinationBody');
    expect(JSON.stringify(create?.responses)).toContain('keyHint');
    expect(JSON.stringify(create?.responses)).not.toContain('streamKey');
    const change = document.paths['/api/v1/destinations/{id}']?.['patch'];
    expect(JSON.stringify(change?.responses)).toContain('DELAY_TOO_LONG');
  });

  it('has an example that is true to its schema, and the codes of refusals', async () => {
    const answer = await api.call('GET', '/api/openapi.json', { headers: asBootstrap });
    const { paths } = (await answer.json()) as { paths: Record<string, Documented> };
    const { responses } = paths['/api/v1/streams/{id}/switch-input']?.post ?? {};
    const { example } = responses?.['202']?.content?.['application/json'] ?? {};
    expect(streamStatusSchema.parse(example)).toMatchObject({ activeInput: 'backup' });
    const codes = Object.keys(
      responses?.['409']?.content?.['application/problem+json']?.examples ?? {},
    );
    expect(codes).toEqual(['STREAM_NOT_LIVE', 'INPUT_NOT_THERE', 'INPUT_FROZEN']);
  });
});
