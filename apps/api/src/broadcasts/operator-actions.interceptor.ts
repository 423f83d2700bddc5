import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { concatMap, from } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Clock } from '#kernel';
import type { Live } from '#live';
import type { Logger } from '#observability';
import { Database } from '#persistence';
import { principalIfAny } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { CLOCK, LIVE, LOGGER } from '../infrastructure/tokens.ts';
import { operatorActionOf } from './operator-action.ts';
import type { OperatorAction } from './operator-action.ts';

/** What an action was done to. */
interface Target {
  readonly streamId: string;
  readonly destination: { readonly id: string; readonly name: string } | undefined;
}

/** Tells the timeline of a stream what people and programs asked for, once it is done. */
@Injectable()
export class OperatorActions implements NestInterceptor {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LIVE) private readonly live: Live,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const principal = principalIfAny(request);
    const body: unknown = request.body;
    const asked = operatorActionOf({ method: request.method, path: pathOf(request), body });
    if (principal === undefined || asked === undefined) return next.handle();
    const response = http.getResponse<Response>();
    // What follows from it may be written sooner than it is.
    const action = { ...asked, at: new Date(this.clock.wallMs()) };
    // Looked up first: afterwards it may be gone.
    return from(this.#destinationOf(request, principal)).pipe(
      concatMap((known) =>
        next.handle().pipe(
          concatMap(async (answer: unknown) => {
            const target = known ?? targetIn(request, answer);
            const isReplay = response.getHeader('Idempotent-Replayed') !== undefined;
            if (target !== undefined && !isReplay) await this.#tell(principal, action, target);
            return answer;
          }),
        ),
      ),
    );
  }

  async #destinationOf(request: Request, principal: Principal): Promise<Target | undefined> {
    const { id } = request.params;
    if (!pathOf(request).includes('/destinations/:id') || typeof id !== 'string') return undefined;
    const found = await this.database.workspace(principal.workspaceId).destinations.find(id);
    if (found === undefined) return undefined;
    return { streamId: found.streamId, destination: { id, name: found.name } };
  }

  /** Never rejects: what was asked for is done, and its answer must not say otherwise. */
  async #tell(
    principal: Principal,
    { code, deed, at }: OperatorAction & { readonly at: Date },
    { streamId, destination }: Target,
  ): Promise<void> {
    const message = destination === undefined ? deed : `${destination.name} ${deed}`;
    const { workspaceId, name: actor } = principal;
    const told = { workspaceId, streamId, destinationId: destination?.id, code, message, actor };
    try {
      const { history } = this.database.system;
      const broadcastId = await history.recordAction({ ...told, broadcastId: null, at });
      if (broadcastId === null) return;
      const incident = { ...told, type: 'incident', kind: 'action', broadcastId } as const;
      // Without Redis nobody looks; the page reads the timeline when it is back.
      this.live.events.appendEvent({ ...incident, at: at.toISOString() }).catch(() => undefined);
    } catch (thrown) {
      this.logger.error({ err: thrown, code, streamId }, 'timeline: an action is lost');
    }
  }
}

/** The stream in the path, and a destination that was made in it. */
function targetIn(request: Request, answer: unknown): Target | undefined {
  const { id } = request.params;
  if (!pathOf(request).includes('/streams/:id') || typeof id !== 'string') return undefined;
  const isMade = pathOf(request).endsWith('/destinations');
  return { streamId: id, destination: isMade ? namedIn(answer) : undefined };
}

function namedIn(answer: unknown): Target['destination'] {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if (!('id' in answer) || !('name' in answer)) return undefined;
  const { id, name } = answer;
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

function pathOf(request: Request): string {
  const path: unknown = Reflect.get(request.route ?? {}, 'path');
  return typeof path === 'string' ? path : '';
}
