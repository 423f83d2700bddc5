import { Inject, Injectable } from '@nestjs/common';
import type { PreflightResult } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import type { Queues } from '#queue';
import { QUEUES } from '../infrastructure/tokens.ts';
import { destinationMissing } from './destination-missing.ts';

@Injectable()
export class TestDestination {
  constructor(@Inject(QUEUES) private readonly queues: Queues) {}

  /** Connects as far as a destination lets us without publishing. Up to 25 s. */
  async run(workspace: WorkspaceDatabase, id: string): Promise<PreflightResult> {
    const record = await workspace.destinations.find(id);
    if (record === undefined) throw destinationMissing();
    return this.queues.preflight.request({ destinationId: id, publish: false });
  }
}
