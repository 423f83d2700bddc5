import { Inject, Injectable } from '@nestjs/common';
import { sentenceOf } from '#kernel';
import type { Live } from '#live';
import { Database } from '#persistence';
import { LIVE } from '../infrastructure/tokens.ts';

const DATABASE_PING_MS = 1000;

export interface Missing {
  readonly name: 'postgres' | 'redis' | 'schema';
  /** One sentence for the operator. */
  readonly reason: string;
}

/** Whether what this process leans on can be leaned on now. Many who ask at once share one look. */
@Injectable()
export class Readiness {
  #looking: Promise<Missing[]> | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LIVE) private readonly live: Live,
  ) {}

  /** What is missing; empty when ready. Never rejects; within about a second. */
  missing(): Promise<Missing[]> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<Missing[]> {
    const [database, redis] = await Promise.all([
      this.#databaseFault(),
      faultOf('redis', this.live.ping()),
    ]);
    return [database, redis].filter((fault) => fault !== undefined);
  }

  async #databaseFault(): Promise<Missing | undefined> {
    const away = await faultOf('postgres', this.database.ping(DATABASE_PING_MS));
    return away ?? this.#schemaFault();
  }

  async #schemaFault(): Promise<Missing | undefined> {
    try {
      const pending = await this.database.pendingMigrations();
      if (pending.length === 0) return undefined;
      return { name: 'schema', reason: `The database lacks the migration ${pending[0]}.` };
    } catch (thrown) {
      return { name: 'postgres', reason: sentenceOf(thrown) };
    }
  }
}

async function faultOf(name: Missing['name'], answer: Promise<void>): Promise<Missing | undefined> {
  try {
    await answer;
    return undefined;
  } catch (thrown) {
    return { name, reason: sentenceOf(thrown) };
  }
}
