import type { Platform } from '#contracts';
import { useEffect, useState } from 'react';
import { api } from '../../lib/api.ts';

/** The part of a preset that the form shows. */
export type PlatformChoice = Pick<Platform, 'id' | 'name' | 'servers' | 'keyHelp' | 'keyUrl'>;

/** The destination inside Forkcast, which needs neither server nor key. */
export const testPlatformId = 'test';

export const customPlatform: PlatformChoice = {
  id: 'custom',
  name: 'Other (any RTMP or RTMPS server)',
  servers: [],
  keyHelp: '',
  keyUrl: null,
};

/** The presets; until they are here, or when they do not come, any server can still be named. */
export function usePlatforms(): readonly PlatformChoice[] {
  const [presets, setPresets] = useState<readonly PlatformChoice[]>([]);
  useEffect(() => {
    let shown = true;
    api.platforms().then(
      ({ items }) => shown && setPresets(items.filter(({ id }) => id !== customPlatform.id)),
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, []);
  return [...presets, customPlatform];
}
