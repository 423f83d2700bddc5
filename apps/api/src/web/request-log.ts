import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Clock } from '#kernel';
import { remoteText } from '#observability';
import type { Logger } from '#observability';
import { requestIdOf } from './request-identity.ts';

/**
 * One line per answered request: what changed something at info, all else at debug. Never the
 * query: it may hold a token.
 */
export function logRequests(logger: Logger, clock: Clock): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const startedMs = clock.monotonicMs();
    const { method } = request;
    const path = remoteText(request.path);
    response.once('close', () => {
      const quiet = method === 'GET' || method === 'HEAD';
      const ms = Math.round(clock.monotonicMs() - startedMs);
      const fields = { requestId: requestIdOf(request), method, path, ms };
      logger[quiet ? 'debug' : 'info']({ ...fields, status: response.statusCode }, 'request');
    });
    next();
  };
}
