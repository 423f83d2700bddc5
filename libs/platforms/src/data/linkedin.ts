import type { PlatformFacts } from '../platform-facts.ts';

export const linkedin: PlatformFacts = {
  id: 'linkedin',
  name: 'LinkedIn Live',
  servers: [],
  keyHelp: 'LinkedIn Live gives a server URL and a key for each event: copy both.',
  keyLifetime: 'per-event',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    keyframeSecondsWanted: 2,
  },
  notes: ['LinkedIn gives access to live events on application.'],
  sources: [
    {
      kind: 'documented',
      what: 'Microsoft Learn: LinkedIn Live Events API',
      url: 'https://learn.microsoft.com/linkedin/',
      readOn: '2026-11-21',
    },
    { kind: 'reported', what: 'Third-party guides: URL and key', url: null, readOn: '2026-11-21' },
  ],
  verifiedOn: '2026-11-21',
};
