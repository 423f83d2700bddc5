import { Inject, Injectable } from '@nestjs/common';
import { CodedError, Secret } from '#kernel';
import { parseDestinationUrl } from '#net';
import type { DestinationChanges, DestinationRecord, WorkspaceDatabase } from '#persistence';
import { TEST_DESTINATION } from '#platforms';
import { keyFingerprint, MasterKey, openKey, sealKey } from '#vault';

/** Where a push goes, and the key that it goes with. */
interface Target {
  readonly platform: string;
  /** One that has been checked: the same key at another host is another key. */
  readonly url: string;
  readonly streamKey: string;
}

/** A destination's stream key, as it goes into the database. */
@Injectable()
export class DestinationKey {
  constructor(@Inject(MasterKey) private readonly masterKey: MasterKey) {}

  stored(id: string, target: Target) {
    const key = new Secret(target.streamKey);
    return {
      sealedKey: sealKey(this.masterKey, id, key),
      keyHint: key.hint(),
      keyFingerprint: this.fingerprint(target, key),
    };
  }

  /** What a new key, or a new server for the kept one, changes. */
  async changes(
    workspace: WorkspaceDatabase,
    before: DestinationRecord,
    changes: Partial<Target>,
  ): Promise<DestinationChanges> {
    const { platform = before.platform, url = before.url, streamKey } = changes;
    if (streamKey !== undefined) return this.stored(before.id, { platform, url, streamKey });
    if (url === before.url) return {};
    const stream = await workspace.desired.load(before.streamId);
    const sealed = stream?.destinations.find(({ id }) => id === before.id)?.sealedKey;
    if (sealed === undefined) return {};
    return { keyFingerprint: this.fingerprintOfSealed(before.id, { platform, url }, sealed) };
  }

  /** A key that cannot be opened is like no other; that it cannot is told when it is used. */
  private fingerprintOfSealed(
    id: string,
    where: Pick<Target, 'platform' | 'url'>,
    sealed: string,
  ): string | null {
    try {
      return this.fingerprint(where, openKey(this.masterKey, id, sealed));
    } catch (thrown) {
      if (thrown instanceof CodedError) return null;
      throw thrown;
    }
  }

  /** Null for the built-in destination, whose key is everybody's. */
  private fingerprint({ platform, url }: Pick<Target, 'platform' | 'url'>, key: Secret) {
    if (platform === TEST_DESTINATION.platform) return null;
    return keyFingerprint(this.masterKey, parseDestinationUrl(url).host, key);
  }
}
