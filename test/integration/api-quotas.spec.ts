import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { Stream } from '#contracts';
import type { Quota, Usage, Workspace } from '#control';
import type { Live } from '#live';
import { openDatabase } from '#persistence';
import { LIVE } from '../../apps/api/src/infrastructure/tokens.ts';
import { ask, newPerson, newWorkspace, refusalOf } from './api-people.ts';
import type { Person } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { liveStatus } from './live-status.ts';

const NONE: Quota = {
  streamsMax: null,
  destinationsMax: null,
  outKbpsMax: null,
  relayMinutesMax: null,
};

let api: ApiUnderTest;
let workspaceId: string;
let owner: Person;

beforeAll(async () => {
  api = await startApi();
  workspaceId = await newWorkspace(api);
  owner = await newPerson(api, workspaceId, 'owner');
});
afterAll(() => api.close());

const setQuota = (quota: Partial<Quota>) =>
  ask<Workspace>(api, asBootstrap, 'PUT', `/workspaces/${workspaceId}/quota`, {
    ...NONE,
    ...quota,
  });
const post = (path: string, body: object) =>
  api.call('POST', `/api/v1${path}`, { headers: owner.headers, body });
const newStream = () => post('/streams', { name: 'Show' });
const newDestination = (streamId: string) =>
  post(`/streams/${streamId}/destinations`, {
    name: 'Main',
    platform: 'custom',
    url: 'rtmp://93.184.215.14/live',
    streamKey: 'abcd-efgh-ijkl-mnop',
  });
const usage = () => ask<Usage>(api, owner.headers, 'GET', '/workspace/usage');

describe('a quota', () => {
  it('of streams holds, also against many at once, and a deleted one makes room', async () => {
    expect((await setQuota({ streamsMax: 3 })).quota).toEqual({ ...NONE, streamsMax: 3 });
    const answers = await Promise.all(Array.from({ length: 6 }, newStream));
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(3);
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expect(await refusalOf(refused)).toEqual([409, 'QUOTA_STREAMS']);
    }
    const [first] = await Promise.all(made.map(async (one) => (await one.json()) as Stream));
    const id = first?.id;
    await ask(api, owner.headers, 'DELETE', `/streams/${id}`);
    expect((await newStream()).status).toBe(201);
    expect((await newStream()).status).toBe(409);
    await setQuota({});
    expect((await newStream()).status).toBe(201);
  });

  it('of destinations holds over all streams, also against many at once', async () => {
    const streams = await Promise.all([newStream(), newStream()]);
    const ids = await Promise.all(
      streams.map(async (answer) => ((await answer.json()) as Stream).id),
    );
    await setQuota({ destinationsMax: 2 });
    const answers = await Promise.all([...ids, ...ids].map(newDestination));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expect(await refusalOf(refused)).toEqual([409, 'QUOTA_DESTINATIONS']);
    }
    expect(await usage()).toMatchObject({ destinations: 2, quota: { destinationsMax: 2 } });
  });

  it('of rate and minutes reaches the relay, less what this month has used', async () => {
    const database = openDatabase({ url: api.database.url });
    const { id } = (await (await newStream()).json()) as Stream;
    const quota = async () => (await database.system.desired.load(id))?.quota;
    await setQuota({});
    expect(await quota()).toEqual({ outKbpsMax: null, relayMinutesLeft: null });
    await setQuota({ outKbpsMax: 9_000, relayMinutesMax: 100 });
    expect(await quota()).toEqual({ outKbpsMax: 9_000, relayMinutesLeft: 100 });
    const use = (day: string, seconds: number) =>
      api.database.query(
        `INSERT INTO usage_days (workspace_id, day, push_seconds, bytes_out, out_kbps_peak)
         VALUES ($1, ${day}, $2, 5, 700)`,
        [workspaceId, seconds],
      );
    const month = `date_trunc('month', now() AT TIME ZONE 'UTC')::date`;
    await use(`${month} - 1`, 6_000);
    await use(month, 659);
    expect(await quota()).toEqual({ outKbpsMax: 9_000, relayMinutesLeft: 90 });
    const used = await usage();
    expect(used.month).toMatchObject({
      name: new Date().toISOString().slice(0, 7),
      relayMinutes: 10,
      relayMinutesLeft: 90,
      bytesOut: 5,
      outKbpsPeak: 700,
    });
    expect(used.days).toMatchObject([{ day: `${used.month.name}-01`, relayMinutes: 11 }]);
    await setQuota({ relayMinutesMax: 3 });
    expect(await quota()).toEqual({ outKbpsMax: null, relayMinutesLeft: 0 });
    await database.close();
  });

  it.each([
    [-1, 400],
    [0, 200],
    [1_000_000_000, 200],
    [1_000_000_001, 400],
  ])('of %i is answered %i', async (streamsMax, status) => {
    const answer = await api.call('PUT', `/api/v1/workspaces/${workspaceId}/quota`, {
      headers: asBootstrap,
      body: { ...NONE, streamsMax },
    });
    expect(answer.status).toBe(status);
  });
});

describe('workspaces', () => {
  it('are renamed by their owners, and stay while something of them is live', async () => {
    const renamed = await ask<Workspace>(api, owner.headers, 'PATCH', '/workspace', {
      name: 'Renamed',
    });
    expect(renamed.name).toBe('Renamed');
    const remove = (id: string) =>
      api.call('DELETE', `/api/v1/workspaces/${id}`, { headers: asBootstrap });
    expect(await refusalOf(await remove(DEFAULT_WORKSPACE_ID))).toEqual([403, 'NOT_ALLOWED']);
    const { id } = (await (await newStream()).json()) as Stream;
    const { status } = api.app.get<Live>(LIVE);
    await status.putStatus({ ...liveStatus(id), workspaceId });
    expect(await refusalOf(await remove(workspaceId))).toEqual([409, 'WORKSPACE_LIVE']);
    await status.putStatus({ ...liveStatus(id), workspaceId, state: 'offline' });
    expect((await remove(workspaceId)).status).toBe(204);
  });
});
