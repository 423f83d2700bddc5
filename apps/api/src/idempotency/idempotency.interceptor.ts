import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { Secret } from '#kernel';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import { MasterKey, openKey, sealKey } from '#vault';
import { principalIfAny, type Principal } from '../auth/principal.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { NOT_REPEATED } from './not-repeated.ts';
import { requestHash } from './request-hash.ts';

/** How long an answer is remembered, in ms (24 hours). */
const REMEMBERED_MS = 86_400_000;
/** A request without an answer after this, in ms, died with its process. */
const STALE_MS = 60_000;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

interface Asked {
  readonly request: Request;
  readonly key: string;
  readonly principal: Principal;
}

/**
 * A POST with an `Idempotency-Key` is done once: sent again, it gets the first answer again.
 * Answers are sealed before they are stored, because some show an ingest key.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MasterKey) private readonly masterKey: MasterKey,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const key = request.get('idempotency-key');
    const principal = principalIfAny(request);
    const isRepeated = key !== undefined && request.method === 'POST' && principal !== undefined;
    if (!isRepeated || this.reflector.get<boolean>(NOT_REPEATED, context.getHandler())) {
      return next.handle();
    }
    const asked = { request, key, principal };
    return from(this.answerOnce(asked, http.getResponse<Response>(), next));
  }

  private async answerOnce(asked: Asked, response: Response, next: CallHandler): Promise<unknown> {
    const id = await this.begin(asked);
    if (typeof id !== 'string') {
      response.status(id.status).setHeader('Idempotent-Replayed', 'true');
      return id.answer;
    }
    try {
      const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const sealed = sealKey(this.masterKey, id, new Secret(JSON.stringify(answer ?? null)));
      await this.database.system.idempotency.complete(id, response.statusCode, sealed);
      return answer;
    } catch (thrown) {
      // Refused or failed: the caller may mend the request and try with the same key.
      await this.database.system.idempotency.abandon(id).catch(() => undefined);
      throw thrown;
    }
  }

  /** The id to complete, or the answer that was given before. */
  private async begin({
    request,
    key,
    principal,
  }: Asked): Promise<string | { readonly status: number; readonly answer: unknown }> {
    if (!IDEMPOTENCY_KEY.test(key)) throw new ProblemError('IDEMPOTENCY_KEY_INVALID');
    const now = this.clock.wallMs();
    const state = await this.database.system.idempotency.begin(
      {
        principal: callerOf(principal),
        key,
        requestHash: requestHash(request.method, request.originalUrl, request.body),
      },
      {
        staleBefore: new Date(now - STALE_MS),
        forgottenBefore: new Date(now - REMEMBERED_MS),
      },
    );
    if (state.kind === 'new') return state.id;
    if (state.kind === 'done') {
      const answer = openKey(this.masterKey, state.id, state.sealedAnswer).reveal();
      return { status: state.status, answer: (JSON.parse(answer) as unknown) ?? undefined };
    }
    throw state.kind === 'in-progress'
      ? new ProblemError('IDEMPOTENCY_KEY_IN_USE', undefined, { retryAfterSeconds: 1 })
      : new ProblemError('IDEMPOTENCY_KEY_REUSED');
  }
}

/** A key of somebody who works in two workspaces means two things. */
function callerOf({ id, workspaceId }: Principal): string {
  return `${id}@${workspaceId}`;
}
