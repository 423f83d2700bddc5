import express from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ProblemError } from '../problem/problem-error.ts';

export const BODY_BYTES_MAX = 256 * 1024;
/** Lists and objects within each other at most; nothing that is asked for needs more than a few. */
export const BODY_DEPTH_MAX = 32;

/** What follows the backslash. */
const NUL = Buffer.from('u0000');

/** A slate is a picture; its route reads it, once it is known who asks. */
const PICTURE_ROUTE = /^\/v1\/streams\/[^/]+\/slate\/?$/;

/** Bodies are JSON: a form, which any site can make a browser send, is refused. */
export function jsonBodies(): RequestHandler[] {
  return [
    refuseNulInPath,
    refuseOtherBodies,
    express.json({ limit: BODY_BYTES_MAX, type: 'application/json', verify: look }),
  ];
}

/** No text that the database keeps can hold it. */
function refuseNulInPath(request: Request, _response: Response, next: NextFunction): void {
  next(request.originalUrl.includes('%00') ? new ProblemError('TEXT_HAS_NUL') : undefined);
}

/** Before a body is parsed; its encoding is what its Content-Type says. */
function look(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding.toLowerCase() !== 'utf-8') throw new ProblemError('BODY_CHARSET_UNKNOWN');
  refuseDeep(body);
}

function refuseOtherBodies(request: Request, _response: Response, next: NextFunction): void {
  const isEmpty =
    request.get('content-length') === '0' ||
    (request.get('content-length') === undefined && request.get('transfer-encoding') === undefined);
  const isPicture = request.method === 'PUT' && PICTURE_ROUTE.test(request.path);
  if (isEmpty || isPicture || request.is('application/json') !== false) {
    next();
    return;
  }
  const sentence = 'The body must be JSON, and its Content-Type application/json.';
  next(new ProblemError('BODY_NOT_JSON', sentence, { status: 415 }));
}

/**
 * What goes down a body calls itself for each level: ten thousand levels would end its stack. Nor
 * may any of its texts have the character that no database keeps.
 */
function refuseDeep(body: Buffer): void {
  const [quote, backslash, ...brackets] = Buffer.from('"\\[{]}');
  let depth = 0;
  let isText = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (isText && byte === backslash) {
      if (body.subarray(at + 1, at + 6).equals(NUL)) throw new ProblemError('TEXT_HAS_NUL');
      at += 1;
    } else if (byte === quote) isText = !isText;
    else if (!isText && brackets.includes(byte)) depth += brackets.indexOf(byte) < 2 ? 1 : -1;
    if (depth > BODY_DEPTH_MAX) throw new ProblemError('BODY_TOO_DEEP');
  }
}
