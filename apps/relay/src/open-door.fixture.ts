import type { Clock, Random } from '#kernel';
import type { DiskCache } from './disk-cache.ts';
import { FailedKeys } from './failed-keys.ts';
import { PublishRules } from './publish-rules.ts';
import type { Doorkeepers } from './relay-extras.ts';

/** The relay's own doorkeepers, between links that nobody has used and nobody to be asked. */
export function openDoor(clock: Clock, random: Random, disk: DiskCache): Doorkeepers {
  return {
    failedKeys: new FailedKeys(clock, random),
    rules: new PublishRules({
      clock,
      links: { use: () => Promise.resolve({ isFirst: true, usedAtMs: clock.wallMs() }) },
      openSigningKey: () => {
        throw new Error('no stream here has links');
      },
      broadcastSinceMs: (streamId) => disk.broadcastSinceMs(streamId),
      authorise: () => Promise.resolve({ allowed: true }),
    }),
  };
}
