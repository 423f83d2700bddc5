import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#persistence';
import { asBootstrap, startApi, type ApiUnderTest } from './api-under-test.ts';

const show = {
  name: 'Friday show',
  timeZone: 'Europe/Berlin',
  recurrence: { kind: 'weekly', weekdays: [4] },
  startsAt: '20:15',
  durationMinutes: 90,
};

let api: ApiUnderTest;
let streamId: string;
let destinationId: string;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  streamId = await idOf('/streams', { name: 'Show' });
  destinationId = await newDestination();
});

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function call(method: string, path: string, body?: unknown): Promise<Answered> {
  const options = { headers: asBootstrap, ...(body !== undefined && { body }) };
  const response = await api.call(method, `/api/v1${path}`, options);
  const text = await response.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, body: parsed as Record<string, unknown> };
}

async function idOf(path: string, body: unknown): Promise<string> {
  const { body: made } = await call('POST', path, body);
  return String(made['id']);
}

const newDestination = () =>
  idOf(`/streams/${streamId}/destinations`, {
    name: 'Main',
    url: 'rtmp://93.184.215.14/live',
    streamKey: 'key-of-the-spec',
    enabled: false,
  });

const make = (change: object = {}) =>
  call('POST', `/streams/${streamId}/schedules`, { ...show, ...change });

const edges = (id: string) =>
  api.database.query(
    `SELECT destination_id AS "destinationId", kind, offset_minutes AS offset,
       next_due_at AS "nextDueAt" FROM schedule_edges WHERE schedule_id = $1
     ORDER BY offset_minutes, kind`,
    [id],
  );

describe('a schedule', () => {
  it('is kept as it was asked for, and says when it comes next', async () => {
    const made = await make({ destinations: [{ destinationId }], endBroadcast: true });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      ...show,
      id: expect.any(String),
      streamId,
      endBroadcast: true,
      enabled: true,
      destinations: [{ destinationId, startOffsetMinutes: 0, stopOffsetMinutes: 90 }],
      nextStartAt: expect.stringMatching(/T1[89]:15:00.000Z$/),
      nextStopAt: expect.stringMatching(/T(?:19|20):45:00.000Z$/),
      lastFiredAt: null,
    });
    const id = String(made.body['id']);
    expect(await call('GET', `/schedules/${id}`)).toEqual({ status: 200, body: made.body });
    expect((await call('GET', `/streams/${streamId}/schedules`)).body).toEqual({
      items: [made.body],
      nextCursor: null,
    });
    expect(await edges(id)).toMatchObject([
      { destinationId, kind: 'start', offset: 0 },
      { destinationId, kind: 'stop', offset: 90 },
      { destinationId: null, kind: 'stop', offset: 90 },
    ]);
  });

  it('that is once says so, and comes to its end', async () => {
    const date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const made = await make({ timeZone: 'UTC', recurrence: { kind: 'once', date } });
    expect(made.body).toMatchObject({
      recurrence: { kind: 'once', date },
      nextStartAt: `${date}T20:15:00.000Z`,
      nextStopAt: `${date}T21:45:00.000Z`,
    });
  });

  it.each([
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'TIME_ZONE_UNKNOWN', 'timeZone'],
    [
      'a date that is over',
      { recurrence: { kind: 'once', date: '2020-01-01' } },
      'SCHEDULE_TIME_INVALID',
      'recurrence.date',
    ],
    [
      'windows that overlap',
      { recurrence: { kind: 'weekly', weekdays: [6, 0] }, durationMinutes: 1_441 },
      'SCHEDULE_TIME_INVALID',
      'durationMinutes',
    ],
    [
      'a stop before its start',
      { destinations: [{ destinationId: newId(), startOffsetMinutes: 5, stopOffsetMinutes: 5 }] },
      'SCHEDULE_TIME_INVALID',
      'destinations.0',
    ],
    [
      'a stop behind the window',
      { destinations: [{ destinationId: newId(), stopOffsetMinutes: 91 }] },
      'SCHEDULE_TIME_INVALID',
      'destinations.0',
    ],
  ])('with %s is refused', async (_what, change, code, field) => {
    expect(await make(change)).toMatchObject({
      status: 422,
      body: { code, errors: [{ field, code }] },
    });
  });

  it('may fill the time between two windows, to the minute', async () => {
    const recurrence = { kind: 'weekly', weekdays: [6, 0, 0] };
    expect((await make({ recurrence, durationMinutes: 1_440 })).status).toBe(201);
    const once = { kind: 'weekly', weekdays: [3] };
    expect((await make({ recurrence: once, durationMinutes: 10_080 })).status).toBe(201);
    expect((await make({ recurrence: once, durationMinutes: 10_081 })).status).toBe(400);
  });

  it.each([
    ['no time', { startsAt: '24:00' }],
    ['no date', { recurrence: { kind: 'once', date: '2026-02-30' } }],
    ['no day', { recurrence: { kind: 'weekly', weekdays: [] } }],
    ['an eighth day', { recurrence: { kind: 'weekly', weekdays: [7] } }],
    ['no length', { durationMinutes: 0 }],
  ])('with %s is refused', async (_what, change) => {
    expect(await make(change)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  it('names destinations of its own stream, each once', async () => {
    const twice = [{ destinationId }, { destinationId }];
    expect(await make({ destinations: twice })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'destinations.1' }] },
    });
    const ownStream = streamId;
    streamId = await idOf('/streams', { name: 'Other' });
    const missing = { status: 404, body: { code: 'DESTINATION_NOT_FOUND' } };
    expect(await make({ destinations: [{ destinationId }] })).toMatchObject(missing);
    expect(await make({ destinations: [{ destinationId: newId() }] })).toMatchObject(missing);
    streamId = newId();
    expect(await make()).toMatchObject({ status: 404, body: { code: 'STREAM_NOT_FOUND' } });
    streamId = ownStream;
  });

  it('can be changed in part; who runs to the end goes on doing so', async () => {
    const other = await newDestination();
    const destinations = [{ destinationId }, { destinationId: other, stopOffsetMinutes: 30 }];
    const { body } = await make({ destinations });
    const path = `/schedules/${String(body['id'])}`;
    const changed = await call('PATCH', path, { startsAt: '21:00', durationMinutes: 120 });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        name: 'Friday show',
        startsAt: '21:00',
        durationMinutes: 120,
        destinations: [
          { destinationId, startOffsetMinutes: 0, stopOffsetMinutes: 120 },
          { destinationId: other, startOffsetMinutes: 0, stopOffsetMinutes: 30 },
        ],
      },
    });
    expect(await edges(String(body['id']))).toHaveLength(4);
    const short = await call('PATCH', path, { durationMinutes: 20 });
    expect(short).toMatchObject({ status: 422, body: { code: 'SCHEDULE_TIME_INVALID' } });
    const off = await call('PATCH', path, { enabled: false });
    expect(off.body).toMatchObject({ enabled: false, nextStartAt: null, nextStopAt: null });
    const moved = await call('PATCH', path, { timeZone: 'nowhere' });
    expect(moved).toMatchObject({ status: 422, body: { code: 'TIME_ZONE_UNKNOWN' } });
  });

  it('is changed as it was seen, or not at all', async () => {
    const path = `/api/v1/schedules/${String((await make()).body['id'])}`;
    const headers = { ...asBootstrap, 'if-match': '"v1"' };
    const first = await api.call('PATCH', path, { headers, body: { name: 'First' } });
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"v2"']);
    for (const [method, options] of [
      ['PATCH', { headers, body: { name: 'Second' } }],
      ['DELETE', { headers }],
    ] as const) {
      const refused = await api.call(method, path, options);
      expect([refused.status, await refused.json()]).toMatchObject([
        412,
        { code: 'PRECONDITION_FAILED' },
      ]);
    }
  });

  it('is gone when it is removed, or its stream', async () => {
    const made = [await make(), await make()].map(({ body }) => String(body['id']));
    const [one, other] = made;
    expect((await call('DELETE', `/schedules/${one}`)).status).toBe(204);
    const missing = { status: 404, body: { code: 'SCHEDULE_NOT_FOUND' } };
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
      expect(await call(method, `/schedules/${one}`, body)).toMatchObject(missing);
      expect(await call(method, '/schedules/nothing', body)).toMatchObject(missing);
    }
    await call('DELETE', `/streams/${streamId}`);
    expect(await call('GET', `/schedules/${other}`)).toMatchObject(missing);
  });

  it('is one of 50 of its stream', async () => {
    for (let count = 0; count < 50; count += 1) expect((await make()).status).toBe(201);
    expect(await make()).toMatchObject({ status: 409, body: { code: 'SCHEDULE_LIMIT' } });
  });
});
