import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { Destination, StreamWithKey } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { newId } from '#persistence';
import { deriveKeys, MasterKey } from '#vault';
import { newPerson, newWorkspace } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const NODE = 'node-1';
const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const [OLD_KEY, NEW_KEY, STRANGE_KEY] = [keyOf(1), keyOf(2), keyOf(3)];

let api: ApiUnderTest;
let live: Live;

beforeAll(async () => {
  api = await startApi(
    { ALLOW_PRIVATE_DESTINATIONS: '192.168.7.0/24' },
    { masterKey: MasterKey.fromTexts({ current: NEW_KEY, previous: [OLD_KEY] }) },
  );
  live = openLive({ url: api.redis.url, onFault: () => undefined });
});
afterAll(async () => {
  live.close();
  await api.close();
});

const post = async (path: string, body: unknown): Promise<unknown> =>
  (await api.call('POST', `/api/v1${path}`, { body, headers: asBootstrap })).json();

async function newDestination(): Promise<Destination> {
  const stream = (await post('/streams', { name: 'Show' })) as StreamWithKey;
  await live.ownership.claimStream(stream.id, NODE);
  const settings = { name: 'Look', url: 'rtmp://192.168.7.9/app', streamKey: 'live_1' };
  return (await post(`/streams/${stream.id}/destinations`, settings)) as Destination;
}

/** A relay plays both; only where they are found differs. */
describe('a preview', () => {
  const bearerOf = (masterKey: string) =>
    `Bearer ${deriveKeys(MasterKey.fromBase64(masterKey), 'preview')[0]?.toString('base64url')}`;
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** A relay's answers to who asks for previews; those of one who does not know the key. */
  async function relayThat(
    answers: (path: string, response: ServerResponse) => void,
    masterKey = NEW_KEY,
  ) {
    const server = createServer((request, response) => {
      if (request.headers.authorization !== bearerOf(masterKey)) response.writeHead(401).end();
      else answers(request.url ?? '', response);
    });
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const node = { nodeId: NODE, startedAt: new Date().toISOString(), lanes: 1, streams: 1 };
    await live.presence.announceNode({ ...node, previewUrl: `http://127.0.0.1:${port}` });
  }

  const previewOfStream = (id: string, headers: Readonly<Record<string, string>> = asBootstrap) =>
    api.call('GET', `/api/v1/streams/${id}/preview`, { headers });

  const preview = (id: string) =>
    api.call('GET', `/api/v1/destinations/${id}/preview`, { headers: asBootstrap });

  it('hands on what the relay shows, and nothing of the relay’s own', async () => {
    const { id } = await newDestination();
    await relayThat((path, response) => {
      response.setHeader('x-relay', 'secret');
      response.end(path === `/preview/${id}` ? 'FLV' : 'wrong');
    });
    const answer = await preview(id);
    expect(answer.headers.get('content-type')).toBe('video/x-flv');
    expect(answer.headers.get('x-relay')).toBeNull();
    expect(await answer.text()).toBe('FLV');
  });

  it('is shown by a relay that has only the master key before', async () => {
    const { id } = await newDestination();
    await relayThat((_path, response) => response.end('FLV'), OLD_KEY);
    expect(await (await preview(id)).text()).toBe('FLV');
  });

  it('says so where the relay has a master key that is not known', async () => {
    const { id } = await newDestination();
    await relayThat((_path, response) => response.end('FLV'), STRANGE_KEY);
    const answer = await preview(id);
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { code: 'PREVIEW_KEY_DIFFERS' },
    ]);
  });

  it('lets go of the relay when nobody looks any more', async () => {
    const { id } = await newDestination();
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    await relayThat((_path, response) => {
      response.once('close', resolve);
      response.write('FLV');
    });
    const answer = await preview(id);
    await answer.body?.cancel();
    await gone;
  });

  it.each([
    [404, 'PREVIEW_NOT_LIVE'],
    [429, 'PREVIEW_BUSY'],
    [500, 'PREVIEW_NOT_LIVE'],
  ])('says what %i of the relay means', async (status, code) => {
    const { id } = await newDestination();
    await relayThat((_path, response) => response.writeHead(status).end());
    const answer = await preview(id);
    expect([answer.status, await answer.json()]).toMatchObject([409, { code }]);
  });

  it('is nothing to see where no relay has the stream, or cannot be reached', async () => {
    const { id, streamId } = await newDestination();
    await live.presence.announceNode({
      nodeId: NODE,
      startedAt: new Date().toISOString(),
      lanes: 1,
      streams: 1,
      previewUrl: 'http://127.0.0.1:1',
    });
    for (const before of [
      () => Promise.resolve(true),
      () => live.ownership.releaseStream(streamId, NODE),
    ]) {
      await before();
      const answer = await preview(id);
      expect([answer.status, await answer.json()]).toMatchObject([
        409,
        { code: 'PREVIEW_NOT_LIVE' },
      ]);
    }
  });

  it('is not found under an id that names none', async () => {
    expect((await preview(newId())).status).toBe(404);
    expect((await previewOfStream(newId())).status).toBe(404);
  });

  it('is there of a stream itself, too', async () => {
    const { streamId } = await newDestination();
    expect((await previewOfStream(streamId)).status, 'nobody shows it yet').toBe(409);
    await relayThat((path, response) => {
      response.end(path === `/preview/streams/${streamId}` ? 'FLV' : 'wrong');
    });
    const answer = await previewOfStream(streamId);
    expect(answer.headers.get('content-type')).toBe('video/x-flv');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toBe('FLV');
  });

  it('of a stream is for who may control it, and for nobody else', async () => {
    const { streamId } = await newDestination();
    await relayThat((_path, response) => response.end('FLV'));
    const viewer = await newPerson(api, DEFAULT_WORKSPACE_ID, 'viewer');
    const operator = await newPerson(api, DEFAULT_WORKSPACE_ID, 'operator');
    const stranger = await newPerson(api, await newWorkspace(api), 'owner');
    const statusFor = async (headers: Readonly<Record<string, string>>) =>
      (await previewOfStream(streamId, headers)).status;
    expect(await statusFor({})).toBe(401);
    expect(await statusFor(viewer.headers)).toBe(403);
    expect(await statusFor(stranger.headers)).toBe(404);
    expect(await statusFor(operator.headers)).toBe(200);
  });
});
