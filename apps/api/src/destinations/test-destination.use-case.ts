import { Inject, Injectable } from '@nestjs/common';
import type { PreflightResult } from '#contracts';
import { Database } from '#persistence';
import type { Queues } from '#queue';
import { QUEUES } from '../infrastructure/tokens.ts';
import { destinationMissing } from './destination-missing.ts';

@Injectable()
export class TestDestination {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(QUEUES) private readonly queues: Queues,
  ) {}

  /** Connects as far as a destination lets us without publishing. Up to 25 s. */
  async run(id: string): Promise<PreflightResult> {
    const record = await this.database.destinations.find(id);
    if (record === undefined) throw destinationMissing();
    return this.queues.preflight.request(id);
  }
}
