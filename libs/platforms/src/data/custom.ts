import type { PlatformFacts } from '../platform-facts.ts';

export const custom: PlatformFacts = {
  id: 'custom',
  name: 'Custom RTMP server',
  servers: [],
  keyHelp: 'Ask whoever runs the server for its URL and a stream key.',
  keyLifetime: 'reusable',
  videoCodecs: ['h264', 'hevc', 'av1'],
  audioCodecs: ['aac', 'mp3', 'opus', 'ac3', 'flac'],
  notes: ['Nothing is known of this server, so nothing is forbidden.'],
  sources: [
    {
      kind: 'documented',
      what: 'Forkcast itself: any RTMP or RTMPS server',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};
