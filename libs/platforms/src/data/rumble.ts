import type { PlatformFacts } from '../platform-facts.ts';

export const rumble: PlatformFacts = {
  id: 'rumble',
  name: 'Rumble',
  servers: [{ url: 'rtmp://rtmp.rumble.com/live', label: 'Default', region: 'anywhere' }],
  hosts: ['rumble.com', 'rmbl.ws'],
  keyHelp: 'Rumble Studio, Live stream: copy the server URL and the static key.',
  keyLifetime: 'reusable',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 30_000,
    keyframeSecondsWanted: 2,
    videoKbpsByMode: [
      { height: 2160, fps: 60, kbpsMax: 30_000 },
      { height: 1080, fps: 60, kbpsMax: 10_000 },
      { height: 1080, fps: 30, kbpsMax: 8_000 },
    ],
  },
  notes: ['Rumble may name a server of your own (….live.rmbl.ws/slot-…): then use that one.'],
  sources: [
    {
      kind: 'reported',
      what: 'Rumble’s support pages, as guides quote them',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};
