import { Inject, Injectable } from '@nestjs/common';
import { CodedError, Secret } from '#kernel';
import { parseDestinationUrl } from '#net';
import type { DestinationChanges, DestinationRecord, WorkspaceDatabase } from '#persistence';
import { keyFingerprint, MasterKey, openKey, sealKey } from '#vault';

/** What is stored of a stream key. */
interface StoredKey {
  readonly sealedKey: string;
  readonly keyHint: string;
  readonly keyFingerprint: string;
}

/** A destination's stream key, as it goes into the database. */
@Injectable()
export class DestinationKey {
  constructor(@Inject(MasterKey) private readonly masterKey: MasterKey) {}

  /** @param url one that has been checked; the same key at another host is another key. */
  stored(id: string, url: string, streamKey: string): StoredKey {
    const key = new Secret(streamKey);
    const { host } = parseDestinationUrl(url);
    return {
      sealedKey: sealKey(this.masterKey, id, key),
      keyHint: key.hint(),
      keyFingerprint: keyFingerprint(this.masterKey, host, key),
    };
  }

  /** What a new key, or a new server for the kept one, changes. */
  async changes(
    workspace: WorkspaceDatabase,
    before: DestinationRecord,
    { url = before.url, streamKey }: { readonly url?: string; readonly streamKey?: string },
  ): Promise<DestinationChanges> {
    if (streamKey !== undefined) return this.stored(before.id, url, streamKey);
    if (url === before.url) return {};
    const stream = await workspace.desired.load(before.streamId);
    const sealed = stream?.destinations.find(({ id }) => id === before.id)?.sealedKey;
    if (sealed === undefined) return {};
    return { keyFingerprint: this.fingerprintOf(before.id, url, sealed) };
  }

  /** A key that cannot be opened is like no other; that it cannot is told when it is used. */
  private fingerprintOf(id: string, url: string, sealed: string): string | null {
    try {
      const key = openKey(this.masterKey, id, sealed);
      return keyFingerprint(this.masterKey, parseDestinationUrl(url).host, key);
    } catch (thrown) {
      if (thrown instanceof CodedError) return null;
      throw thrown;
    }
  }
}
