import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Clock } from '#kernel';
import type { Logger } from '#observability';
import { Database } from '#persistence';
import { NO_WORKSPACE } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { CLOCK, LOGGER } from '../infrastructure/tokens.ts';
import { requestIdOf } from '../web/request-identity.ts';

/** Something that somebody did. */
export interface AuditEntry {
  /** What was done to what: `destination.change`. */
  readonly action: string;
  readonly target?: { readonly kind: string; readonly id?: string; readonly name?: string };
  /** Names of fields that were changed, and the like; never a value that is secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** Who is said to have done it. */
export interface AuditActor {
  readonly kind: Principal['kind'] | 'system';
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string;
}

/** Who did what. Asked for by its class. */
export abstract class AuditLog {
  /** Never rejects: what is done is done, and an entry that is lost is told in the log. */
  abstract writeOf(
    actor: AuditActor,
    request: Request | undefined,
    entry: AuditEntry,
  ): Promise<void>;

  /** Whether this request has an entry of its own already. */
  abstract hasEntryOf(request: Request): boolean;

  write(principal: Principal, request: Request | undefined, entry: AuditEntry): Promise<void> {
    return this.writeOf({ ...principal, id: subjectOf(principal) }, request, entry);
  }
}

@Injectable()
export class StoredAuditLog extends AuditLog {
  readonly #told = new WeakSet<object>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  override async writeOf(
    actor: AuditActor,
    request: Request | undefined,
    { action, target, detail }: AuditEntry,
  ): Promise<void> {
    if (request !== undefined) this.#told.add(request);
    try {
      await this.database.system.audit.write({
        workspaceId: actor.workspaceId === NO_WORKSPACE ? null : actor.workspaceId,
        at: new Date(this.clock.wallMs()),
        actorKind: actor.kind,
        actorId: actor.id,
        actorName: actor.name,
        action,
        targetKind: target?.kind ?? null,
        targetId: target?.id ?? null,
        targetName: target?.name ?? null,
        address: request?.ip ?? null,
        requestId: request === undefined ? null : requestIdOf(request),
        detail: { ...detail },
      });
    } catch (thrown) {
      this.logger.error({ err: thrown, action, actor: actor.id }, 'audit: an entry is lost');
    }
  }

  override hasEntryOf(request: Request): boolean {
    return this.#told.has(request);
  }
}

/** The user's or the token's own id, as other tables know it. */
function subjectOf(principal: Principal): string {
  if (principal.kind === 'user') return principal.user.id;
  return principal.kind === 'token' ? principal.tokenId : principal.id;
}
