import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Observable } from 'rxjs';
import { addressGroup } from '#net';
import { principalIfAny } from '../auth/principal.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { rateClassOf, type RateLimits, type RateStanding } from './rate-limits.ts';

/** Counts what whoever is signed in does, by what it costs; of others, what their address does. */
export class RateLimitInterceptor implements NestInterceptor {
  constructor(private readonly limits: RateLimits) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const { path: route } = request.route as { readonly path: string };
    // Who watches over the process asks as often as they like.
    if (!route.startsWith('/api/')) return next.handle();
    const name = rateClassOf(request.method, route);
    const who = principalIfAny(request)?.id ?? `address:${whoseAddress(request)}`;
    refuseBeyond(this.limits.take(name, who), http.getResponse<Response>());
    return next.handle();
  }
}

/** Before it is known who asks: looking that up costs a question to the database. */
export function addressLimit(limits: RateLimits): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const standing = limits.take('address', whoseAddress(request));
    if (standing?.granted !== false) {
      next();
      return;
    }
    refuseBeyond(standing, response);
  };
}

/** An address of IPv4, a network of IPv6: whoever has one address of that has them all. */
function whoseAddress({ ip }: Request): string {
  return addressGroup(ip ?? '');
}

function refuseBeyond(standing: RateStanding | undefined, response: Response): void {
  if (standing === undefined) return;
  const { granted, headers, waitSeconds: retryAfterSeconds } = standing;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!granted) throw new ProblemError('RATE_LIMITED', undefined, { retryAfterSeconds });
}
