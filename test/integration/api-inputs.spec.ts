import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputStatus, StreamStatus, StreamWithKey } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { openQueues } from '#queue';
import type { Queues } from '#queue';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { liveStatus } from './live-status.ts';

const NODE = 'node-1';

let api: ApiUnderTest;
let live: Live;
let queues: Queues;
const told: unknown[] = [];

beforeAll(async () => {
  api = await startApi();
  live = openLive({ url: api.redis.url, onFault: () => undefined });
  queues = openQueues({ url: api.redis.url, onFault: () => undefined });
  queues.relayCommands.consume(NODE, async (command) => void told.push(command));
});
afterAll(async () => {
  live.close();
  await queues.close();
  await api.close();
});

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await api.call(method, `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: asBootstrap,
  });
  return { status: response.status, body: await response.json() };
};

const input = (health: InputStatus['health']): InputStatus => ({
  connectedAt: '2026-11-20T10:00:00.000Z',
  protocol: 'rtmps',
  encoder: 'OBS',
  kbps: 6_000,
  video: null,
  audio: null,
  warnings: [],
  health,
});

/** A stream of which the relay at `NODE` says this. */
async function liveStream(says: Partial<StreamStatus>): Promise<string> {
  const { id } = (await ask('POST', '/streams', { name: 'Show' })).body as StreamWithKey;
  await live.ownership.claimStream(id, NODE);
  await live.status.putStatus({ ...liveStatus(id), ...says });
  return id;
}
const switchOf = (id: string, body?: unknown) => ask('POST', `/streams/${id}/switch-input`, body);
const both = { primary: input('well'), backup: input('well') };
const saidOf = (id: string) => told.filter((command) => JSON.stringify(command).includes(id));

describe('POST /streams/:id/switch-input', () => {
  it.each([
    ['primary', undefined, 'backup'],
    ['backup', undefined, 'primary'],
    ['primary', { to: 'backup' }, 'backup'],
    [null, { to: 'primary' }, 'primary'],
  ] as const)('from %s, asked %j, tells the relay: to %s', async (activeInput, body, to) => {
    const id = await liveStream({ activeInput, inputs: both });
    const answer = await switchOf(id, body);
    expect(answer).toMatchObject({ status: 202, body: { streamId: id, activeInput } });
    await expect.poll(() => saidOf(id)).toEqual([{ kind: 'switchInput', streamId: id, to }]);
  });

  it('to the one that is active already is done', async () => {
    const id = await liveStream({ activeInput: 'backup', inputs: both });
    expect((await switchOf(id, { to: 'backup' })).status).toBe(202);
    expect((await switchOf(id)).status).toBe(202);
    await expect
      .poll(() => saidOf(id))
      .toEqual([{ kind: 'switchInput', streamId: id, to: 'primary' }]);
  });

  it.each([
    ['has no encoder', null, 'INPUT_NOT_THERE'],
    ['sends no picture', input('frozen'), 'INPUT_FROZEN'],
  ])('is refused where the other input %s', async (_why, backup, code) => {
    const id = await liveStream({ activeInput: 'primary', inputs: { ...both, backup } });
    expect(await switchOf(id)).toMatchObject({ status: 409, body: { code } });
    expect(saidOf(id)).toEqual([]);
  });

  it('is refused for a stream that is not live, and for an input that is none', async () => {
    const { id } = (await ask('POST', '/streams', { name: 'Show' })).body as StreamWithKey;
    expect(await switchOf(id)).toMatchObject({ status: 409, body: { code: 'STREAM_NOT_LIVE' } });
    expect(await switchOf(id, { to: 'third' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'to' }] },
    });
  });
});

describe('the status', () => {
  it('tells of inputs, grace and hold what the relay tells', async () => {
    const says = {
      state: 'grace',
      activeInput: null,
      inputs: { primary: null, backup: input('frozen') },
      graceEndsAt: '2026-11-20T10:01:00.000Z',
      hold: {
        picture: 'last-picture',
        sound: 'silence',
        reason: '',
        since: '2026-11-20T10:00:00.000Z',
      },
      delaySecondsMax: 42,
    } as const;
    const id = await liveStream(says);
    expect((await ask('GET', `/streams/${id}/status`)).body).toMatchObject(says);
  });
});
