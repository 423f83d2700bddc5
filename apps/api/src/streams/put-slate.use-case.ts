import { Inject, Injectable } from '@nestjs/common';
import type { Slate } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import type { SlatePicture } from './slate-picture.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class PutSlate {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  /** The relay codes it for the stream as soon as there is a broadcast. */
  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    { slate, image }: SlatePicture,
  ): Promise<Slate> {
    const { sha256, mime } = slate;
    const kept = await workspace.slates.put(streamId, { sha256, mime, image });
    if (!kept) throw streamMissing();
    await this.relays.reconcile(streamId);
    return slate;
  }
}
