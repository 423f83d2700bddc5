import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { PreviewDesk, streamShownId, type PreviewViewer } from './preview-desk.ts';
import { PREVIEW_MS_MAX, PreviewServer } from './preview-server.ts';

const ID = '0192c3d4-0000-7000-8000-000000000001';
const secret = randomBytes(32);
const bearer = { authorization: `Bearer ${secret.toString('base64url')}` };

const servers: PreviewServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(secrets: () => readonly Buffer[] = () => [secret]) {
  const desk = new PreviewDesk();
  const time = new FakeTime();
  const streams = {
    open: (streamId: string, viewer: PreviewViewer) => desk.open(streamShownId(streamId), viewer),
  };
  const server = new PreviewServer(desk, streams, secrets, time);
  servers.push(server);
  const base = await server.listen('127.0.0.1', 0);
  const ask = (path: string, headers: Record<string, string> = bearer) =>
    fetch(`${base}${path}`, { headers });
  return { desk, time, ask };
}

describe('PreviewServer', () => {
  it('shows what a built-in destination is sent until its attempt ends', async () => {
    const { desk, ask } = await serve();
    desk.began(ID, 'attempt', () => undefined);
    const answer = await ask(`/preview/${ID}`);
    expect(answer.headers.get('content-type')).toBe('video/x-flv');
    desk.onMedia('attempt', true, Buffer.from('FLV'));
    desk.onMedia('attempt', false, Buffer.from(' goes on'));
    desk.ended('attempt');
    expect(await answer.text()).toBe('FLV goes on');
  });

  it('opens with any of the keys of the moment, and with no other', async () => {
    const keys = [randomBytes(32), secret];
    const { desk, ask } = await serve(() => keys);
    desk.began(ID, 'attempt', () => undefined);
    desk.onMedia('attempt', true, Buffer.from('FLV'));
    const answer = await ask(`/preview/${ID}`);
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
    keys.pop();
    expect((await ask(`/preview/${ID}`)).status).toBe(401);
  });

  it('shows a stream itself under a path of its own', async () => {
    const { desk, ask } = await serve();
    desk.began(streamShownId(ID), 'attempt', () => undefined);
    const answer = await ask(`/preview/streams/${ID}`);
    desk.onMedia('attempt', true, Buffer.from('FLV'));
    desk.ended('attempt');
    expect(await answer.text()).toBe('FLV');
    expect((await ask(`/preview/${ID}`)).status).toBe(404);
  });

  it('ends by itself after its time', async () => {
    const { desk, time, ask } = await serve();
    desk.began(ID, 'attempt', () => undefined);
    const answer = await ask(`/preview/${ID}`);
    desk.onMedia('attempt', true, Buffer.from('FLV'));
    time.advance(PREVIEW_MS_MAX);
    expect(await answer.text()).toBe('FLV');
  });

  it('stops asking the lane when the viewer goes', async () => {
    const { desk, ask } = await serve();
    const { promise: left, resolve } = Promise.withResolvers<void>();
    desk.began(ID, 'attempt', (watching) => {
      if (!watching) resolve();
    });
    const answer = await ask(`/preview/${ID}`);
    await answer.body?.cancel();
    await left;
  });

  it('speaks to nobody who does not know the key', async () => {
    const { desk, ask } = await serve();
    desk.began(ID, 'attempt', () => undefined);
    const wrong = { authorization: `Bearer ${randomBytes(32).toString('base64url')}` };
    for (const headers of [{}, wrong, { authorization: 'Bearer' }]) {
      expect((await ask(`/preview/${ID}`, headers)).status).toBe(401);
    }
  });

  it('says why there is nothing to see', async () => {
    const { desk, ask } = await serve();
    expect((await ask(`/preview/${ID}`)).status).toBe(404);
    expect((await ask(`/preview/streams/${ID}`)).status).toBe(404);
    expect((await ask('/preview/../../etc/passwd')).status).toBe(404);
    desk.began(ID, 'attempt', () => undefined);
    const answers = await Promise.all([ask(`/preview/${ID}`), ask(`/preview/${ID}`)]);
    expect((await ask(`/preview/${ID}`)).status).toBe(429);
    for (const { body } of answers) await body?.cancel();
  });
});
