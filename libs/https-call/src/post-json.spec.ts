import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock, systemTimers } from '#kernel';
import { AddressPolicy, type HostResolver } from '#net';
import { makeSelfSignedPair, makeTestCertificates, type TestCertificates } from '#testing';
import { createPostJson, type PostJsonRequest } from './index.ts';

let certificates: TestCertificates;
beforeAll(async () => {
  certificates = await makeTestCertificates();
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Handle = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** An HTTPS server on a free port of loopback; the answer is its port. */
async function serve(
  handle: Handle,
  pair: { readonly certificate: string; readonly privateKey: string } = certificates,
): Promise<number> {
  const server = createHttpsServer(
    { cert: pair.certificate, key: pair.privateKey },
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on('error', () => response.destroy());
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => handle(request, response, Buffer.concat(chunks).toString()));
    },
  );
  return listening(server);
}

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const here: HostResolver = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

function post(
  url: string,
  {
    allowed = ['127.0.0.0/8'],
    resolve = here,
    ...asked
  }: Partial<PostJsonRequest> & {
    allowed?: string[];
    resolve?: HostResolver;
  } = {},
) {
  const policy = new AddressPolicy(allowed);
  const ports = { policy, resolve, clock: systemClock, timers: systemTimers };
  return createPostJson({ ...ports, ca: certificates.authority })({
    url,
    body: '{}',
    headers: {},
    deadlineMs: 5_000,
    answerBytesMax: 1_000,
    ...asked,
  });
}

describe('a call', () => {
  it('sends what it is given, and gives back status and answer', async () => {
    const heard: unknown[] = [];
    const port = await serve(({ method, url, headers }, response, body) => {
      heard.push(method, url, headers['content-type'], headers['x-own'], headers.host, body);
      response.writeHead(202).end('thanks');
    });
    const body = '{"sign":"ü"}';
    const asked = { body, headers: { 'x-own': 'yes' } };
    const answer = await post(`https://localhost:${port}/hook?a=b`, asked);
    expect(answer).toMatchObject({ status: 202, body: 'thanks', retryAfterSeconds: null });
    const host = `localhost:${port}`;
    expect(heard).toEqual(['POST', '/hook?a=b', 'application/json', 'yes', host, body]);
  });

  it('does not follow a redirect', async () => {
    const asked: string[] = [];
    const port = await serve(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(`https://localhost:${port}/first`)).toMatchObject({ status: 307 });
    expect(asked).toEqual(['/first']);
  });

  it('tells how long the server asks to wait, a day at most', async () => {
    const waits = ['7', '99999999', 'Wed, 21 Oct 2026 07:28:00 GMT'];
    const port = await serve((_request, response) => {
      response.writeHead(429, { 'retry-after': waits.shift() ?? '' }).end();
    });
    const url = `https://localhost:${port}/`;
    expect(await post(url)).toMatchObject({ status: 429, retryAfterSeconds: 7 });
    expect(await post(url)).toMatchObject({ retryAfterSeconds: 86_400 });
    expect(await post(url)).toMatchObject({ retryAfterSeconds: null });
  });

  it('reads no more of an answer than it was told', async () => {
    const port = await serve((_request, response) => {
      response.on('error', () => response.destroy());
      const more = (): void => void (response.destroyed || response.write('x'.repeat(500), more));
      more();
    });
    const url = `https://localhost:${port}/`;
    expect((await post(url, { answerBytesMax: 1_001 })).body).toHaveLength(1_001);
  });

  it.each([
    ['never answers', (): void => undefined],
    ['never ends its answer', (_: unknown, response: ServerResponse) => response.write('a')],
  ] as [string, Handle][])('gives up on a server that %s', async (_what, handle) => {
    const port = await serve(handle);
    const call = post(`https://localhost:${port}/`, { deadlineMs: 300 });
    await expect(call).rejects.toMatchObject({ code: 'HTTPS_TIMEOUT' });
  });

  it('gives up on a server that accepts and says nothing', async () => {
    const port = await listening(createServer(() => undefined));
    const call = post(`https://localhost:${port}/`, { deadlineMs: 300 });
    await expect(call).rejects.toMatchObject({ code: 'HTTPS_TIMEOUT' });
  });

  it.each([
    ['hangs up', (_: unknown, response: ServerResponse) => response.destroy()],
    [
      'ends in the middle',
      (_: unknown, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' }).write('a');
        setImmediate(() => response.destroy());
      },
    ],
    [
      'changes the protocol',
      ({ socket }: IncomingMessage) =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
        ),
    ],
  ] as [string, Handle][])('fails when the server %s', async (_what, handle) => {
    const port = await serve(handle);
    const call = post(`https://localhost:${port}/`);
    await expect(call).rejects.toMatchObject({ code: 'HTTPS_CONNECT_FAILED' });
  });

  it('fails when nobody listens, or what answers is no HTTP', async () => {
    const port = await serve(({ socket }) => socket.write('220 mail ready\r\n'));
    const call = post(`https://localhost:${port}/`);
    await expect(call).rejects.toMatchObject({ code: 'HTTPS_ANSWER_INVALID' });
    const gone = await listening(createServer());
    servers.pop()?.close();
    const refused = post(`https://localhost:${gone}/`);
    await expect(refused).rejects.toMatchObject({ code: 'HTTPS_CONNECT_FAILED' });
  });
});

describe('the guard', () => {
  it('believes no certificate that it cannot check', async () => {
    const heard: string[] = [];
    const handle: Handle = (_request, response, body) => {
      heard.push(body);
      response.end();
    };
    const stranger = await serve(handle, await makeSelfSignedPair());
    const untrusted = post(`https://localhost:${stranger}/`);
    await expect(untrusted).rejects.toMatchObject({ code: 'HTTPS_CERTIFICATE_INVALID' });
    const other = await serve(handle);
    const misnamed = post(`https://other.test:${other}/`);
    await expect(misnamed).rejects.toMatchObject({ code: 'HTTPS_CERTIFICATE_INVALID' });
    expect(heard).toEqual([]);
  });

  it('dials no private address, by number or by name', async () => {
    const dialled: unknown[] = [];
    const port = await listening(createServer((socket) => dialled.push(socket)));
    for (const host of ['127.0.0.1', '127.1', 'localhost']) {
      const call = post(`https://${host}:${port}/`, { allowed: [] });
      await expect(call).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
    }
    expect(dialled).toEqual([]);
  });

  it('judges each call anew, so that a name which turns private is caught', async () => {
    const port = await serve((_request, response) => response.end());
    const answers = ['127.0.0.1', '10.0.0.1'];
    const rebinding: HostResolver = () =>
      Promise.resolve([{ address: answers.shift() ?? '', family: 4 }]);
    const url = `https://localhost:${port}/`;
    expect(await post(url, { resolve: rebinding })).toMatchObject({ status: 200 });
    const again = post(url, { resolve: rebinding });
    await expect(again).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
  });

  it('looks once more at whom it has reached, before it says a word', async () => {
    const heard: string[] = [];
    const port = await serve((_request, response, body) => {
      heard.push(body);
      response.end();
    });
    const looks = [true, false];
    const policy = new AddressPolicy();
    policy.allows = () => looks.shift() ?? false;
    const ports = { policy, resolve: here, clock: systemClock, timers: systemTimers };
    const call = createPostJson({ ...ports, ca: certificates.authority });
    const request = { body: '{}', headers: {}, deadlineMs: 5_000, answerBytesMax: 1_000 };
    const reached = call({ ...request, url: `https://localhost:${port}/` });
    await expect(reached).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
    expect([heard, looks]).toEqual([[], []]);
  });

  it('names no URL in what it throws', async () => {
    const failed = await post('https://localhost:1/secret-path').catch((thrown: unknown) => thrown);
    expect(String(failed)).not.toContain('secret-path');
    const refused = post('https://localhost:2048/secret-path', { allowed: [] });
    await expect(refused).rejects.toMatchObject({
      message: expect.not.stringContaining('secret-path'),
    });
  });
});
