import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createPostJson } from '#https-call';
import { systemClock, systemTimers } from '#kernel';
import { AddressPolicy } from '#net';
import { makeTestCertificates, type TestCertificates } from '#testing';

export interface HeardCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody else's HTTPS server, for webhooks to go to. */
export interface HttpsReceiver {
  readonly url: string;
  readonly heard: HeardCall[];
  /** What the next calls are answered, then 200 again. */
  readonly answers: { status: number; headers?: Record<string, string> }[];
  /** A caller that trusts it, and may go to loopback. */
  readonly postJson: ReturnType<typeof createPostJson>;
  close(): Promise<void>;
}

/** @param given certificates that the caller trusts already. */
export async function startHttpsReceiver(given?: TestCertificates): Promise<HttpsReceiver> {
  const certificates = given ?? (await makeTestCertificates());
  const heard: HeardCall[] = [];
  const answers: HttpsReceiver['answers'] = [];
  const server = createServer(
    { cert: certificates.certificate, key: certificates.privateKey },
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        heard.push({ path, headers, body: Buffer.concat(chunks).toString() });
        const answer = answers.shift() ?? { status: 200 };
        response.writeHead(answer.status, answer.headers).end('heard');
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}/hook`,
    heard,
    answers,
    postJson: createPostJson({
      policy: new AddressPolicy(['127.0.0.0/8']),
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      clock: systemClock,
      timers: systemTimers,
      ca: certificates.authority,
    }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
