import { CodedError } from '#kernel';
import type { Database } from '#persistence';
import { openKey, type MasterKey } from '#vault';
import type { TestedDestination } from './tested-destination.ts';

/** Looks destinations up for tests. The key stays sealed until a test publishes. */
export function findDestination(
  database: Database,
  masterKey: MasterKey,
): (destinationId: string) => Promise<TestedDestination | undefined> {
  const { destinations, desired } = database.system;
  return async (destinationId) => {
    const record = await destinations.find(destinationId);
    if (record === undefined) return undefined;
    return {
      url: record.url,
      platform: record.platform,
      certificateSha256: record.certificateSha256,
      openKey: async () => {
        const stream = await desired.load(record.streamId);
        const wanted = stream?.destinations.find(({ id }) => id === destinationId);
        if (wanted === undefined) {
          throw new CodedError('DESTINATION_MISSING', 'There is no such destination any more.');
        }
        return openKey(masterKey, destinationId, wanted.sealedKey);
      },
    };
  };
}
