import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { CodedError, type Clock, type Timers } from '#kernel';
import { checkLiteral, checkRemoteAddress, guardedLookup } from '#net';
import type { AddressPolicy, HostResolver } from '#net';
import { HttpsCallError } from './https-call-error.ts';
import { parseHttpsUrl, type HttpsUrl } from './https-url.ts';

export interface PostJsonRequest {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** From the question after the name to the last byte of the answer, in ms. */
  readonly deadlineMs: number;
  /** The rest of a longer answer is not read. */
  readonly answerBytesMax: number;
}

export interface PostJsonAnswer {
  /** Of a redirect, too: it is not followed. */
  readonly status: number;
  readonly body: string;
  /** What the server asks one to wait, in seconds; null when it asks nothing that can be read. */
  readonly retryAfterSeconds: number | null;
  readonly ms: number;
}

/**
 * Sends JSON by POST, on a connection of its own. Rejects with a CodedError: those of
 * HttpsCallError, and ADDRESS_FORBIDDEN, DNS_FAILED or DNS_TIMEOUT. Any status is an answer.
 */
export type PostJson = (request: PostJsonRequest) => Promise<PostJsonAnswer>;

export interface PostJsonPorts {
  readonly policy: AddressPolicy;
  readonly resolve: HostResolver;
  readonly clock: Clock;
  readonly timers: Timers;
  /** PEM of an authority to be trusted instead of the public ones. */
  readonly ca?: string;
}

const RETRY_AFTER_SECONDS_MAX = 86_400;

export function createPostJson(ports: PostJsonPorts): PostJson {
  return async (request): Promise<PostJsonAnswer> => {
    const url = parseHttpsUrl(request.url);
    // Node asks the lookup function about names only; a literal address is judged here.
    checkLiteral(url.host, ports.policy);
    return call(url, request, ports);
  };
}

function call(url: HttpsUrl, asked: PostJsonRequest, ports: PostJsonPorts) {
  const startMs = ports.clock.monotonicMs();
  return new Promise<PostJsonAnswer>((resolve, reject) => {
    const request = httpsRequest({
      method: 'POST',
      host: url.host,
      port: url.port,
      path: url.path,
      headers: headersOf(asked),
      // A connection of its own, so that each call is judged by itself.
      agent: false,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      lookup: guardedLookup(ports.policy, ports.resolve),
      ...(ports.ca !== undefined && { ca: ports.ca }),
    });
    const cancel = ports.timers.after(asked.deadlineMs, () => {
      const sentence = `The server did not answer within ${asked.deadlineMs} ms.`;
      request.destroy(new HttpsCallError('HTTPS_TIMEOUT', sentence));
    });
    const fail = (thrown: unknown): void => {
      cancel();
      request.destroy();
      reject(codedFault(thrown));
    };
    request.on('error', fail);
    request.on('close', () => fail(new Error('closed without an answer')));
    request.on('socket', (socket) => onceSecure(socket, request, asked.body, ports.policy));
    request.on('response', (response) => {
      readBody(response, asked.answerBytesMax).then((body) => {
        cancel();
        resolve({
          status: response.statusCode ?? 0,
          body,
          retryAfterSeconds: retryAfterOf(response),
          ms: Math.round(ports.clock.monotonicMs() - startMs),
        });
        request.destroy();
      }, fail);
    });
  });
}

function headersOf({ headers, body }: PostJsonRequest): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Forkcast',
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
  };
}

/** Not a byte of the request leaves before the last look at whom one has reached. */
function onceSecure(
  socket: Socket,
  request: ReturnType<typeof httpsRequest>,
  body: string,
  policy: AddressPolicy,
): void {
  socket.once('secureConnect', () => {
    try {
      checkRemoteAddress(socket.remoteAddress, policy);
      request.end(body);
    } catch (thrown) {
      request.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  });
}

/** At most `bytesMax` of it. Rejects when the connection ends in the middle. */
function readBody(response: IncomingMessage, bytesMax: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const text = (): string => Buffer.concat(chunks).subarray(0, bytesMax).toString('utf8');
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= bytesMax) resolve(text());
    });
    response.on('end', () => resolve(text()));
    response.on('error', reject);
    response.on('aborted', () => reject(new Error('the answer ended too early')));
  });
}

function retryAfterOf({ headers }: IncomingMessage): number | null {
  const text = headers['retry-after'] ?? '';
  if (!/^\d{1,9}$/.test(text)) return null;
  return Math.min(Number(text), RETRY_AFTER_SECONDS_MAX);
}

/** OpenSSL's and Node's words for a certificate that proves nothing. */
const CERTIFICATE_FAULT =
  /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_)/;

function codedFault(thrown: unknown): CodedError {
  if (thrown instanceof CodedError) return thrown as CodedError;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const options = { cause: thrown };
  if (CERTIFICATE_FAULT.test(code)) {
    const sentence = `The certificate of the server is not valid (${code}).`;
    return new HttpsCallError('HTTPS_CERTIFICATE_INVALID', sentence, options);
  }
  if (code.startsWith('HPE_')) {
    const sentence = 'What the server answered is not HTTP.';
    return new HttpsCallError('HTTPS_ANSWER_INVALID', sentence, options);
  }
  const named = code === '' ? '' : ` (${code})`;
  const sentence = `The server could not be reached, or hung up${named}.`;
  return new HttpsCallError('HTTPS_CONNECT_FAILED', sentence, options);
}
