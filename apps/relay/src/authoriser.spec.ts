import { describe, expect, it } from 'vitest';
import { NO_STREAM_RULES, type DesiredStream } from '#contracts';
import { signedHeaders, type PostJsonRequest } from '#https-call';
import { Secret } from '#kernel';
import type { PublishRequest } from '#lanes';
import { FakeTime } from '#testing';
import { AUTHORISE_LIMITS, Authoriser } from './authoriser.ts';

const SECRET = new Secret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const { cacheSeconds, cacheSecondsMax, staleMs } = AUTHORISE_LIMITS;
const request: PublishRequest = {
  ingestId: 'one',
  keyHash: 'a hash that nobody is told',
  credential: { kind: 'key' },
  app: 'live/a-key-in-the-wrong-place?with=more',
  encoder: 'OBS 32',
  remoteAddress: '192.0.2.1',
  secure: true,
};

function desiredWith(fallback: 'refuse' | 'allow' = 'refuse'): DesiredStream {
  const authorise = { url: 'https://example.com/may-publish', secretSealed: 'sealed', fallback };
  return {
    ...NO_STREAM_RULES,
    ingest: { ...NO_STREAM_RULES.ingest, authorise },
    streamId: 'stream',
    name: 'a stream',
    graceSeconds: 30,
    endOnUnpublish: false,
    takeover: 'takeover',
    deleted: false,
    destinations: [],
  };
}

function scene(answer: () => { readonly status: number; readonly body?: string }) {
  const time = new FakeTime();
  const calls: PostJsonRequest[] = [];
  const authoriser = new Authoriser({
    clock: time,
    post: (call) => {
      calls.push(call);
      // Not in the same turn: a promise that throws at once would be another story.
      return Promise.resolve().then(() => ({
        body: '',
        retryAfterSeconds: null,
        ms: 1,
        ...answer(),
      }));
    },
    openSecret: () => SECRET,
  });
  const ask = (asked: Partial<PublishRequest> = {}, desired = desiredWith()) =>
    authoriser.ask(desired, { ...request, ...asked }, 'backup');
  return { time, calls, ask };
}

const away = () => {
  throw new Error('no answer within 2000 ms');
};

describe('the owner’s own server', () => {
  it('is told who asks, signed, and nothing of the key', async () => {
    const { calls, ask, time } = scene(() => ({ status: 204 }));
    expect(await ask()).toEqual({ allowed: true });
    const [call] = calls;
    expect(call).toMatchObject({ url: 'https://example.com/may-publish', deadlineMs: 2_000 });
    const body = call?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({
      type: 'ingest.authorise',
      data: {
        streamId: 'stream',
        input: 'backup',
        app: 'live',
        encoder: 'OBS 32',
        remoteAddress: '192.0.2.1',
        secure: true,
      },
    });
    expect(body).not.toMatch(/hash|wrong-place|with=more/);
    const id = call?.headers['webhook-id'] ?? '';
    const timestampSeconds = Math.floor(time.wallMs() / 1_000);
    const signed = signedHeaders({ id, timestampSeconds, body, secrets: [SECRET] });
    expect(call?.headers).toMatchObject(signed);
  });

  it.each([401, 403])('says no with %i, and why', async (status) => {
    const body = JSON.stringify({ reason: 'Your slot begins at eight.\u0007' });
    const verdict = await scene(() => ({ status, body })).ask();
    expect(verdict).toMatchObject({ allowed: false, cause: 'not authorised' });
    expect(verdict).toHaveProperty('description', String.raw`Your slot begins at eight.\u0007`);
  });

  it.each(['', 'null', '[]', '{"reason": 5}', '{"reason": " "}', 'x'.repeat(4_096)])(
    'may say no without a reason that can be read: %s',
    async (body) => {
      const verdict = await scene(() => ({ status: 403, body })).ask();
      const description = 'The owner of this stream has not allowed this encoder.';
      expect(verdict).toMatchObject({ allowed: false, description });
    },
  );

  it('says no in two hundred characters at most', async () => {
    const said = async (reason: string) =>
      scene(() => ({ status: 403, body: JSON.stringify({ reason }) })).ask();
    const edge = 'y'.repeat(200);
    expect(await said(edge)).toHaveProperty('description', edge);
    expect(await said(`${edge}z`)).toHaveProperty('description', edge);
  });

  it('is not asked again within a minute, unless it says so', async () => {
    const { time, calls, ask } = scene(() => ({ status: 200, body: 'fine' }));
    await ask();
    time.advance(cacheSeconds * 1_000 - 1);
    await ask();
    expect(calls).toHaveLength(1);
    time.advance(1);
    await ask();
    expect(calls).toHaveLength(2);
    await ask({ remoteAddress: '192.0.2.2' });
    await ask({ keyHash: 'another' });
    expect(calls).toHaveLength(4);
  });

  it.each([
    [0, 0],
    [5, 5],
    [cacheSecondsMax, cacheSecondsMax],
    [cacheSecondsMax + 1, cacheSecondsMax],
    [-1, 0],
    ['5', cacheSeconds],
  ])('says %s for how long its answer counts, and is believed up to a limit', async (said, is) => {
    const body = JSON.stringify({ cacheSeconds: said });
    const { time, calls, ask } = scene(() => ({ status: 200, body }));
    await ask();
    time.advance(is * 1_000 - 1);
    if (is > 0) await ask();
    expect(calls).toHaveLength(1);
    time.advance(1);
    await ask();
    expect(calls).toHaveLength(2);
  });
});

describe('a server that does not answer', () => {
  it.each([500, 302, 404, 429])('is one that answers %i, too', async (status) => {
    const { ask } = scene(() => ({ status }));
    expect(await ask()).toMatchObject({ allowed: false });
    expect(await ask({}, desiredWith('allow'))).toEqual({ allowed: true });
  });

  it('leaves it to what the owner has laid down for that', async () => {
    const { ask } = scene(away);
    expect(await ask()).toHaveProperty(
      'description',
      'The server that decides who may publish does not answer. Try again.',
    );
    expect(await ask({}, desiredWith('allow'))).toEqual({ allowed: true });
  });

  it('is believed what it said up to ten minutes ago', async () => {
    let answer: () => { status: number } = () => ({ status: 200 });
    const { time, ask } = scene(() => answer());
    await ask();
    answer = away;
    time.advance(staleMs);
    expect(await ask()).toEqual({ allowed: true });
    time.advance(1);
    expect(await ask()).toMatchObject({ allowed: false });
  });
});
