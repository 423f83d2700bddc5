import type { PlatformFacts } from '../platform-facts.ts';

export const tiktok: PlatformFacts = {
  id: 'tiktok',
  name: 'TikTok Live',
  servers: [],
  hosts: ['tiktokcdn.com'],
  keyHelp: 'LIVE Producer gives a server URL and a key for each session: copy both.',
  keyLifetime: 'per-event',
  keyFormat: 'with-query',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    keyframeSecondsWanted: 2,
  },
  backupIngest: 'none',
  notes: [
    'The key contains a query (?expire=…&sign=…): it is part of the key and must be copied whole.',
    'TikTok gives keys only to some accounts.',
  ],
  sources: [
    {
      kind: 'reported',
      what: 'Third-party guides: URL, key and access',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};
