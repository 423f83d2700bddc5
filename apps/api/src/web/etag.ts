import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { ProblemError } from '../problem/problem-error.ts';

export const TAGGED = 'forkcast:etag';
export const TAKES_IF_MATCH = 'forkcast:if-match';

const ETAG = /^"v([1-9]\d{0,8})"$/;

/** A route whose answer has a `version`: it becomes the ETag, and is cut out of the body. */
export const Tagged = () => SetMetadata(TAGGED, true);

const wantedVersion = createParamDecorator(
  (_data: unknown, context: ExecutionContext): number | undefined =>
    versionOf(context.switchToHttp().getRequest<Request>().get('if-match')),
);

/**
 * The version that If-Match names: the change is refused with 412 unless it is that. Undefined
 * where nothing is asked, or `*`.
 */
export function IfMatch(): ParameterDecorator {
  const parameter = wantedVersion();
  return (target, name, index) => {
    if (name !== undefined) {
      const handler: unknown = Reflect.get(target, name);
      if (typeof handler === 'function') Reflect.defineMetadata(TAKES_IF_MATCH, true, handler);
    }
    parameter(target, name, index);
  };
}

export function etagOf(version: number): string {
  return `"v${version}"`;
}

/** @throws ProblemError 400 ETAG_INVALID for what no answer gave. */
export function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const version = ETAG.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw new ProblemError('ETAG_INVALID');
  return Number(version);
}

/** Stands between the route and what cuts its answer down to its schema. */
export class EtagInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (this.reflector.get<boolean | undefined>(TAGGED, context.getHandler()) !== true) {
      return next.handle();
    }
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    return next.handle().pipe(tap((answer) => tag(answer, request, response)));
  }
}

function tag(answer: unknown, request: Request, response: Response): void {
  const version: unknown = Object(answer) === answer ? Reflect.get(answer as object, 'version') : 0;
  if (typeof version !== 'number' || version < 1) return;
  const etag = etagOf(version);
  response.setHeader('ETag', etag);
  if (request.method !== 'GET') return;
  // May be kept by who asked, and be asked for again each time.
  response.setHeader('Cache-Control', 'private, no-cache');
  const known = (request.get('if-none-match') ?? '').split(',').map((one) => one.trim());
  if (known.includes(etag) || known.includes('*')) response.status(304);
}
