import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import type { Response } from 'express';

/** For the document. */
export const FLV_CONTENT = { 'video/x-flv': { schema: { type: 'string', format: 'binary' } } };

/** Hands media on for as long as there is any, and somebody looks. */
export function showFlv(media: IncomingMessage, response: Response): void {
  response.writeHead(200, { 'content-type': 'video/x-flv', 'cache-control': 'no-store' });
  response.flushHeaders();
  // Whichever side goes first, the other is let go: nobody is left to be told.
  pipeline(media, response, () => undefined);
}
