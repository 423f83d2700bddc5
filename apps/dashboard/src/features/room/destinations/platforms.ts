import type { Platform } from '#contracts';
import { usePresets } from '../../../lib/platforms.ts';

/** The part of a preset that the form shows. */
export type PlatformChoice = Pick<Platform, 'id' | 'name' | 'servers' | 'keyHelp' | 'keyUrl'>;

export const customPlatform: PlatformChoice = {
  id: 'custom',
  name: 'Other (any RTMP or RTMPS server)',
  servers: [],
  keyHelp: '',
  keyUrl: null,
};

/**
 * What a destination can be. Undefined until the presets are here: a form that is filled in before
 * would take any platform for an unknown one. When they do not come, any server can still be named.
 */
export function usePlatforms(): readonly PlatformChoice[] | undefined {
  const presets = usePresets();
  return presets && [...presets.filter(({ id }) => id !== customPlatform.id), customPlatform];
}
