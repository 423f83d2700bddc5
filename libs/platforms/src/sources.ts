import type { Platform } from '#contracts';

/** Where a fact was read, and when. */
type Source = Platform['sources'][number];

/**
 * Facts alone were taken from it (addresses and numbers), in our own words and form. Pinned to the
 * version that was read, so that a later one can be compared with it.
 */
export const obsServices: Source = {
  kind: 'listed',
  what: 'obs-studio’s list of services',
  url:
    'https://github.com/obsproject/obs-studio/blob/000d038fe12145a9d94ffcf214a6772a86d2b91f/' +
    'plugins/rtmp-services/data/services.json',
  readOn: '2026-11-21',
};
