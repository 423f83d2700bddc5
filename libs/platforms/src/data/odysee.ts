import type { PlatformFacts } from '../platform-facts.ts';

export const odysee: PlatformFacts = {
  id: 'odysee',
  name: 'Odysee',
  servers: [{ url: 'rtmp://stream.odysee.com/live', label: 'Default', region: 'anywhere' }],
  hosts: ['odysee.com'],
  keyHelp: 'Your Odysee channel’s page for going live shows the key; copy it with its whole query.',
  keyFormat: 'with-query',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    keyframeSecondsWanted: 2,
  },
  notes: ['The key contains a query (?d=…&s=…): it is part of the key and must be copied whole.'],
  sources: [
    { kind: 'reported', what: 'Third-party guides: URL and key', url: null, readOn: '2026-11-21' },
  ],
  verifiedOn: '2026-11-21',
};
