import express from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ProblemError } from '../problem/problem-error.ts';

export const BODY_BYTES_MAX = 256 * 1024;

/** A slate is a picture; its route reads it, once it is known who asks. */
const PICTURE_ROUTE = /^\/v1\/streams\/[^/]+\/slate\/?$/;

/** Bodies are JSON: a form, which any site can make a browser send, is refused. */
export function jsonBodies(): RequestHandler[] {
  return [refuseOtherBodies, express.json({ limit: BODY_BYTES_MAX, type: 'application/json' })];
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
