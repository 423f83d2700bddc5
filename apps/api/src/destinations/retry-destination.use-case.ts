import { Inject, Injectable } from '@nestjs/common';
import type { Destination } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { ProblemError } from '../problem/problem-error.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { streamNotLive } from '../streams/stream-missing.ts';
import { destinationMissing } from './destination-missing.ts';
import { destinationView } from './destination-view.ts';

@Injectable()
export class RetryDestination {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  /** Ends the wait for the next attempt. A push that is up is left alone. */
  async run(workspace: WorkspaceDatabase, id: string): Promise<Destination> {
    const record = await workspace.destinations.find(id);
    if (record === undefined) throw destinationMissing();
    if (!record.enabled) {
      const sentence = 'The destination is stopped; start it first.';
      throw new ProblemError('DESTINATION_STOPPED', sentence, { status: 409 });
    }
    if (!(await this.relays.retryPush(record.streamId, id))) {
      throw streamNotLive();
    }
    return destinationView(record);
  }
}
