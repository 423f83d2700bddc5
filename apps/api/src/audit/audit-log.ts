import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '../auth/principal.ts';

/** Something that somebody did. */
export interface AuditEntry {
  /** What was done to what: `destination.change`. */
  readonly action: string;
  readonly target?: { readonly kind: string; readonly id: string; readonly name?: string };
  /** Names of fields that were changed, and the like; never a value that is secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** Who did what. Asked for by its class. */
export abstract class AuditLog {
  abstract write(
    principal: Principal,
    request: Request | undefined,
    entry: AuditEntry,
  ): Promise<void>;
}

/** Keeps nothing yet. */
@Injectable()
export class StoredAuditLog extends AuditLog {
  override async write(): Promise<void> {}
}
