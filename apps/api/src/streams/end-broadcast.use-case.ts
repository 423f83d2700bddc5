import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { ProblemError } from '../problem/problem-error.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class EndBroadcast {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  /** Asks the relay to end the broadcast now, cleanly; the status tells when it has. */
  async run(streamId: string): Promise<void> {
    if ((await this.database.streams.find(streamId)) === undefined) throw streamMissing();
    if (await this.relays.endBroadcast(streamId)) return;
    throw new ProblemError('STREAM_NOT_LIVE', 'The stream is not live.', { status: 409 });
  }
}
