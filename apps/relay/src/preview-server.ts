import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Timers } from '#kernel';
import { listenFailed } from './listening.ts';
import type { PreviewDesk, PreviewRefusal, PreviewViewer } from './preview-desk.ts';

/** A preview that is forgotten in a tab ends by itself; who still looks asks again. */
export const PREVIEW_MS_MAX = 10 * 60_000;
/** Of what a viewer has not taken yet: who takes it slower than it comes is cut off. */
export const PREVIEW_UNSENT_BYTES_MAX = 8 * 1024 * 1024;
const PATH = /^\/preview\/(streams\/)?([0-9a-f-]{36})$/;

const REFUSALS = { 'not-live': 404, 'too-many': 429 } as const;

/** What a stream's own preview is asked of. */
export interface StreamPreviewSource {
  /** The answer is called when the viewer goes. */
  open(streamId: string, viewer: PreviewViewer): (() => void) | PreviewRefusal;
}

type Open = (viewer: PreviewViewer) => (() => void) | PreviewRefusal;

/**
 * Hands out what built-in destinations are sent, and what streams themselves send, as FLV, to the
 * API and to nobody else: whoever asks must know a key that is derived from the master key.
 */
export class PreviewServer {
  readonly #desk: PreviewDesk;
  readonly #streams: StreamPreviewSource;
  readonly #secrets: () => readonly Buffer[];
  readonly #timers: Timers;
  readonly #server: Server;

  /** `secrets`: any of them opens; asked at each request, for the master key may be rotated. */
  constructor(
    desk: PreviewDesk,
    streams: StreamPreviewSource,
    secrets: () => readonly Buffer[],
    timers: Timers,
  ) {
    this.#desk = desk;
    this.#streams = streams;
    this.#secrets = secrets;
    this.#timers = timers;
    this.#server = createServer((request, response) => this.#serve(request, response));
  }

  /** Errors: `LISTEN_FAILED`. Gives where it listens, as a URL. */
  listen(host: string, port: number): Promise<string> {
    const place = { host, port, variables: 'PREVIEW_HOST, PREVIEW_PORT' };
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(listenFailed(place, error));
      this.#server.once('error', fail);
      this.#server.listen(port, host, () => {
        this.#server.off('error', fail);
        const bound = this.#server.address() as AddressInfo;
        const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
        resolve(`http://${name}:${bound.port}`);
      });
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const [, ofStream, id] = PATH.exec(request.url ?? '') ?? [];
    if (request.method !== 'GET' || id === undefined) {
      response.writeHead(404).end();
    } else if (!this.#isKnown(request.headers.authorization ?? '')) {
      response.writeHead(401).end();
    } else {
      const place = ofStream === undefined ? this.#desk : this.#streams;
      this.#show((viewer) => place.open(id, viewer), response);
    }
  }

  #isKnown(authorization: string): boolean {
    const given = Buffer.from(authorization.replace(/^Bearer /, ''), 'base64url');
    return this.#secrets().some(
      (secret) => given.length === secret.length && timingSafeEqual(given, secret),
    );
  }

  #show(open: Open, response: ServerResponse): void {
    const leave = open({
      write: (bytes) => {
        response.write(bytes);
        if (response.writableLength > PREVIEW_UNSENT_BYTES_MAX) response.destroy();
      },
      end: () => response.end(),
    });
    if (typeof leave === 'string') {
      response.writeHead(REFUSALS[leave]).end();
      return;
    }
    const cancel = this.#timers.after(PREVIEW_MS_MAX, () => response.end());
    response.once('close', () => {
      cancel();
      leave();
    });
    response.writeHead(200, { 'content-type': 'video/x-flv', 'cache-control': 'no-store' });
    response.flushHeaders();
  }
}
