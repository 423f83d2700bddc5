import { Inject, Injectable } from '@nestjs/common';
import type { Slate } from '#contracts';
import { Database } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import type { SlatePicture } from './slate-picture.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class PutSlate {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  /** The relay codes it for the stream as soon as there is a broadcast. */
  async run(streamId: string, { slate, image }: SlatePicture): Promise<Slate> {
    const { sha256, mime } = slate;
    if (!(await this.database.slates.put(streamId, { sha256, mime, image }))) throw streamMissing();
    await this.relays.reconcile(streamId);
    return slate;
  }
}
