import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const identities = new WeakMap<object, string>();

/** Gives every request an id of its own: in the answer's header, in problems, in the log. */
export function nameRequest(request: Request, response: Response, next: NextFunction): void {
  const id = randomUUID();
  identities.set(request, id);
  response.setHeader('X-Request-Id', id);
  next();
}

export function requestIdOf(request: Request): string {
  return identities.get(request) ?? randomUUID();
}
