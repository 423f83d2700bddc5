import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { MasterKey, newSigningKey, openKey, sealKey, signPublishLink } from '#vault';
import { CLOCK } from '../infrastructure/tokens.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import type { IngestUrls } from '../streams/ingest-urls.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import type { CreatePublishUrlBody, PublishUrl } from './ingest-rules-bodies.ts';

@Injectable()
export class PublishUrls {
  constructor(
    @Inject(MasterKey) private readonly masterKey: MasterKey,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  /** The link says all that there is to know of it; only the stream’s signing key is kept. */
  async create(
    workspace: WorkspaceDatabase,
    streamId: string,
    { expiresInSeconds, once, input }: CreatePublishUrlBody,
    { rtmpUrl, rtmpsUrl }: IngestUrls,
  ): Promise<PublishUrl> {
    const owner = `${streamId}:signing`;
    const fresh = sealKey(this.masterKey, owner, newSigningKey());
    const sealed = await workspace.ingestRules.signingKey(streamId, fresh);
    if (sealed === undefined) throw streamMissing();
    // Relays that have the stream live must know the key before the first encoder comes.
    if (sealed === fresh) await this.relays.reconcile(streamId);
    const expiresAtS = Math.floor(this.clock.wallMs() / 1_000) + expiresInSeconds;
    const about = { streamId, expiresAtS, once, input };
    const link = signPublishLink(openKey(this.masterKey, owner, sealed), about);
    return {
      ingest: { rtmpUrl, rtmpsUrl, streamKey: link.reveal() },
      once,
      input,
      expiresAt: new Date(expiresAtS * 1_000).toISOString(),
    };
  }

  /** Every link made so far is worth nothing, and whoever publishes with one is ended. */
  async revokeAll(workspace: WorkspaceDatabase, streamId: string): Promise<void> {
    if (!(await workspace.ingestRules.forgetSigningKey(streamId))) throw streamMissing();
    await this.relays.reconcile(streamId);
    await this.relays.checkKeys(streamId);
  }
}
