import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { Secret } from '#kernel';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import { MasterKey, openKey, sealKey } from '#vault';
import { principalOf } from '../auth/principal.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';

/** How long an answer is remembered, in ms (24 hours). */
const REMEMBERED_MS = 86_400_000;
/** A request without an answer after this, in ms, died with its process. */
const STALE_MS = 60_000;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

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
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const key = request.get('idempotency-key');
    if (request.method !== 'POST' || key === undefined) return next.handle();
    return from(this.answerOnce(request, http.getResponse<Response>(), key, next));
  }

  private async answerOnce(
    request: Request,
    response: Response,
    key: string,
    next: CallHandler,
  ): Promise<unknown> {
    const id = await this.begin(request, key);
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
  private async begin(
    request: Request,
    key: string,
  ): Promise<string | { readonly status: number; readonly answer: unknown }> {
    if (!IDEMPOTENCY_KEY.test(key)) {
      throw new ProblemError(
        'IDEMPOTENCY_KEY_INVALID',
        'The Idempotency-Key must be 1 to 255 printable characters without spaces.',
        { status: 400 },
      );
    }
    const now = this.clock.wallMs();
    const state = await this.database.system.idempotency.begin(
      { principal: callerOf(request), key, requestHash: hashOf(request) },
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
    throw state.kind === 'in-progress' ? inProgress() : otherRequest();
  }
}

/** A key of somebody who works in two workspaces means two things. */
function callerOf(request: Request): string {
  const { id, workspaceId } = principalOf(request);
  return `${id}@${workspaceId}`;
}

function hashOf(request: Request): string {
  const body = JSON.stringify(request.body ?? null);
  return createHash('sha256')
    .update(`${request.method} ${request.originalUrl}\n${body}`)
    .digest('hex');
}

function inProgress(): ProblemError {
  return new ProblemError(
    'IDEMPOTENCY_KEY_IN_USE',
    'The first request with this Idempotency-Key has not been answered yet.',
    { status: 409, retryAfterSeconds: 1 },
  );
}

function otherRequest(): ProblemError {
  return new ProblemError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used for a different request; use a new key for a new request.',
    { status: 422 },
  );
}
