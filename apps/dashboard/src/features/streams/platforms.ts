import type { Platform } from '#contracts';
import { useEffect, useState } from 'react';
import { api } from '../../lib/api.ts';

export const customPlatform: Platform = {
  id: 'custom',
  name: 'Other (any RTMP or RTMPS server)',
  urls: [],
  keyHelp: '',
  videoKbpsMax: null,
  keyframeSecondsMax: null,
};

/** The presets; until they are here, or when they do not come, any server can still be named. */
export function usePlatforms(): readonly Platform[] {
  const [presets, setPresets] = useState<readonly Platform[]>([]);
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
