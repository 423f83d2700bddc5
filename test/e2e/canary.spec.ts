import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StreamWithKey } from '#contracts';
import {
  freePorts,
  mediaSource,
  publishWithFfmpeg,
  RtmpSink,
  RunningProgram,
  ScriptedDestination,
  waitFor,
} from '#testing';
import { openSse } from '../integration/sse-reader.ts';
import { Canaries, placesInDatabase, placesInRedis } from '../canary.ts';
import { tourOfWebhooks } from './canary-tour/outward.ts';
import { CANARY } from './canary-watch.ts';
import { Forkcast } from './forkcast.ts';

const WITHIN_MS = 20_000;
const STREAM_NAME = 'a name that anybody may see';

interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One tour through all that touches a secret; `close` searches what it left. */
describe('no secret comes out', () => {
  let forkcast: Forkcast;
  let source: string;
  const planted: string[] = [];
  let streamId: string;

  beforeAll(async () => {
    [forkcast, source] = await Promise.all([Forkcast.start({ LOG_LEVEL: 'debug' }), mediaSource()]);
  });

  afterAll(() => forkcast.close());

  function secret(name: string): string {
    const value = `${CANARY}${randomBytes(18).toString('base64url')}`;
    planted.push(name);
    return forkcast.watch.canaries.plant(name, value);
  }

  /** A request that the watched API does not make, watched all the same. */
  async function call(method: string, path: string, options: Request = {}) {
    const base = `http://127.0.0.1:${forkcast.httpPort}/api/v1`;
    const headers = { 'content-type': 'application/json', ...options.headers };
    const answer = await fetch(base + path, { method, headers, body: options.body ?? null });
    const text = await answer.text();
    forkcast.watch.heard([{ name: `answer to ${method} ${path}`, content: text }]);
    return { answer, text };
  }

  it('of an account: link, password, session', async () => {
    const link = /\/setup\?token=(\S+)/.exec(forkcast.output)?.[1] ?? '';
    const account = { email: 'owner@example.com', password: secret('a password') };
    const body = JSON.stringify({ token: link, ...account });
    const { answer } = await call('POST', '/setup', { body });
    expect(answer.status).toBe(201);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    forkcast.watch.canaries.plant('a session', decodeURIComponent(cookie.split('=')[1] ?? ''));
    expect((await call('GET', '/session', { headers: { cookie } })).answer.status).toBe(200);
    const wrong = JSON.stringify({ ...account, password: secret('a wrong password') });
    expect((await call('POST', '/session', { body: wrong })).answer.status).toBe(401);
    const { user } = JSON.parse((await call('GET', '/session', { headers: { cookie } })).text) as {
      user: { id: string };
    };
    const issued = await forkcast.api.request<{ link: string }>(
      'POST',
      `/users/${user.id}/password-resets`,
    );
    const { link: reset } = issued.body;
    const token = new URL(reset, 'http://localhost').searchParams.get('token');
    const next = JSON.stringify({ token, password: secret('a new password') });
    expect((await call('POST', '/password-resets/use', { body: next })).answer.status).toBe(201);
  });

  it('of encoders: keys that open, that do not, and that did', async () => {
    const { api } = forkcast;
    const stream = await api.createStream({ name: 'keys', graceSeconds: 0 });
    await api.request('POST', `/streams/${stream.id}/rotate-key`, { overlapSeconds: 0 });
    await api.request('POST', `/streams/${stream.id}/rotate-key`, { input: 'backup' });
    await api.request('GET', '/streams');
    const before = publishWithFfmpeg({ url: forkcast.publishUrl(stream), file: source });
    expect((await before.ended).code).not.toBe(0);
    const server = `rtmps://localhost:${forkcast.rtmpsPort}/live`;
    const strangers = [`fc_${secret('a wrong key')}`, `../../../../${secret('a key like a path')}`];
    for (const name of strangers) {
      const parameters = ['-re', '-i', source, '-c', 'copy', '-f', 'flv'];
      const where = ['-rtmp_playpath', name, server];
      const publisher = new RunningProgram('ffmpeg', [...parameters, ...where]);
      expect((await publisher.ended).code).not.toBe(0);
    }
    await call('POST', '/streams', {
      headers: { authorization: `Bearer ${secret('a wrong token')}` },
      body: JSON.stringify({ name: 'nobody' }),
    });
  });

  it('of teams, machines and webhooks', async () => {
    const { api } = forkcast;
    const make = async (path: string, body: object, method = 'POST') => {
      const { status } = await api.request(method, path, body);
      expect(status, path).toBeLessThan(300);
    };
    const stream = await api.createStream({ name: 'outward', graceSeconds: 0 });
    await make('/tokens', { name: 'a robot', scopes: ['streams:read'] });
    await make('/invitations', { email: 'guest@example.com', role: 'viewer' });
    await tourOfWebhooks(forkcast, secret);
    const authorise = { url: 'https://192.0.2.1/may', fallback: 'allow' };
    await make(`/streams/${stream.id}/ingest-rules`, { authorise }, 'PUT');
    await make(`/streams/${stream.id}/publish-urls`, { once: false });
    for (const path of [
      '/tokens',
      '/invitations',
      '/webhooks',
      '/members',
      '/audit',
      '/settings',
    ]) {
      expect((await api.request('GET', path)).status, path).toBe(200);
    }
  });

  it('of destinations: one that takes it, one that repeats it, one that is away', async () => {
    const { api } = forkcast;
    const taking = await RtmpSink.open();
    const repeating = await ScriptedDestination.open({
      answers: {
        publish: (link, { parameters: [name] }) => {
          const words = `no such stream: ${JSON.stringify(name)}`;
          link.status('error', 'NetStream.Publish.BadName', words);
        },
      },
    });
    const stream = await api.createStream({ name: STREAM_NAME, graceSeconds: 0 });
    streamId = stream.id;
    const events = await openSse(
      `http://127.0.0.1:${forkcast.httpPort}/api/v1/events`,
      forkcast.authorisation,
    );
    const places = [
      ['taking', taking.url],
      ['repeating', repeating.url()],
      ['away', `rtmp://127.0.0.1:${(await freePorts(1))[0]}/live`],
    ] as const;
    const [live, repeated, away] = await Promise.all(
      places.map(([name, url]) =>
        api.addDestination(stream.id, { name, url, streamKey: secret(`the key for ${name}`) }),
      ),
    );
    if (live === undefined || repeated === undefined || away === undefined) throw new Error();
    const url = forkcast.publishUrl(stream);
    const publisher = publishWithFfmpeg({ url, file: source, endless: true });
    await forkcast.push(live, 'live');
    const hasFailed = async (id: string) => {
      const { pushes } = await api.status(stream.id);
      return pushes.find((push) => push.destinationId === id)?.lastError !== null;
    };
    for (const { id, name } of [repeated, away]) {
      await waitFor(`${name} has failed`, () => hasFailed(id), WITHIN_MS);
      await api.request('POST', `/destinations/${id}/test`);
    }
    await api.request('PATCH', `/destinations/${away.id}`, { streamKey: secret('a new key') });
    const paste = `rtmp://live.twitch.tv/app/${CANARY}pasted-0123456789`;
    const parse = '/destinations/parse';
    const shown = { test: (place: string) => place === `answer to POST ${parse}` };
    forkcast.watch.canaries.plant('a pasted key', paste.slice(-24), shown);
    expect((await api.request('POST', parse, { text: paste })).status).toBe(200);
    await readAll(stream);
    await api.endBroadcast(stream.id);
    await publisher.stop();
    await forkcast.stream(stream.id, 'offline');
    await readAll(stream);
    events.close();
    forkcast.watch.heard([{ name: 'events', content: events.text }]);
    expect(events.text).toContain(stream.id);
    await Promise.all([taking.close(), repeating.close()]);
  });

  it('of answers that are kept to be given again', async () => {
    const kept = { headers: { ...forkcast.authorisation, 'idempotency-key': 'canary-tour' } };
    const body = JSON.stringify({ name: 'twice' });
    const first = await call('POST', '/streams', { ...kept, body });
    const second = await call('POST', '/streams', { ...kept, body });
    expect(second.text).toBe(first.text);
    const { ingest } = JSON.parse(first.text) as StreamWithKey;
    forkcast.watch.canaries.plant('a kept key', ingest.streamKey);
  });

  it('though there were many, and what is no secret is seen', async () => {
    // Those of this tour, the product's own, and two for each stream.
    expect(forkcast.watch.canaries.size).toBeGreaterThan(planted.length + 10);
    const control = new Canaries();
    control.plant('a name', STREAM_NAME);
    control.plant('a stream', streamId);
    const seen = control.search([
      ...(await placesInDatabase(await forkcast.databaseUrl())),
      ...(await placesInRedis(await forkcast.redisUrl())),
    ]);
    expect(seen).toContain('a name in table public.streams');
    expect(seen.filter((one) => one.startsWith('a stream in Redis key'))).not.toEqual([]);
  });

  async function readAll({ id }: StreamWithKey): Promise<void> {
    const { api } = forkcast;
    for (const path of [`/streams/${id}`, `/streams/${id}/status`, '/streams', '/broadcasts']) {
      await api.request('GET', path);
    }
    const { body } = await api.request<{ items: readonly { id: string }[] }>('GET', '/broadcasts');
    for (const broadcast of body.items) {
      await api.request('GET', `/broadcasts/${broadcast.id}`);
      await api.request('GET', `/broadcasts/${broadcast.id}/events`);
      for (const part of ['report', 'export', 'statistics']) {
        const headers = forkcast.authorisation;
        const { answer } = await call('GET', `/broadcasts/${broadcast.id}/${part}`, { headers });
        expect(answer.status, part).toBe(200);
      }
    }
  }
});
