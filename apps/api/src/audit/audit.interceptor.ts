import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { concatMap, from, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { principalIfAny } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { AuditLog } from './audit-log.ts';
import { auditEntryOf } from './audit-entry-of.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Writes down every request that changed something, when it has. What a route can say better, it
 * says itself. Requests that nobody signed for have entries of their own, or none.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(@Inject(AuditLog) private readonly log: AuditLog) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    const principal = principalIfAny(request);
    if (principal === undefined || SAFE_METHODS.has(request.method)) return next.handle();
    return next.handle().pipe(
      concatMap((answer: unknown) => {
        // The answer of the first time, given again: nothing was done.
        if (response.hasHeader('Idempotent-Replayed')) return of(answer);
        return from(this.note(principal, request, answer)).pipe(map(() => answer));
      }),
    );
  }

  private async note(principal: Principal, request: Request, answer: unknown): Promise<void> {
    if (this.log.hasEntryOf(request)) return;
    await this.log.write(principal, request, auditEntryOf(request, answer));
  }
}
