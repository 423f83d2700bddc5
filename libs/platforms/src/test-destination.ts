import { test } from './data/test.ts';

/** What stands in the place of server and key where there is none: no connection is ever made. */
export const TEST_DESTINATION = {
  platform: test.id,
  url: test.servers[0]?.url ?? '',
  streamKey: 'test',
} as const;
