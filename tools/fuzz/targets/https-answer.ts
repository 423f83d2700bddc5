import { once } from 'node:events';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { createPostJson, type PostJson, type PostJsonAnswer } from '#https-call';
import { systemClock, systemTimers } from '#kernel';
import { AddressPolicy } from '#net';
import { makeTestCertificates } from '#testing';
import { codeOf, must } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';

const ANSWER_BYTES_MAX = 64;
const DEADLINE_MS = 2000;
/** In the path, as Discord's and Slack's URLs have it. */
const SECRET = 'webhook-secret-0123';
const PIECE_AT = 3;

const text = (lines: string): Buffer => Buffer.from(lines.replaceAll('|', '\r\n'));
const words = [
  ...['HTTP/1.1 200 OK|', 'HTTP/1.0 ', 'HTTP/2 ', 'content-length: 5|', 'content-length: -1|'],
  ...['transfer-encoding: chunked|', '5|hello|', '0||', 'ffffffffffffffff|', 'retry-after: 30|'],
  ...['retry-after: 999999999|', 'location: http://169.254.169.254/|', 'connection: upgrade|'],
  ...['HTTP/1.1 100 Continue||', 'HTTP/1.1 101 Switching Protocols||', 'upgrade: websocket|', '||'],
  ...['HTTP/1.1 301 Moved|', 'HTTP/1.1 999 |', 'content-encoding: gzip|', 'HTTP/1.1 204 |', ' |'],
].map(text);

/** A server that answers any question with the next bytes, and hangs up. */
class Answerer {
  readonly #server: Server;
  readonly #post: PostJson;
  readonly #port: number;
  #answer: Buffer = Buffer.alloc(0);

  private constructor(server: Server, post: PostJson) {
    this.#server = server;
    this.#post = post;
    this.#port = (server.address() as AddressInfo).port;
    server.on('secureConnection', (socket) => this.#serve(socket));
    server.on('tlsClientError', () => undefined);
  }

  static async start(): Promise<Answerer> {
    const { authority, certificate, privateKey } = await makeTestCertificates();
    const server = createServer({ cert: certificate, key: privateKey });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const post = createPostJson({
      policy: new AddressPolicy(['127.0.0.0/8']),
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      clock: systemClock,
      timers: systemTimers,
      ca: authority,
    });
    return new Answerer(server, post);
  }

  async ask(answer: Buffer): Promise<PostJsonAnswer> {
    this.#answer = answer;
    return this.#post({
      url: `https://127.0.0.1:${this.#port}/${SECRET}`,
      body: '{}',
      headers: {},
      deadlineMs: DEADLINE_MS,
      answerBytesMax: ANSWER_BYTES_MAX,
    });
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: TLSSocket): void {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      // In two pieces: what is cut must be read like what is whole.
      const at = (this.#answer[0] ?? 0) % (this.#answer.length + 1);
      socket.write(this.#answer.subarray(PIECE_AT, Math.max(at, PIECE_AT)));
      socket.end(this.#answer.subarray(Math.max(at, PIECE_AT)));
    });
  }
}

let answerer: Promise<Answerer> | undefined;

async function judge(input: Buffer): Promise<string> {
  answerer ??= Answerer.start();
  const here = await answerer;
  let answer: PostJsonAnswer | undefined = undefined;
  try {
    answer = await here.ask(input);
  } catch (thrown) {
    const code = codeOf(thrown, SECRET);
    must(code !== 'HTTPS_TIMEOUT', 'who hangs up is not waited for');
    return code;
  }
  const { status, body, retryAfterSeconds } = answer;
  must(Number.isInteger(status) && status >= 100 && status <= 999, 'a status has three digits');
  must(Buffer.byteLength(body) <= ANSWER_BYTES_MAX * 3, 'no more of it is read than is wanted');
  must(retryAfterSeconds === null || retryAfterSeconds <= 86_400, 'nobody waits for ever');
  return `${status} ${retryAfterSeconds !== null}`;
}

export const HTTPS_ANSWER: readonly FuzzTarget[] = [
  {
    name: 'https-answer',
    ground: ['libs/https-call/', 'node:_http', 'node:internal/http'],
    words,
    seeds: [
      text('HTTP/1.1 200 OK|content-length: 5||hello'),
      text('HTTP/1.1 429 |retry-after: 30|transfer-encoding: chunked||5|hello|0||'),
    ],
    inputMsMax: DEADLINE_MS + 1000,
    batch: 4,
    run: judge,
    async close(): Promise<void> {
      await (await answerer)?.close();
      answerer = undefined;
    },
  },
];
