import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import type { FoundApiToken } from '#persistence';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';

/** Use is written down no more often than this. */
const TOUCH_EVERY_MS = 300_000;

/** The tokens that automation shows. Nothing is cached: a revoked one is refused at once. */
@Injectable()
export class ApiTokens {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Rejects with TOKEN_EXPIRED: its holder should know that a new one is needed. */
  async find(tokenHash: string): Promise<FoundApiToken | undefined> {
    const { tokens } = this.database.system;
    const found = await tokens.find(tokenHash);
    if (found === undefined) return undefined;
    const nowMs = this.clock.wallMs();
    if (found.expiresAt !== null && found.expiresAt.getTime() <= nowMs) {
      throw new ProblemError('TOKEN_EXPIRED');
    }
    if (nowMs - (found.lastUsedAt?.getTime() ?? 0) > TOUCH_EVERY_MS) {
      await tokens.touch(found.id, new Date(nowMs));
    }
    return found;
  }
}
