import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { Problem } from '#contracts';
import type { Logger } from '#observability';
import { requestIdOf } from '../web/request-identity.ts';
import type { ProblemError } from './problem-error.ts';
import { problemErrorOf } from './problem-of.ts';

/** Turns whatever a route threw into problem details (RFC 9457), and logs what is ours to mend. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getRequest(), http.getResponse(), thrown, this.logger);
  }
}

/** The same for what happens before and beside the routes. */
export function sendProblem(
  request: Request,
  response: Response,
  thrown: unknown,
  logger: Logger,
): void {
  const problem = problemErrorOf(thrown);
  if (problem.status >= 500) {
    const fields = { code: problem.code, requestId: requestIdOf(request), err: problem.cause };
    logger[problem.code === 'INTERNAL_FAULT' ? 'error' : 'warn'](fields, 'request failed');
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', problem.retryAfterSeconds);
  }
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.setHeader('Cache-Control', 'no-store');
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, requestIdOf(request))));
}

function problemBody(problem: ProblemError, requestId: string): Problem {
  return {
    type: `urn:forkcast:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Refused',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    instance: `urn:uuid:${requestId}`,
    ...(problem.fields.length === 0 ? {} : { errors: [...problem.fields] }),
  };
}
